"""A document as blocks: what every writer (HTML, PDF, DOCX) is given, so that all of them say the same.

Texts are plain characters: markup belongs to the writers, and none of them may read any into a text.
A number that comes from the edition is a `Number` and never part of a `Text`, so that tests can find each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from constancia.domain.language import Language


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """An inserted value as printed; `name` is the name by which it was inserted."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Strong:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`language`: of words that are in another language than the document."""

    runs: tuple[Run, ...]
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """`address`: http, https or mailto only."""

    address: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where note `number` (from 1) of the document is called."""

    number: int


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


Run = Text | Number | Strong | Emphasis | Link | NoteMark | Break


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is a section of the report; `anchor` is unique in the document ([a-z0-9-])."""

    level: Literal[1, 2, 3]
    runs: tuple[Run, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """`ordered`: numbered from `start`."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class TableCell:
    runs: tuple[Run, ...]
    head: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class TableRow:
    """`kind`: a total is set apart, a sub-row is indented under the one before it, a note is small."""

    cells: tuple[TableCell, ...]
    kind: Literal["plain", "total", "sub", "group"] = "plain"


@dataclass(frozen=True, slots=True)
class DataTable:
    """`numbers`: which columns are set as numbers, flush right. `notes` stand under it, small."""

    key: str
    caption: tuple[Run, ...]
    head: tuple[TableCell, ...]
    rows: tuple[TableRow, ...]
    numbers: tuple[bool, ...]
    notes: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: `chart` names it (the writer is given its SVG by this name), `title` is a sentence that says
    what is seen, `alt` tells those who do not see it, `data` is the table behind it."""

    key: str
    chart: str
    title: tuple[Run, ...]
    alt: str
    data: DataTable | None
    notes: tuple[tuple[Run, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One large number: "573", what it counts, and its two dates."""

    number: Number
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    items: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A box beside the text: how to read a figure, an erratum. `tone`: "note" or "erratum"."""

    title: str
    blocks: tuple[Block, ...]
    tone: Literal["note", "erratum"] = "note"


Block = Heading | Paragraph | Quote | Bullets | DataTable | Picture | KeyNumbers | Aside


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `notes[n-1]` is note n. `dates`: the edition's two dates in words, for every page.

    `labels`: the writer's own words in the language of the document ("contents", "note", "page", …).
    """

    language: Language
    title: str
    subtitle: str
    organisation: str
    number: str
    dates: str
    blocks: tuple[Block, ...]
    notes: tuple[tuple[Run, ...], ...] = ()
    draft: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    cover: tuple[KeyNumber, ...] = ()
    imprint: tuple[tuple[Run, ...], ...] = ()
