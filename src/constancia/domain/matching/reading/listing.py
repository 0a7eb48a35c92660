"""What was found in a list, put in order: numbers, headings over people, repeated people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.domain.errors import InputRefused
from constancia.domain.matching.reading import words
from constancia.domain.matching.reading.rows import UNSETTLED
from constancia.domain.matching.reading.shapes import (
    MAX_ENTRIES,
    Draft,
    Found,
    Item,
    Left,
    ListEntry,
    ReadList,
    Skipped,
)
from constancia.domain.matching.shapes import Mention

_NAMESAKES = 100
"""Different people of one name among whom a repeated one is looked for."""


def listed(found: Sequence[Found], *, notes: Sequence[str] = (), digest: str = "") -> ReadList:
    """The list that these parts (texts, sheets) make up.

    Raises InputRefused `list.empty`, `list.no_people` (nobody is named in it), `list.too_many`.
    """
    if not any(found):
        raise InputRefused("list.empty")
    said = list(notes)
    for part in found:
        _settle_sexes(part)
        if not _under_headings(part):
            said.append("list.section_unused")
    drafts = [item for part in found for item in part if isinstance(item, Draft)]
    left = [item for part in found for item in part if isinstance(item, Left)]
    if not drafts:
        raise InputRefused("list.no_people", lines=len(left))
    if len(drafts) > MAX_ENTRIES:
        raise InputRefused("list.too_many", limit=MAX_ENTRIES)
    entries = _numbered(drafts)
    if any(entry.repeats for entry in entries):
        said.append("list.repeats")
    skipped = tuple(
        Skipped(one.where.line, one.where.page, one.where.sheet, one.raw, one.reason) for one in left
    )
    return ReadList(entries, skipped, tuple(dict.fromkeys(said)), digest)


def _numbered(drafts: Sequence[Draft]) -> tuple[ListEntry, ...]:
    seen: dict[str, list[tuple[int, Draft]]] = {}
    entries = []
    for number, one in enumerate(drafts, start=1):
        before = seen.setdefault(words.folded(one.name), [])
        repeats = next((n for n, other in before if _same(one, other)), 0)
        if not repeats and len(before) < _NAMESAKES:
            before.append((number, one))
        where = one.where
        mention = Mention(
            one.name, one.document, one.born, one.sex, one.state, one.place, one.day, one.occupation
        )
        entries.append(
            ListEntry(
                number,
                where.line,
                where.page,
                where.sheet,
                one.raw,
                mention,
                tuple(one.remarks),
                tuple(one.notes),
                repeats,
            )
        )
    return tuple(entries)


def _same(one: Draft, other: Draft) -> bool:
    """Whether two entries with the same name, word for word, say nothing that differs."""
    theirs, ours = (_digits(draft.document) for draft in (one, other))
    if theirs and ours:
        return theirs == ours
    if not words.folded(one.name):
        return False
    if one.born and other.born and (one.born[0] > other.born[1] or other.born[0] > one.born[1]):
        return False
    return all(not a or not b or a == b for a, b in ((one.sex, other.sex), (one.state, other.state)))


def _digits(document: str) -> str:
    return "".join(c for c in document if c.isdecimal())


def _settle_sexes(part: Found) -> None:
    """ "M" is a man beside "F" and a woman beside "H"; alone it says nothing."""
    open_ones = [item for item in part if isinstance(item, Draft) and item.sex.startswith(UNSETTLED)]
    letters = {one.sex[-1] for one in open_ones}
    meant = {"f": "woman", "h": "man", "v": "man"}
    if "m" in letters:
        if "f" in letters and "h" not in letters and "v" not in letters:
            meant["m"] = "man"
        elif letters & {"h", "v"} and "f" not in letters:
            meant["m"] = "woman"
    for one in open_ones:
        letter = one.sex[-1]
        one.sex = meant.get(letter, "")
        if not one.sex:
            one.unread(letter.upper(), "list.sex_unread")


@dataclass(slots=True)
class _Stretch:
    head: Left
    people: list[Draft]

    @property
    def fits(self) -> bool:
        return self.head.sure and bool(self.people) and self.head.count in (None, len(self.people))


def _under_headings(part: Sequence[Item]) -> bool:
    """Gives people what the heading over them says of them, where that is beyond doubt; False if a heading
    was left unused.

    A heading ends where the next begins. Of one kind (sexes, states, places) either all are used or none;
    one heading alone of a kind may have been forgotten about further down, and is not used.
    """
    stretches: list[_Stretch] = []
    now: _Stretch | None = None
    for item in part:
        if isinstance(item, Draft):
            if now is not None:
                now.people.append(item)
        elif item.section is not None:
            now = _Stretch(item, [])
            stretches.append(now)
        elif item.reason == "list.skip_heading":
            now = None
    used = True
    for kind in ("sex", "state", "place"):
        of_kind = [one for one in stretches if one.head.section is not None and one.head.section[0] == kind]
        if not of_kind:
            continue
        values = {one.head.section[1] for one in of_kind if one.head.section is not None}
        if len(values) < 2 or not all(one.fits for one in of_kind):
            used = used and not any(one.people for one in of_kind)
            continue
        for one in of_kind:
            for draft in one.people:
                if not getattr(draft, kind):
                    setattr(draft, kind, one.head.section[1] if one.head.section else "")
    return used
