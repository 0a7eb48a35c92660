"""The lines of a text one after another: people, headings, tables within it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence

from constancia.domain.errors import InputRefused
from constancia.domain.mapping.cells import Row
from constancia.domain.matching.reading import chats, words
from constancia.domain.matching.reading.cleaning import bare, clean, lines_of
from constancia.domain.matching.reading.columns import Columns, find_columns
from constancia.domain.matching.reading.person import Options, opened, people_of
from constancia.domain.matching.reading.pieces import Kind, Piece, is_explicit_state, kind_of
from constancia.domain.matching.reading.rows import row_item
from constancia.domain.matching.reading.shapes import MAX_ENTRIES, MAX_LINE, Draft, Found, Item, Left, Place
from constancia.domain.names import MAX_CHARACTERS

_SHOWN_OF_LONG = 200
_LABELLED = re.compile(r"([^:]{1,60}):(?:\s+|$)(.*)")
_COUNT = re.compile(r"\s*[:(\[–—-]*\s*(\d{1,6})\s*[)\]]?\s*:?\s*")
_LEADING_COUNT = re.compile(r"(\d{1,6})\s+(?=[^\W\d])")
_PAGE = re.compile(r"(?:p[aá]g(?:ina|\.)?|page|hoja)?\s?\d{1,4}(?:\s?(?:de|of|/)\s?\d{1,4})?", re.IGNORECASE)
_DELIMITERS = ";,|"


def read_pages(pages: Sequence[str], *, paged: bool, columns: Mapping[str, str], options: Options) -> Found:
    """What the lines of a text are, in order. `paged`: the parts are pages, whose lines count from 1 each.

    Raises InputRefused `list.too_many`, `list.columns_several`, `list.column_missing`.
    """
    reader = _Lines(columns, options)
    for number, page in enumerate(pages, start=1):
        for line, text in enumerate(lines_of(page), start=1):
            reader.read(Place(line, number if paged else 0), text)
    return reader.found


class _Lines:
    """Reads line after line; remembers the columns of the table that it is in."""

    def __init__(self, wanted: Mapping[str, str], options: Options) -> None:
        self.wanted = wanted
        self.options = options
        self.columns: Columns | None = None
        self.delimiter = "\t"
        self.people = 0
        self.found: Found = []

    def read(self, where: Place, written: str) -> None:
        if not written or written.isspace():
            return
        for item in self._items(where, written):
            self.found.append(item)
            if isinstance(item, Draft):
                self.people += 1
        if self.people > MAX_ENTRIES:
            raise InputRefused("list.too_many", limit=MAX_ENTRIES)

    def _items(self, where: Place, written: str) -> Sequence[Item]:
        if len(written) > MAX_LINE:
            start, _ = clean(written[:_SHOWN_OF_LONG])
            return [Left(where, f"{start.strip()}…", "list.line_too_long")]
        raw, notes = clean(written)
        if not raw.strip():
            # Something stood there, and nothing of it is seen.
            return [Left(where, "", "list.skip_signs")]
        items = self._row(where, raw) or line_items(where, raw.strip(), self.options)
        for item in items:
            if isinstance(item, Draft):
                item.notes[:0] = [note for note in notes if note not in item.notes]
        return items

    def _row(self, where: Place, raw: str) -> Sequence[Item]:
        """The line as a row of a table, if it is one."""
        cells = self._cells(raw)
        if len(cells) < 2:
            return []
        if (columns := find_columns(cells, self.wanted)) is not None:
            self.columns = columns
            return [Left(where, raw.strip(), "list.skip_columns")]
        if self.columns is None:
            return []
        return row_item(where, raw.strip(), Row(where.line, tuple(cells)), self.columns, self.options)

    def _cells(self, raw: str) -> list[str]:
        if "\t" in raw:
            self.delimiter = "\t"
            return [cell.strip() for cell in raw.split("\t")]
        if self.columns is not None:
            return _split(raw, self.delimiter) if self.delimiter != "\t" else []
        for delimiter in _DELIMITERS:
            if delimiter in raw and len(raw) < 1_000:
                cells = _split(raw, delimiter)
                if len(cells) > 1 and find_columns(cells, self.wanted) is not None:
                    self.delimiter = delimiter
                    return cells
        return []


def _split(raw: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([raw], delimiter=delimiter), [])]
    except csv.Error:
        return raw.split(delimiter)


def line_items(where: Place, line: str, options: Options, *, raw: str = "") -> Sequence[Item]:
    """What one line is: the people it names, or why it names none. `raw`: as it stands, if not as `line`."""
    raw = raw or line
    said = chats.message(line)
    if said is None:
        return [Left(where, raw, "list.skip_chat")]
    said, before = _unlabelled(said)
    if said is None:
        return [Left(where, raw, "list.skip_heading")]
    if words.folded(opened(said)[0]) in words.UNNAMED:
        return [Left(where, raw, "list.skip_unnamed")]
    drafts, pieces, numbered = people_of(where, raw, said, options)
    if drafts:
        for draft in drafts:
            if before is not None:
                _before(draft, before)
        return drafts
    return [_no_person(where, raw, said, pieces, numbered, options)]


def _unlabelled(said: str) -> tuple[str | None, Piece | None]:
    """What follows a label ("Nombre:", "Liberados:", "Zulia:"), and the label where it says something of
    who follows; None where the label says that nobody does."""
    found = _LABELLED.fullmatch(said) if ":" in said else None
    if found is None or "\t" in found[1] or "," in found[1]:
        return said, None
    label, rest = opened(found[1])[0], found[2].strip()
    folded = words.folded(label)
    if words.is_name_label(folded) and any(c.isalpha() for c in rest):
        kind, value = kind_of(bare(label))
        return rest, Piece(label, kind, "", value) if kind is Kind.MARKER else None
    if folded in words.LABELS or folded.partition(" ")[0] in ("total", "subtotal", "fuente", "source"):
        return None, None
    kind, value = kind_of(bare(label))
    if kind in (Kind.STATE, Kind.PLACE, Kind.SEX, Kind.MARKER, Kind.HEADING) and any(
        c.isalpha() for c in rest
    ):
        return rest, Piece(bare(label), kind, "", value)
    return said, None


def _before(draft: Draft, label: Piece) -> None:
    if label.kind is Kind.STATE and not draft.state:
        draft.state = label.value
    elif label.kind is Kind.PLACE and not draft.place:
        draft.place = label.value
    else:
        draft.remark(label.text)


def _no_person(
    where: Place, raw: str, said: str, pieces: Sequence[Piece], numbered: bool, options: Options
) -> Item:
    """Why a line names nobody; an entry all the same where somebody is meant who has no name here."""
    folded = words.folded(said)
    if any(words.folded(piece.text) in words.UNNAMED for piece in pieces):
        return Left(where, raw, "list.skip_unnamed")
    letters = any(c.isalpha() for c in said)
    if _PAGE.fullmatch(said.strip(" -–—.")):
        return Left(where, raw, "list.skip_figures")
    draft = Draft(where, raw)
    if (found := _document_alone(said, options)) is not None:
        draft.document, draft.remarks, draft.notes = found
        draft.note("list.no_name")
        return draft
    if not letters and numbered and any(not c.isspace() for c in opened(said)[0]):
        draft.name = " ".join(bare(opened(said)[0]).split())[:MAX_CHARACTERS]
        draft.note("list.name_without_letters")
        return draft
    if not letters:
        return Left(where, raw, "list.skip_figures" if folded else "list.skip_signs")
    section, count, sure = _section(said)
    if section is not None:
        return Left(where, raw, "list.skip_heading", section, count, sure)
    if any(piece.kind is Kind.PROSE for piece in pieces):
        return Left(where, raw, "list.skip_prose")
    if any(piece.kind is Kind.HEADING for piece in pieces) or not pieces or pieces[0].kind is not Kind.OTHER:
        return Left(where, raw, "list.skip_heading")
    return Left(where, raw, "list.skip_other")


def _document_alone(said: str, options: Options) -> tuple[str, list[str], list[str]] | None:
    """A document number without a name is somebody; a count or a telephone is nobody."""
    drafts, _, _ = people_of(Place(0), "", f"Nadie\t{opened(said)[0]}", options)
    if len(drafts) != 1 or drafts[0].name != "Nadie" or not drafts[0].document:
        return None
    notes = [note for note in drafts[0].notes if note != "list.one_word"]
    return drafts[0].document, drafts[0].remarks, notes


def _section(said: str) -> tuple[tuple[str, str] | None, int | None, bool]:
    """What a heading announces for those under it, how many they are, and whether it is beyond doubt."""
    text = opened(said)[0]
    leading = _LEADING_COUNT.match(said)
    count = int(leading[1]) if leading is not None else None
    for found in _COUNT.finditer(text):
        if found.end() == len(text):
            count, text = int(found[1]), text[: found.start()]
            break
    colon = text.endswith(":") or count is not None
    text = bare(text)
    kind, value = kind_of(text) if text else (Kind.SIGNS, "")
    if kind is Kind.SEX:
        return ("sex", value), count, True
    if kind is Kind.STATE:
        return ("state", value), count, colon or is_explicit_state(text)
    if kind is Kind.PLACE:
        return ("place", value), count, True
    return None, None, False
