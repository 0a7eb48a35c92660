"""The content of an edition: everything that any of its outputs may say, frozen.

Every number in a bulletin, a report, the open data or the site stands here, after disclosure control; no
output asks the register for anything. What may not be published (names without consent, cells that were
merged) is not in it. Days are days in the organisation's zone, instants are UTC. Counts are of people
unless a definition says otherwise.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from constancia.domain.language import Language

FORMAT: Literal["constancia-edition-1"] = "constancia-edition-1"

ALL = ""
"""In the key of a cell: all categories of that dimension together, which makes the cell a margin."""


class Frozen(BaseModel):
    """A part of the content. Nothing in it changes, and nothing unknown is let in."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Frozen):
    """One text in both languages."""

    es: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.es


class Pin(Frozen):
    """A file of rules as it was: its name, version and the SHA-256 of its bytes."""

    name: str
    version: int
    sha256: str


class Defined(Pin):
    """A definition of a figure."""

    label: Words
    meaning: Words
    measure: Literal["stock", "flow", "cumulative"]
    unit: Literal["persons", "episodes"]
    entry_grade: str
    exit_grade: str


class Ruled(Pin):
    """A population rule."""

    label: Words
    meaning: Words
    held: tuple[str, ...]
    minimum_stay_days: int


class Protected(Pin):
    """The policy of disclosure control."""

    threshold: int
    meaning: Words


class Previous(Frozen):
    """The edition before this one; `sha256` is that of its content."""

    number: int
    as_of: date
    known_at: datetime
    sha256: str


class Figure(Frozen):
    """One number with the name by which texts insert it.

    `label`: a noun phrase that the number answers ("people held", "releases since 8 January"). `figure` and
    `rule` name its definition. Of a stock `start` is None; of a flow it is the first day of the period.
    """

    name: str
    label: Words
    figure: str
    rule: str
    as_of: date
    known_at: datetime
    start: date | None = None
    value: int
    lowest: int
    highest: int
    pending_in: int
    pending_out: int


class Category(Frozen):
    key: str
    label: Words


class Cell(Frozen):
    """One cell of a table: its value, or the number of the group that it was merged into."""

    key: tuple[str, ...]
    value: int | None
    group: int | None = None


class Group(Frozen):
    """Cells that are shown as one: only their sum is published."""

    number: int
    cells: tuple[tuple[str, ...], ...]
    value: int


class Table(Frozen):
    """A figure by one or two dimensions, after disclosure control.

    `total_of` names the figure that the cells add up to. `categories`: per dimension, in the order of print.
    `cells`: every combination, margins of two-dimensional tables included (a key with ALL). Withheld tables
    have neither cells nor categories. People who are to be counted and nowhere else stand under "not_known"
    in every dimension.
    """

    name: str
    title: Words
    total_of: str
    total: int
    dimensions: tuple[str, ...]
    dimension_labels: tuple[Words, ...]
    categories: tuple[tuple[Category, ...], ...]
    cells: tuple[Cell, ...]
    groups: tuple[Group, ...] = ()
    withheld: bool = False

    def cell(self, *key: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.key == key), None)


class Kind(Frozen):
    kind: str
    label: Words
    value: int


class Term(Frozen):
    """A cause that brought people in or took them out. Causes of nobody are there too."""

    cause: str
    label: Words
    value: int
    by: tuple[Kind, ...] = ()


class Balance(Frozen):
    """opening + in − out = closing. `edition`: the edition of the opening, None where there is none."""

    edition: int | None
    opening_as_of: date
    opening_known_at: datetime
    opening: int
    came: tuple[Term, ...]
    went: tuple[Term, ...]
    closing: int
    older_cases: int


class Day(Frozen):
    """One day of a flow as it happened: `value` as known at T; of those, how many were known by the end of
    the day itself, and how many by the end of the seventh day after it. `provisional`: too recent to be
    taken for whole."""

    day: date
    value: int
    by_that_day: int
    within_a_week: int
    provisional: bool = False


class Daily(Frozen):
    """A flow day by day, from `days[0]` to the edition's D."""

    name: str
    title: Words
    figure: str
    rule: str
    known_at: datetime
    days: tuple[Day, ...]


class Level(Frozen):
    day: date
    value: int
    lowest: int
    highest: int


class Levels(Frozen):
    """A stock on the last day of each week, all as known at T."""

    name: str
    title: Words
    figure: str
    rule: str
    known_at: datetime
    points: tuple[Level, ...]


class Step(Frozen):
    known_at: datetime
    verified: int


class Announcement(Frozen):
    """A promise of releases and what came of it. `value` None: no number given. `source`: a Source."""

    number: int
    title: str
    claimant: Words
    announced_on: date
    value: int | None
    qualifier: str
    verified: int
    reported: int
    remaining: int | None
    window_start: date
    window_end: date | None
    steps: tuple[Step, ...]
    source: int | None


class Claim(Frozen):
    """Somebody's figure beside ours for the same day or period and the same people.

    `ours`: under the edition's rule; `restated`: under the claimant's own where we know it (`rule`).
    `difference`: theirs less ours (restated where there is one). `not_comparable`: a code; `why`: in words.
    """

    number: int
    claimant: Words
    about: str
    says: Words
    qualifier: str
    value: int
    as_of: date | None
    start: date | None = None
    published: date | None
    quote: str
    source: int
    ours: int | None = None
    restated: int | None = None
    rule: str | None = None
    difference: int | None = None
    not_comparable: str | None = None
    why: Words | None = None


class BridgeStep(Frozen):
    label: Words
    came: int
    went: int
    change: int


class Bridge(Frozen):
    """One register under two population rules: first + changes = second."""

    first_rule: str
    second_rule: str
    first: int
    second: int
    steps: tuple[BridgeStep, ...]


class Statement(Frozen):
    """Something said in public on a day: a mark on a chart, and never more than that."""

    number: int
    said_on: date
    hour: str
    speaker: str
    mark: str
    words: str
    source: int | None


class Source(Frozen):
    """A document that the edition cites, by its number in the register."""

    number: int
    title: str
    publisher: str
    published: date | None
    address: str
    sha256: str


class Named(Frozen):
    """Of the people behind the figure `of`, how many consented to stand by name and how many are reserved.
    `sha256`: of the list's file; the names themselves are not in the content."""

    of: str
    people: int
    named: int
    reserved: int
    sha256: str | None


class Erratum(Frozen):
    """A correction of an earlier edition: what stood there, what should, and why."""

    number: int
    edition: int
    issued_on: date
    words: Words


class TextFile(Frozen):
    """One file of the report's folder as printed, without remarks: "informe.toml", "es/contexto.md", …"""

    path: str
    text: str


class Content(Frozen):
    """One edition. `known_at` is T, `as_of` is D; every figure says its own two dates as well."""

    format: Literal["constancia-edition-1"] = FORMAT
    number: int
    title: Words
    organisation: str
    languages: tuple[Language, ...] = Field(min_length=1)
    as_of: date
    known_at: datetime
    zone: str
    rule: str
    previous: Previous | None
    software: str
    definitions: tuple[Defined, ...]
    rules: tuple[Ruled, ...]
    protection: Protected
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    balance: Balance | None
    daily: tuple[Daily, ...]
    levels: tuple[Levels, ...]
    announcements: tuple[Announcement, ...]
    claims: tuple[Claim, ...]
    bridges: tuple[Bridge, ...]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    named: Named | None
    errata: tuple[Erratum, ...]
    texts: tuple[TextFile, ...]

    def figure(self, name: str) -> Figure | None:
        return next((one for one in self.figures if one.name == name), None)

    def table(self, name: str) -> Table | None:
        return next((one for one in self.tables if one.name == name), None)

    def source(self, number: int | None) -> Source | None:
        return next((one for one in self.sources if one.number == number), None)
