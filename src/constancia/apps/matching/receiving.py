"""Lists of names that arrive: what was pasted, and files of every kind. Nothing is kept here."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path, PurePath

from constancia.domain.dates.numeric import Order
from constancia.domain.errors import InputRefused, TableRefused, TextRefused
from constancia.domain.mapping.cells import Row
from constancia.domain.matching import reading
from constancia.domain.matching.reading import ReadList
from constancia.infra.encoding import encoding_of
from constancia.infra.inbox import in_memory
from constancia.infra.tables import open_table, sheets_of
from constancia.infra.texts import extract
from constancia.infra.texts.extracted import PDF, TXT
from constancia.infra.texts.kinds import kind_of
from constancia.infra.texts.limits import MAX_BYTES

_TABLES = frozenset({".csv", ".tsv", ".tab", ".xlsx", ".ods"})
_WORKBOOKS = ("xl/workbook.xml", "content.xml")


def read_file(
    data: bytes,
    name: str,
    *,
    columns: Mapping[str, str] | None = None,
    day: date | None = None,
    sheet: str = "",
    order: Order = "dmy",
) -> ReadList:
    """The list in a file: CSV, TSV, XLSX, ODS, TXT, HTML, PDF or DOCX, by what it holds and its name.

    `columns`: field (one of `reading.FIELDS`) → heading of its column, or "@C" for the one with that letter.
    `day`: of the list, from which ages are reckoned. `sheet`: the only one meant; without it, all that can
    be seen and hold names. `order`: of dates in figures. Pages count from 1 in a PDF; lines count on each.
    Raises InputRefused as `reading.read_text`; TableRefused and TextRefused as the readers of files do.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputRefused("list.empty")
    if len(data) > MAX_BYTES:
        raise TextRefused("texts.too_large", megabytes=MAX_BYTES // 1_000_000)
    digest = hashlib.sha256(data).hexdigest()
    if _is_table(data, name):
        with in_memory(data) as path:
            return _read_table(path, name, columns or {}, day, sheet, order, digest)
    if kind_of(data, name=name) == TXT:
        return reading.read_text([_decoded(data)], columns=columns, day=day, order=order, digest=digest)
    found = extract(data, name=name, lines=True)
    return reading.read_text(
        found.text.split("\f"),
        paged=found.media == PDF,
        columns=columns,
        day=day,
        order=order,
        notes=found.notes,
        digest=digest,
    )


def read_text(
    text: str,
    *,
    columns: Mapping[str, str] | None = None,
    day: date | None = None,
    order: Order = "dmy",
) -> ReadList:
    """The list in a text that was pasted. Parameters and refusals as for `read_file`."""
    if len(text) > MAX_BYTES:
        raise TextRefused("texts.too_large", megabytes=MAX_BYTES // 1_000_000)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return reading.read_text([text], columns=columns, day=day, order=order, digest=digest)


def _is_table(data: bytes, name: str) -> bool:
    """By its content where it is an archive, else by its name, unless its content is a document's."""
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return PurePath(name).suffix.lower() in _TABLES
        return any(member in names for member in _WORKBOOKS) and "word/document.xml" not in names
    return PurePath(name).suffix.lower() in _TABLES and b"%PDF-" not in data[:1024]


def _read_table(
    path: Path, name: str, columns: Mapping[str, str], day: date | None, sheet: str, order: Order, digest: str
) -> ReadList:
    def rows(one: str) -> Iterator[Row]:
        try:
            yield from open_table(path, sheet=one, header_row=0, name=name).rows()
        except TableRefused as refused:
            # A sheet of drawings or blanks; the others have the names.
            if refused.code != "table.rows_missing":
                raise

    sheets = [sheet] if sheet else sheets_of(path, name=name)
    if not sheets:
        raise InputRefused("list.empty")
    return reading.read_sheets(
        [(one, rows(one)) for one in sheets], columns=columns, day=day, order=order, digest=digest
    )


def _decoded(data: bytes) -> str:
    """A plain text is decoded here: nothing in it is parsed."""
    try:
        return data.decode(encoding_of(BytesIO(data)))
    except TableRefused as refused:
        if refused.code == "table.nul":
            raise TextRefused("texts.kind_unknown") from None
        raise TextRefused("texts.encoding", line=refused.params.get("row", 1)) from None
