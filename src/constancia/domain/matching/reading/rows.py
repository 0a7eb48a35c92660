"""One row of a table as an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from constancia.domain.mapping.cells import Row, text
from constancia.domain.matching.reading import words
from constancia.domain.matching.reading.cleaning import bare, clean
from constancia.domain.matching.reading.columns import Columns
from constancia.domain.matching.reading.finding import document_of, read_days, take_age
from constancia.domain.matching.reading.person import Options, fitting, is_formula, opened, people_of
from constancia.domain.matching.reading.pieces import Kind, kind_of
from constancia.domain.matching.reading.shapes import MAX_LINE, Draft, Item, Left, Place
from constancia.domain.vocabulary.states import state_code

UNSETTLED = "sex:"
"""Before a letter that says a sex only once the whole column is known ("M": masculino, mujer)."""
_AGE = re.compile(r"(\d{1,3})(?:\.0+)?\s?(?:a[nñ]os?|years?|a\.?)?", re.IGNORECASE)
_SHIFTED = frozenset({Kind.STATE, Kind.SEX, Kind.MARKER})


def row_item(where: Place, raw: str, row: Row, columns: Columns, options: Options) -> Sequence[Item]:
    """A row under its headings: one entry, or why it is none."""
    if len(raw) > MAX_LINE:
        return [Left(where, raw[:200] + "…", "list.line_too_long")]
    draft = Draft(where, raw)
    cells = [_cell(cell, row, at, draft) for at, cell in enumerate(row.cells)]
    names = [cells[at] for at in columns.names() if at < len(cells) and cells[at]]
    others = [cell for at, cell in enumerate(cells) if cell and at not in columns.names()]
    written = " ".join(names)
    if not names:
        return [_nameless(where, raw, draft, cells, columns, options)]
    kind = kind_of(bare(written))[0]
    if not others and (left := _heading(where, raw, written, kind)) is not None:
        return [left]
    if words.folded(written) in words.UNNAMED:
        if not others:
            return [Left(where, raw, "list.skip_unnamed")]
        draft.unread(written, "list.no_name")
    elif is_formula(written):
        draft.note("list.formula")
    elif kind in _SHIFTED:
        # A state or a number where names stand: the row is shifted, or its cells are merged.
        draft.note("list.row_shifted")
        draft.remark(written)
    elif kind is Kind.SIGNS and any(c.isdecimal() for c in written):
        draft.unread(written, "list.row_shifted")
    else:
        _name(draft, written, len(names) == 1, options)
    _traits(draft, cells, columns, options)
    return [draft]


def _cell(cell: object, row: Row, at: int, draft: Draft) -> str:
    mark = row.marks.get(at, "")
    if mark == "error":
        draft.note("list.cell_error")
        return ""
    if mark == "merged":
        draft.note("list.cell_merged")
        return ""
    said, notes = clean(" ".join(text(cell).split()) if not isinstance(cell, str) else cell)  # type: ignore[arg-type]
    for note in notes:
        draft.note(note)
    return " ".join(said.split())


def _name(draft: Draft, written: str, single: bool, options: Options) -> None:
    """The name of a cell, which may carry a title, a number or a remark as a line does. One cell is one
    person; that it may be several is noted."""
    if single and written.replace(" ", "").isalpha() and not _carries(written):
        draft.name = fitting(written, draft)
        return
    drafts, _, _ = people_of(draft.where, draft.raw, written, options) if single else ([], [], False)
    if single and not drafts and any(c.isdecimal() for c in written):
        draft.unread(written, "list.row_shifted")
        return
    if len(drafts) != 1:
        draft.name = fitting(opened(written)[0] if single else written, draft)
        if len(drafts) > 1:
            draft.note("list.one_or_several")
        return
    read = drafts[0]
    for what in ("name", "document", "born", "sex", "state", "place", "day", "occupation"):
        setattr(draft, what, getattr(read, what))
    draft.remarks += read.remarks
    for note in read.notes:
        draft.note(note)


def _carries(written: str) -> bool:
    tokens = words.folded(written).split()
    return not (
        words.MARKERS.isdisjoint(tokens)
        and words.TITLES.keys().isdisjoint(tokens[:1])
        and words.UNSURE_TITLES.keys().isdisjoint(tokens[:1])
        and kind_of(written)[0] is Kind.NAME
        and "y" not in tokens
    )


def _heading(where: Place, raw: str, written: str, kind: Kind) -> Left | None:
    """A row with nothing but words where names stand may be a heading over rows."""
    if kind in (Kind.HEADING, Kind.PROSE):
        return Left(where, raw, "list.skip_heading" if kind is Kind.HEADING else "list.skip_prose")
    if kind is Kind.SIGNS:
        return Left(
            where, raw, "list.skip_figures" if any(map(str.isdecimal, written)) else "list.skip_signs"
        )
    if kind in (Kind.STATE, Kind.PLACE, Kind.SEX):
        what = {Kind.STATE: "state", Kind.PLACE: "place", Kind.SEX: "sex"}[kind]
        return Left(where, raw, "list.skip_heading", (what, kind_of(bare(written))[1]), None, True)
    return None


def _nameless(
    where: Place, raw: str, draft: Draft, cells: Sequence[str], columns: Columns, options: Options
) -> Item:
    """A row whose name is missing is somebody if it has a document; else it is a total or a heading."""
    _traits(draft, cells, columns, options)
    if draft.document:
        draft.note("list.no_name")
        return draft
    if "list.cell_error" in draft.notes:
        return Left(where, raw, "list.skip_cell_error")
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 and (left := _heading(where, raw, filled[0], kind_of(bare(filled[0]))[0])):
        return left
    return Left(where, raw, "list.skip_no_name")


def _traits(draft: Draft, cells: Sequence[str], columns: Columns, options: Options) -> None:
    for what, places in columns.at.items():
        for at in places:
            if at < len(cells) and cells[at] and what not in ("name", "given", "surnames"):
                _trait(draft, what, cells[at], options)


def _trait(draft: Draft, what: str, written: str, options: Options) -> None:
    """What a cell says, if it can be read; else it stays as a remark."""
    if what == "document":
        read = document_of(written)
        if not read:
            draft.unread(written, "list.document_unread")
        draft.document = draft.document or read
    elif what == "age":
        found = _AGE.fullmatch(written)
        if found is None:
            draft.unread(written, "list.age_unread")
        else:
            take_age(draft, int(found[1]), written, options.day)
    elif what in ("born", "day"):
        days = read_days(draft, written, written, options.order)
        if days is not None:
            setattr(draft, what, days)
    elif what == "sex":
        draft.sex = draft.sex or _sex(draft, written)
    elif what == "state":
        code = state_code(written)
        if code is None:
            draft.unread(written, "list.state_unread")
        draft.state = draft.state or code or ""
    elif what == "place":
        draft.place = draft.place or written
    elif what == "occupation":
        draft.occupation = written
    else:
        draft.remark(written)


def _sex(draft: Draft, written: str) -> str:
    folded = words.folded(written)
    if folded in words.SEXES:
        return words.SEXES[folded]
    if folded in ("f", "h", "m", "v"):
        return f"{UNSETTLED}{folded}"
    draft.unread(written, "list.sex_unread")
    return ""
