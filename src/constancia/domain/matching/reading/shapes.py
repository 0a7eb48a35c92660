"""What comes out of a list as it was written: entries, and what was left out and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from constancia.domain.matching.shapes import Days, Mention

MAX_ENTRIES = 50_000
MAX_LINE = 10_000
"""Characters of one line of a list; a longer one is left out, and the others are read."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One person of a list.

    `number`: position from 1. `line`: of the text, or of its page where there are pages, or row of the
    sheet. `page`: of a PDF, else 0. `raw`: the line or row as it stands, without what is not seen. `remarks`:
    what else was written there of the person, as written. `notes`: codes of the catalogue, what a person
    should know. `repeats`: number of the earlier entry that is the same person word for word, else 0.
    `mention.name` can be kept as a name (`names.clean_written`), or is "".
    """

    number: int
    line: int
    page: int
    sheet: str
    raw: str
    mention: Mention
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no person. `reason`: a code of the catalogue."""

    line: int
    page: int
    sheet: str
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadList:
    """Each line that holds anything is in `entries` (several times where it names several people) or in
    `skipped`, never in both. `notes`: codes about the list as a whole. `digest`: SHA-256 of what was read, in
    hexadecimal: the same file twice has the same one."""

    entries: tuple[ListEntry, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the list something stands."""

    line: int
    page: int = 0
    sheet: str = ""


@dataclass(slots=True)
class Draft:
    """An entry while it is read."""

    where: Place
    raw: str
    name: str = ""
    document: str = ""
    born: Days | None = None
    sex: str = ""
    state: str = ""
    place: str = ""
    day: Days | None = None
    occupation: str = ""
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def remark(self, text: str) -> None:
        """Keeps what was written beside the name."""
        if text and text not in self.remarks:
            self.remarks.append(text)

    def note(self, code: str) -> None:
        if code not in self.notes:
            self.notes.append(code)

    def unread(self, text: str, code: str) -> None:
        """What was written but cannot be compared stays to be read by a person."""
        self.remark(text)
        self.note(code)


@dataclass(frozen=True, slots=True)
class Left:
    """A line left out. `section`: the sex, state or place that it announces for what follows; `count`: of
    how many people, where it says so; `sure`: nothing else can be meant by it."""

    where: Place
    raw: str
    reason: str
    section: tuple[str, str] | None = None
    count: int | None = None
    sure: bool = False


Item = Draft | Left
Found = list[Item]
Reader = Callable[[Place, str], Found]
