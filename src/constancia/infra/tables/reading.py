"""One door for every table: what a file is comes from its content, and must agree with its name."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from constancia.domain.errors import TableRefused
from constancia.domain.mapping.cells import Row, heading, heading_key, letter
from constancia.infra.archive import BROKEN
from constancia.infra.encoding import find_encoding
from constancia.infra.tables.delimited import Delimited, open_delimited
from constancia.infra.tables.limits import MAX_BYTES, MAX_ROWS
from constancia.infra.tables.workbook import Workbook, filled_sheets, open_workbook

_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins; a column may be called "PK"."""
_NOT_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"{\\rtf",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"SQLite format",
)


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A file whose header has been read. `rows()` reads the rows under it, each time from the start.

    `header`: one name per column, "" where it has none (address such a column by its letter, "@C").
    `kind`: "csv" | "xlsx" | "ods". `encoding`, `delimiter`, `sheet`: as found or declared, else "".
    """

    path: Path
    kind: str
    header: tuple[str, ...]
    header_row: int
    epoch: int | None
    encoding: str
    delimiter: str
    sheet: str
    body: Delimited | Workbook

    def rows(self) -> Iterator[Row]:
        """Rows under the header that hold anything. Raises TableRefused as the reader of the kind does,
        and `table.too_many_rows`."""
        count = 0
        for row in self.body.rows():
            if row.number <= self.header_row or not _says(row):
                continue
            count += 1
            if count > MAX_ROWS:
                raise TableRefused("table.too_many_rows", limit=MAX_ROWS)
            yield row

    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def open_table(
    path: Path,
    *,
    sheet: str = "",
    header_row: int = 1,
    delimiter: str = "",
    encoding: str = "",
    name: str = "",
) -> OpenTable:
    """Opens a CSV, XLSX or ODS file. `name`: what the file was called, if `path` is a temporary copy.

    `header_row` counts from 1; 0 says that there is no header. Raises TableRefused: `table.missing`,
    `table.empty`, `table.too_large`, `table.kind_unknown`, `table.kind_old`, `table.kind_lies`,
    `table.encrypted`, `table.header_missing`, `table.header_merged`,
    `table.rows_missing`, and those of the readers.
    """
    if not path.is_file():
        raise TableRefused("table.missing")
    size = path.stat().st_size
    if size == 0:
        raise TableRefused("table.empty")
    if size > MAX_BYTES:
        raise TableRefused("table.too_large", cells=size, limit=MAX_BYTES)
    kind = _kind(path, Path(name or path.name).suffix.lower())
    body: Delimited | Workbook
    if kind == "csv":
        found = find_encoding(path, encoding)
        body = open_delimited(path, found, delimiter)
        header = _header(body, header_row)
        return OpenTable(path, kind, header, header_row, None, found, body.delimiter, "", body)
    body = open_workbook(path, kind, sheet)
    header = _header(body, header_row)
    return OpenTable(path, kind, header, header_row, body.epoch, "", "", body.sheet, body)


def sheets_of(path: Path, *, name: str = "") -> list[str]:
    """The sheets of a workbook that can be seen and hold anything, in order; [""] for delimited text.

    `name` as for `open_table`. Raises TableRefused as that does where the file cannot be opened.
    """
    if not path.is_file():
        raise TableRefused("table.missing")
    if path.stat().st_size == 0:
        raise TableRefused("table.empty")
    kind = _kind(path, Path(name or path.name).suffix.lower())
    return [""] if kind == "csv" else filled_sheets(path, kind)


def _kind(path: Path, suffix: str) -> str:
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(_OLE):
        # An encrypted XLSX is an OLE file that names the stream "EncryptedPackage" in UTF-16.
        with path.open("rb") as file:
            beginning = file.read(1 << 20)
        encrypted = "EncryptedPackage".encode("utf-16-le") in beginning
        raise TableRefused("table.encrypted" if encrypted else "table.kind_old")
    if start.startswith(_ZIP):
        kind = _archive_kind(path)
        if suffix != f".{kind}":
            raise TableRefused("table.kind_lies", kind=kind)
        return kind
    page = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(_NOT_TABLES) or page.startswith((b"<html", b"<!doctype", b"<?xml", b"<svg")):
        raise TableRefused("table.kind_unknown")
    if suffix in (".xlsx", ".ods"):
        raise TableRefused("table.kind_lies", kind="csv")
    if suffix not in _TEXT_SUFFIXES:
        raise TableRefused("table.kind_unknown")
    return "csv"


def _archive_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "content.xml" in names and "mimetype" in names:
                declared = archive.getinfo("mimetype")
                if declared.file_size < 200 and b"opendocument.spreadsheet" in archive.read(declared):
                    if "META-INF/manifest.xml" in names and _manifest_encrypts(archive):
                        raise TableRefused("table.encrypted")
                    return "ods"
    except (*BROKEN, KeyError):
        raise TableRefused("table.broken") from None
    raise TableRefused("table.kind_unknown")


def _manifest_encrypts(archive: zipfile.ZipFile) -> bool:
    with archive.open("META-INF/manifest.xml") as manifest:
        return b"encryption-data" in manifest.read(1 << 20)


def _header(body: Delimited | Workbook, header_row: int) -> tuple[str, ...]:
    """The names, no two alike and none merged; as many as the row of the header has cells.

    Without a header, as many as the first row that says anything.
    """
    names: tuple[str, ...] | None = None
    for row in body.rows():
        if header_row == 0:
            if _says(row):
                return ("",) * len(row.cells)
        elif names is None and row.number >= header_row:
            if row.number > header_row or not any(heading(cell) for cell in row.cells):
                raise TableRefused("table.header_missing", row=header_row)
            _check_header(row, body)
            names = _told_apart([heading(cell) for cell in row.cells])
        elif names is not None and _says(row):
            return names
    if names is None and header_row:
        raise TableRefused("table.header_missing", row=header_row)
    raise TableRefused("table.rows_missing", row=header_row)


def _says(row: Row) -> bool:
    return any(cell is not None and cell != "" for cell in row.cells)


def _check_header(row: Row, body: Delimited | Workbook) -> None:
    if isinstance(body, Workbook):
        for top, left, bottom, right in body.scan.merges:
            if top < row.number <= bottom + 1 and right > left:
                raise TableRefused("table.header_merged", row=row.number, column=letter(left))


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Columns that share a name get their letter behind it: "Lugar (H)", "Lugar (I)"."""
    shared = Counter(heading_key(name) for name in names)
    return tuple(
        f"{name} ({letter(index)})" if name and shared[heading_key(name)] > 1 else name
        for index, name in enumerate(names)
    )
