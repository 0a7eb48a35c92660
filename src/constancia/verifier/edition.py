"""What of an edition's content can be calculated with: figures, tables, balance and series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.reading import Part, canonical_json

EDITION_FORMAT = "constancia-edition-1"
TOGETHER = ""
"""In the key of a cell: all categories of that dimension, which makes the cell a margin."""

Labels = tuple[str, str]
"""Spanish, English."""


@dataclass(frozen=True)
class Figure:
    name: str
    label: Labels
    figure: str
    rule: str
    as_of: str
    known_at: str
    start: str | None
    value: int
    lowest: int
    highest: int
    pending_in: int
    pending_out: int


@dataclass(frozen=True)
class Cell:
    key: tuple[str, ...]
    value: int | None
    group: int | None


@dataclass(frozen=True)
class Merged:
    """Cells that are shown as one."""

    number: int
    cells: tuple[tuple[str, ...], ...]
    value: int


@dataclass(frozen=True)
class Table:
    name: str
    title: Labels
    total_of: str
    total: int
    dimensions: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    category_labels: tuple[Mapping[str, Labels], ...]
    cells: tuple[Cell, ...]
    groups: tuple[Merged, ...]
    withheld: bool


@dataclass(frozen=True)
class Term:
    """A cause that brought people in or took them out; `kinds`: (kind, label, number) of a part of them."""

    cause: str
    label: Labels
    value: int
    kinds: tuple[tuple[str, Labels, int], ...]


@dataclass(frozen=True)
class Balance:
    edition: int | None
    opening_as_of: str
    opening_known_at: str
    opening: int
    came: tuple[Term, ...]
    went: tuple[Term, ...]
    closing: int
    older_cases: int


@dataclass(frozen=True)
class Series:
    """`points`: per day its numbers by name; of a flow "value", "by_that_day", "within_a_week", of a stock
    "value", "lowest", "highest"."""

    name: str
    known_at: str
    figure: str
    rule: str
    points: tuple[tuple[str, Mapping[str, int]], ...]


@dataclass(frozen=True)
class Bridge:
    """One register under two rules; `steps`: (came, went, change)."""

    first: int
    second: int
    steps: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Before:
    """The edition before, as this one names it."""

    number: int
    as_of: str
    known_at: str
    sha256: str


@dataclass(frozen=True)
class Edition:
    number: int
    organisation: str
    as_of: str
    known_at: str
    rule: str
    software: str
    previous: Before | None
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    balance: Balance | None
    daily: tuple[Series, ...]
    levels: tuple[Series, ...]
    bridges: tuple[Bridge, ...]

    def figure(self, name: str) -> Figure | None:
        return next((one for one in self.figures if one.name == name), None)

    @staticmethod
    def read(data: bytes) -> Edition:
        """Raises ProofRefused `proof.json`, `proof.content`, `proof.format`."""
        found = Part(canonical_json(data))
        if found.text("format") != EDITION_FORMAT:
            raise ProofRefused("proof.format", format=found.text("format")[:60])
        before, balance = found.maybe_part("previous"), found.maybe_part("balance")
        return Edition(
            number=found.count("number"),
            organisation=found.text("organisation"),
            as_of=found.text("as_of"),
            known_at=found.text("known_at"),
            rule=found.text("rule"),
            software=found.text("software"),
            previous=None if before is None else _before(before),
            figures=tuple(_figure(one) for one in found.parts("figures")),
            tables=tuple(_table(one) for one in found.parts("tables")),
            balance=None if balance is None else _balance(balance),
            daily=tuple(
                _series(one, "days", ("value", "by_that_day", "within_a_week"))
                for one in found.parts("daily")
            ),
            levels=tuple(
                _series(one, "points", ("value", "lowest", "highest")) for one in found.parts("levels")
            ),
            bridges=tuple(_bridge(one) for one in found.parts("bridges")),
        )


def _labels(one: Part, name: str) -> Labels:
    words = one.part(name)
    return words.text("es"), words.text("en")


def _before(one: Part) -> Before:
    return Before(one.count("number"), one.text("as_of"), one.text("known_at"), one.text("sha256"))


def _figure(one: Part) -> Figure:
    return Figure(
        name=one.text("name"),
        label=_labels(one, "label"),
        figure=one.text("figure"),
        rule=one.text("rule"),
        as_of=one.text("as_of"),
        known_at=one.text("known_at"),
        start=one.maybe_text("start"),
        value=one.count("value"),
        lowest=one.count("lowest"),
        highest=one.count("highest"),
        pending_in=one.count("pending_in"),
        pending_out=one.count("pending_out"),
    )


def _table(one: Part) -> Table:
    dimensions = one.texts("dimensions")
    labels = tuple(
        {category.text("key"): _labels(category, "label") for category in _parts(item)}
        for item in one.items("categories")
    )
    return Table(
        name=one.text("name"),
        title=_labels(one, "title"),
        total_of=one.text("total_of"),
        total=one.count("total"),
        dimensions=dimensions,
        categories=tuple(
            tuple(category.text("key") for category in _parts(item)) for item in one.items("categories")
        ),
        category_labels=labels,
        cells=tuple(
            Cell(cell.texts("key"), cell.maybe_count("value"), cell.maybe_count("group"))
            for cell in one.parts("cells")
        ),
        groups=tuple(
            Merged(group.count("number"), group.text_lists("cells"), group.count("value"))
            for group in one.parts("groups")
        ),
        withheld=one.flag("withheld"),
    )


def _parts(found: object) -> list[Part]:
    if not isinstance(found, list):
        raise ProofRefused("proof.content", field="categories")
    return [Part(one, "categories") for one in found]


def _balance(one: Part) -> Balance:
    return Balance(
        edition=one.maybe_count("edition"),
        opening_as_of=one.text("opening_as_of"),
        opening_known_at=one.text("opening_known_at"),
        opening=one.count("opening"),
        came=tuple(_term(term) for term in one.parts("came")),
        went=tuple(_term(term) for term in one.parts("went")),
        closing=one.count("closing"),
        older_cases=one.count("older_cases"),
    )


def _term(one: Part) -> Term:
    return Term(
        one.text("cause"),
        _labels(one, "label"),
        one.count("value"),
        tuple((kind.text("kind"), _labels(kind, "label"), kind.count("value")) for kind in one.parts("by")),
    )


def _series(one: Part, points: str, names: tuple[str, ...]) -> Series:
    return Series(
        name=one.text("name"),
        known_at=one.text("known_at"),
        figure=one.text("figure"),
        rule=one.text("rule"),
        points=tuple(
            (point.text("day"), {name: point.count(name) for name in names}) for point in one.parts(points)
        ),
    )


def _bridge(one: Part) -> Bridge:
    return Bridge(
        one.count("first"),
        one.count("second"),
        tuple((step.count("came"), step.count("went"), step.number("change")) for step in one.parts("steps")),
    )
