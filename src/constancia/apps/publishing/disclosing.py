"""Whether the tables of a draft may be shown, beside each other and beside every edition before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from constancia.apps.publishing import terms
from constancia.apps.publishing.access import content_of
from constancia.apps.publishing.freezing.freeze import tables_of
from constancia.apps.publishing.models import Edition
from constancia.domain.disclosure.attack import findings
from constancia.domain.disclosure.differencing import differences
from constancia.domain.disclosure.mending import mend
from constancia.domain.disclosure.parting import Parted, parted, small_cells, together, touching
from constancia.domain.disclosure.pattern import Merged, Pattern, Published, canonical, published, to_json
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.protecting import withheld as empty_tables
from constancia.domain.disclosure.system import Key
from constancia.domain.disclosure.table import Table, view_of
from constancia.domain.disclosure.universe import related, universe
from constancia.domain.publishing.content import Content

Json = dict[str, Any]

HERE = ""
"""In place of an earlier edition's number: another table of the same edition."""

_STEPS = 12


def objections(tables: Sequence[Table], merges: Pattern, withheld: frozenset[str]) -> list[Json]:
    """What stands against showing the tables so, and last the least merging that mends it; [] for nothing.

    {"code": "cell", "table", "cell", "reason", "group"} for what could be worked out from the edition alone;
    {"code": "difference", "table", "cells", "edition"} beside an earlier one, and the same with "reason":
    "parted" for what that one showed as one and this does not; {"code": "mend", "merges", "withheld"}.
    `edition` is HERE beside a table of another day or rule in the same edition. No number of people that is
    not shown stands in any of them.
    """
    policy = Policy.load()
    showing = [table for table in tables if table.name not in withheld]
    earlier = _Earlier(policy, earlier_tables())
    found: list[Json] = [
        {
            "code": "cell",
            "table": one.table,
            "cell": list(one.cell),
            "reason": one.reason,
            "group": [list(cell) for cell in sorted(one.group)],
        }
        for one in findings(showing, merges, policy)
    ]
    for known, some in _in_turn(earlier, showing, merges):
        found += [
            {
                "code": "difference",
                "table": one.table,
                "edition": one.edition,
                "cells": [list(cell) for cell in sorted(one.cells)],
            }
            for one in differences(known.shown, some, merges, policy)
        ]
        found += [
            {
                "code": "difference",
                "reason": "parted",
                "table": one.table,
                "edition": one.edition,
                "cells": [list(cell) for cell in sorted(one.cells)],
            }
            for one in known.parted(some, merges)
        ]
    if found:
        found.append(_mending(showing, merges, withheld, policy, earlier))
    return found


def earlier_tables() -> list[Published]:
    """The tables of every edition as they were shown."""
    found = []
    for edition in Edition.objects.order_by("number"):
        found += shown_in(content_of(edition))
    return found


def shown_in(content: Content) -> list[Published]:
    """The tables of one edition in the shape of disclosure control."""
    return [
        Published(
            table=table.name,
            dimensions=table.dimensions,
            universe=_universe(content, table.total_of),
            values=_values(table.cells, table.total, len(table.dimensions)),
            groups=tuple((frozenset(group.cells), group.value) for group in table.groups),
            edition=str(content.number),
        )
        for table in content.tables
        if not table.withheld
    ]


@dataclass
class _Earlier:
    """What readers know when they see a table. `small`: what no edition may show, by edition and universe;
    an earlier edition is counted anew where it matters."""

    policy: Policy
    shown: list[Published]
    small: dict[tuple[str, str], frozenset[Key]] = field(default_factory=dict)

    def with_tables(self, tables: Sequence[Table], merges: Pattern) -> _Earlier:
        """The same and tables of the edition itself."""
        more = [published(table, merges, HERE) for table in tables]
        small = {(HERE, of): some for of, some in _small_by_universe(tables, self.policy).items()}
        return _Earlier(self.policy, [*self.shown, *more], {**self.small, **small})

    def parted(self, tables: Sequence[Table], merges: Pattern) -> list[Parted]:
        """What hid somebody and is not one group any more."""
        return [
            one
            for one in parted(self.shown, tables, merges, self.policy)
            if touching(one.keys, self._small(one.edition, one.of))
        ]

    def _small(self, edition: str, of: str) -> frozenset[Key]:
        if edition != HERE and (edition, of) not in self.small:
            asked = terms.of_edition(Edition.objects.get(number=int(edition)))
            counted = _small_by_universe(tables_of(asked), self.policy)
            self.small |= {(edition, name): some for name, some in counted.items()}
        return self.small.get((edition, of), frozenset())


def _small_by_universe(tables: Sequence[Table], policy: Policy) -> Mapping[str, frozenset[Key]]:
    names = {table.universe for table in tables}
    return {name: small_cells([one for one in tables if one.universe == name], policy) for name in names}


def _in_turn(
    earlier: _Earlier, tables: Sequence[Table], merges: Pattern
) -> Iterator[tuple[_Earlier, list[Table]]]:
    """The tables by universe, each beside the earlier editions and the related ones before it."""
    for name in dict.fromkeys(table.universe for table in tables):
        own = [table for table in tables if table.universe == name]
        before = tables[: tables.index(own[0])]
        others = [one for one in before if one.universe != name and related(one.universe, name)]
        yield earlier.with_tables(others, merges), own


def _mending(
    showing: Sequence[Table],
    merges: Pattern,
    withheld: frozenset[str],
    policy: Policy,
    earlier: _Earlier,
) -> Json:
    """The least merging, what the editor decided included, after which nothing stands against it."""
    made: Pattern = ()
    universes = dict.fromkeys(table.universe for table in showing)
    for name in universes:
        own = [table for table in showing if table.universe == name]
        mine = {table.name for table in own}
        kept = tuple(one for one in merges if one.table in mine)
        ((known, _),) = (pair for pair in _in_turn(earlier, showing, made) if pair[1][0].universe == name)
        made = canonical([*made, *_mended(own, kept, policy, known)])
    out = {*withheld, *(one.table for one in empty_tables(showing, made))}
    left = tuple(one for one in made if one.table not in out)
    return {"code": "mend", "merges": to_json(left), "withheld": sorted(out)}


def _mended(tables: Sequence[Table], kept: Pattern, policy: Policy, earlier: _Earlier) -> Pattern:
    """Of the tables of one universe: what was together stays so, then what was left is withheld."""
    by_name = {table.name: table for table in tables}
    for step in range(_STEPS + len(tables)):
        made = mend(earlier.shown, tables, kept, policy)
        found = earlier.parted(tables, made)
        if not found:
            break
        for one in found:
            merge = together(one, by_name[one.table]) if step < _STEPS else None
            kept = (*kept, merge or _whole(by_name[one.table], one))
    return made


def _whole(table: Table, one: Parted) -> Merged:
    """Everything of the view in one, of which then nothing is shown."""
    view = view_of(table.dimensions, next(iter(one.cells)))
    return Merged(
        table.name, frozenset(cell for cell in table.cells() if view_of(table.dimensions, cell) == view)
    )


def _universe(content: Content, name: str) -> str:
    figure = content.figure(name)
    if figure is None:
        return name
    return universe(figure.figure, figure.rule, figure.start, figure.as_of, figure.known_at)


def _values(cells: Sequence[Any], total: int, dimensions: int) -> dict[tuple[str, ...], int]:
    values = {cell.key: cell.value for cell in cells if cell.value is not None}
    return {**values, ("",) * dimensions: total}
