"""What a worksheet's XML says and its fast reader does not: how far it reaches, formulas, errors, merges.

Each scan reads the XML once, as a stream, and resolves nothing outside it (entities were refused before).
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from constancia.domain.errors import TableRefused
from constancia.domain.mapping.cells import index_of
from constancia.infra.archive import chunks
from constancia.infra.tables.limits import MAX_TEXT

_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_REF = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,4})(\d{1,9})\"")
_ODD = re.compile(rb"<(?:\w+:)?f[\s/>]|\bt=\"e\"|<(?:\w+:)?mergeCell\s")
_MERGE_REF = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_POINTER = re.compile(_SHARED.pattern + rb"[^>]*>\s*<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,9})")
_KEEP = 400


@dataclass(slots=True)
class Scan:
    """Rows and columns count from 0 here. `marks`: row → column → "formula" | "error"; `errors`: their text.

    `blank`: the first formula without a stored result, as (row, column). `strings`: cells that point to a
    shared text. `text`: characters in all cells, as often as they are repeated by number.
    """

    height: int = 0
    width: int = 0
    strings: int = 0
    text: int = 0
    marks: dict[int, dict[int, str]] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    blank: tuple[int, int] | None = None

    def mark(self, row: int, column: int, what: str) -> None:
        self.marks.setdefault(row, {})[column] = what


def scan_xlsx(path: Path, member: str) -> Scan:
    """One worksheet of an XLSX file."""
    scan = Scan()
    odd = False
    tail = b""
    for piece in chunks(path, member):
        window = tail + piece
        cut = window.rfind(b"<", 0, len(window) - _KEEP) if len(window) > _KEEP else 0
        # Whole tags only, so that nothing is counted twice or missed at the seam.
        head, tail = (window[:cut], window[cut:]) if cut > 0 else (b"", window)
        odd = _reach(head, scan) or odd
    odd = _reach(tail, scan) or odd
    if odd:
        _parse(path, member, _XlsxHandler(scan))
    return scan


def _reach(head: bytes, scan: Scan) -> bool:
    references = _REF.findall(head)
    if len(references) != len(_CELL.findall(head)):
        raise TableRefused("table.broken")
    for letters in {letters for letters, _ in references}:
        index = index_of(letters.decode())
        if index is None:
            raise TableRefused("table.broken")
        scan.width = max(scan.width, index + 1)
    if references:
        scan.height = max(scan.height, max(int(number) for _, number in references))
    scan.strings += len(_SHARED.findall(head))
    return bool(_ODD.search(head))


def check_shared_texts(path: Path, member: str, scan: Scan, texts: str) -> None:
    """Refuses a worksheet whose cells point to long texts so often that all of them together fill the memory.

    A few megabytes can hold one long text and a million cells that point to it; the reader writes it out
    for each. `texts`: the archive's member that holds the shared ones. Raises TableRefused `table.bomb`.
    """
    sizes: list[int] = []
    tail = b""
    for piece in chunks(path, texts):
        *whole, tail = (tail + piece).split(b"<si")
        sizes.extend(map(len, whole))
    sizes = [*sizes[1:], len(tail)]  # what stands before the first is no text
    if scan.strings * max(sizes) <= MAX_TEXT:
        return
    spent, tail = 0, b""
    for piece in chunks(path, member):
        window = tail + piece
        # Every pointer stands wholly before the end tag of its value.
        cut = max(window.rfind(b"</"), 0)
        head, tail = window[:cut], window[cut:]
        spent += sum(sizes[at] for at in map(int, _POINTER.findall(head)) if at < len(sizes))
        if spent > MAX_TEXT:
            raise TableRefused("table.bomb", megabytes=spent // 1_000_000)


class _XlsxHandler:
    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.at = (0, 0)
        self.kind = ""
        self.formula = False
        self.reading = False
        self.value: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            reference = attributes.get("r", "")
            letters = reference.rstrip("0123456789")
            self.at = (int(reference[len(letters) :] or 1) - 1, index_of(letters) or 0)
            self.kind, self.formula, self.value = attributes.get("t", ""), False, []
        elif name == "f":
            self.formula = True
        elif name in ("v", "t"):
            self.reading = True
        elif name == "mergeCell" and (found := _MERGE_REF.fullmatch(attributes.get("ref", ""))):
            left, top, right, bottom = found.groups()
            self.scan.merges.append(
                (int(top) - 1, index_of(left) or 0, int(bottom) - 1, index_of(right) or 0)
            )

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            self.reading = False
        elif name == "c":
            value = "".join(self.value)
            if self.kind == "e":
                self.scan.mark(*self.at, "error")
                self.scan.errors[self.at] = value
            elif self.formula:
                self.scan.mark(*self.at, "formula")
                if not value and self.kind != "str" and self.scan.blank is None:
                    self.scan.blank = self.at

    def data(self, piece: str) -> None:
        if self.reading:
            self.value.append(piece)


def scan_ods(path: Path) -> tuple[list[str], list[str], dict[str, Scan]]:
    """All sheets of an ODS file: names in order, names of the hidden ones, and a scan of each."""
    handler = _OdsHandler()
    _parse(path, "content.xml", handler)
    return handler.names, handler.hidden, handler.scans


class _OdsHandler:
    def __init__(self) -> None:
        self.names: list[str] = []
        self.hidden: list[str] = []
        self.scans: dict[str, Scan] = {}
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.depth = 0  # of tables inside cells, which are not sheets
        self.row = self.column = self.repeat_row = self.repeat_cell = 0
        self.attributes: dict[str, str] = {}
        self.text = False
        self.size = 0
        self.scan = Scan()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style:style":
            self.style = attributes.get("style:name", "")
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif tag == "table:table":
            self.depth += 1
            if self.depth == 1:
                self._sheet(attributes)
        elif self.depth != 1:
            return
        elif tag == "table:table-row":
            self.column = 0
            self.repeat_row = _count(attributes, "table:number-rows-repeated")
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.repeat_cell = _count(attributes, "table:number-columns-repeated")
            self.attributes, self.text = attributes, False
            self.size = sum(map(len, attributes.values()))
        elif tag == "text:p":
            self.text = True

    def _sheet(self, attributes: dict[str, str]) -> None:
        name = attributes.get("table:name", "")
        self.names.append(name)
        if attributes.get("table:style-name", "") in self.hidden_styles:
            self.hidden.append(name)
        self.scan = self.scans[name] = Scan()
        self.row = 0

    def end(self, tag: str) -> None:
        if tag == "table:table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif tag == "table:table-row":
            self.row += self.repeat_row
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell()
            self.column += self.repeat_cell

    def _cell(self) -> None:
        attributes, scan = self.attributes, self.scan
        filled = self.text or "office:value-type" in attributes
        formula = "table:formula" in attributes
        down = _count(attributes, "table:number-rows-spanned")
        across = _count(attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            scan.merges.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
        if not filled and not formula:
            return
        scan.height = max(scan.height, self.row + self.repeat_row)
        scan.width = max(scan.width, self.column + self.repeat_cell)
        scan.text += self.size * self.repeat_cell * self.repeat_row
        if formula:
            scan.mark(self.row, self.column, "formula")
            if not filled and scan.blank is None:
                scan.blank = (self.row, self.column)

    def data(self, piece: str) -> None:
        self.size += len(piece)


def _count(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    if not written.isdecimal() or len(written) > 9:
        raise TableRefused("table.broken")
    return max(int(written), 1)


def xlsx_parts(path: Path) -> tuple[list[tuple[str, bool, str]], int]:
    """The sheets as (name, hidden, member of the archive) in order, and the epoch (1900 or 1904)."""
    links = _Attributes("Relationship")
    _parse(path, "xl/_rels/workbook.xml.rels", links)
    targets = {found.get("Id", ""): found.get("Target", "") for found in links.found}
    sheets = _Attributes("sheet")
    _parse(path, "xl/workbook.xml", sheets)
    settings = _Attributes("workbookPr")
    _parse(path, "xl/workbook.xml", settings)
    epoch = 1904 if any(s.get("date1904") in ("1", "true", "on") for s in settings.found) else 1900
    parts = []
    for found in sheets.found:
        target = targets.get(next((v for k, v in found.items() if k.endswith(":id")), ""), "")
        member = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        parts.append((found.get("name", ""), found.get("state", "visible") != "visible", member))
    return parts, epoch


class _Attributes:
    """Collects the attributes of every element of one name, whatever its prefix."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == self.wanted:
            self.found.append(attributes)

    def end(self, tag: str) -> None:
        return

    def data(self, piece: str) -> None:
        return


def _parse(path: Path, member: str, handler: _XlsxHandler | _OdsHandler | _Attributes) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    try:
        for piece in chunks(path, member):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, zlib.error, ValueError, UnicodeError):
        raise TableRefused("table.broken") from None
