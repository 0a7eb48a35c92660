"""The lines of a balance: what stands in it, before any column is drawn.

The order is the field's own: total, change, came and went, then each breakdown with "not known" so that it
adds up, then what is counted apart from the total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Content, Figure, Table, Term
from constancia.domain.publishing.figures_in_words import headline, opening_day, since_previous
from constancia.domain.publishing.names import cell_name, merged_name
from constancia.domain.publishing.tables import labels_of, together
from constancia.domain.publishing.wording import said

DIMENSIONS = ("sex", "profile", "age_group", "convicted", "nationality")
_FLOWS = (("arrested", "came"), ("released", "went"), ("full_releases", "went"))


AMONG = frozenset({"whereabouts_unknown"})
"""Definitions that count a part of those held."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it counts (`of`: the same in every edition), its words, value and the value's name.

    A heading has no value. `merged`: several categories as one. `signed`: a change. `cells`: of a breakdown,
    which categories it adds up.
    """

    of: str
    label: str
    value: int | None = None
    name: str = ""
    kind: Literal["plain", "total", "sub", "group"] = "plain"
    merged: bool = False
    signed: bool = False
    cells: tuple[str, ...] = ()

    def printed(self, language: Language) -> str:
        if self.value is None:
            return ""
        return (printing.signed if self.signed else printing.number)(self.value, language)


def lines(content: Content, language: Language) -> tuple[Line, ...]:
    """All lines of the balance of a content. Raises InputRefused `edition.no_figures`."""
    head = headline(content)
    found = [Line("total", said("balance.total", language), head.value, head.name, "total")]
    found += _movement(content, language)
    for dimension in DIMENSIONS:
        found += _breakdown(content, head, dimension, language)
    among = [_of_figure(figure, language) for figure in _among(content)]
    if among:
        found += [Line("among", said("balance.among", language), kind="group"), *among]
    return tuple(found)


def apart(content: Content) -> tuple[Figure, ...]:
    """The figures that have no place in the balance: of other days, of what happened, of those who are out.

    A stock, what has happened since some day and those under measures never share a column.
    """
    told = {headline(content).name, *(one.name for one in _among(content))}
    told |= {one.name for one, _ in _flows(content)}
    return tuple(one for one in content.figures if one.name not in told)


def _among(content: Content) -> list[Figure]:
    """Parts of those held that the field's balances name: on the same day, as known at the same time."""
    head = headline(content)
    return [
        one
        for one in content.figures
        if one.figure in AMONG
        and (one.as_of, one.known_at, one.rule) == (head.as_of, head.known_at, head.rule)
    ]


def _flows(content: Content) -> Iterator[tuple[Figure, str]]:
    """The figures of what happened since the opening, with their definitions."""
    for definition, _ in _FLOWS:
        if figure := since_previous(content, definition):
            yield figure, definition


def breakdown_of(content: Content, dimension: str) -> Table | None:
    """The headline by that one dimension."""
    name = headline(content).name
    tables = (one for one in content.tables if one.total_of == name and one.dimensions == (dimension,))
    return next(tables, None)


def _of_figure(figure: Figure, language: Language) -> Line:
    label = printing.capital(plain(figure.label.in_language(language)))
    return Line(f"figure.{figure.name}", label, figure.value, figure.name)


def _movement(content: Content, language: Language) -> Iterator[Line]:
    """The change since the last balance, and who came and went since then."""
    balance = content.balance
    if balance is None and content.previous is None:
        return
    before = opening_day(content)
    key = "balance.since" if content.previous else "balance.since_first"
    heading = said(key, language, day=printing.short_day(before, language) if before else "")
    yield Line("since", heading, kind="group")
    if balance:
        change = balance.closing - balance.opening
        yield Line("change", said("balance.change", language), change, "balance.change", signed=True)
    for definition, side in _FLOWS:
        if figure := since_previous(content, definition):
            label = said(f"balance.{definition}", language)
            yield Line(f"since.{definition}", label, figure.value, figure.name)
        elif balance and (term := _term(balance.came if side == "came" else balance.went, definition)):
            name = f"balance.{'in' if side == 'came' else 'out'}.{definition}"
            yield Line(f"since.{definition}", said(f"balance.{definition}", language), term.value, name)


def _term(terms: tuple[Term, ...], cause: str) -> Term | None:
    return next((term for term in terms if term.cause == cause), None)


def _breakdown(content: Content, head: Figure, dimension: str, language: Language) -> Iterator[Line]:
    """A heading, and one line for each category or group of merged ones."""
    table = breakdown_of(content, dimension)
    if table is None:
        return
    heading = said(f"balance.by_{dimension}", language)
    if table.withheld or not table.cells:
        yield Line(f"by.{dimension}", said("balance.withheld", language, heading=heading), kind="group")
        return
    yield Line(f"by.{dimension}", heading, kind="group")
    labels, groups = labels_of(table, 0, language), {group.number: group for group in table.groups}
    joined = _foreign(table, language) if dimension == "nationality" else ()
    shown: set[int] = set()
    for category in table.categories[0]:
        cell = table.cell(category.key)
        if joined and category.key in ("foreign", "dual"):
            yield from joined if category.key == "foreign" else ()
        elif cell is None:
            continue
        elif cell.value is not None:
            name, of = cell_name(table, cell.key), f"{dimension}.{category.key}"
            yield Line(of, labels[category.key], cell.value, name, cells=(category.key,))
        elif cell.group in groups and cell.group not in shown:
            shown.add(cell.group)
            group = groups[cell.group]
            keys = tuple(sorted(key[0] for key in group.cells))
            called = together([labels.get(key[0], key[0]) for key in group.cells], dimension, language)
            name = merged_name(table, group.number)
            yield Line(f"{dimension}.{'+'.join(keys)}", called, group.value, name, merged=True, cells=keys)


def _foreign(table: Table, language: Language) -> tuple[Line, ...]:
    """Foreign nationals with those of two nationalities, as the field counts them; nothing if merged."""
    foreign, dual = table.cell("foreign"), table.cell("dual")
    if not (foreign and dual) or foreign.value is None or dual.value is None:
        return ()
    both = foreign.value + dual.value
    name = f"table.{table.name}.foreign+dual"
    return (
        Line(
            "nationality.foreign+dual",
            said("balance.foreign", language),
            both,
            name,
            cells=("dual", "foreign"),
        ),
        Line(
            "nationality.dual",
            said("balance.dual", language),
            dual.value,
            cell_name(table, ("dual",)),
            "sub",
            cells=("dual",),
        ),
    )
