"""Whether the tables of a draft may be shown, beside each other and beside every edition before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from constancia.apps.publishing.access import content_of
from constancia.apps.publishing.models import Edition
from constancia.domain.disclosure.attack import findings
from constancia.domain.disclosure.differencing import differences
from constancia.domain.disclosure.mending import mend
from constancia.domain.disclosure.pattern import Pattern, Published, to_json
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.protecting import withheld as empty_tables
from constancia.domain.disclosure.table import Table
from constancia.domain.publishing.content import Content

Json = dict[str, Any]


def objections(tables: Sequence[Table], merges: Pattern, withheld: frozenset[str]) -> list[Json]:
    """What stands against showing the tables so, and last the least merging that mends it; [] for nothing.

    {"code": "cell", "table", "cell", "reason", "group"} for what could be worked out from the edition alone,
    {"code": "difference", "table", "cell", "edition", "group"} beside an earlier one, and {"code": "mend",
    "merges", "withheld"}. No number of people that is not shown stands in any of them.
    """
    policy = Policy.load()
    showing = [table for table in tables if table.name not in withheld]
    earlier = earlier_tables()
    found = [
        {
            "code": "cell",
            "table": one.table,
            "cell": list(one.cell),
            "reason": one.reason,
            "group": [list(cell) for cell in sorted(one.group)],
        }
        for one in findings(showing, merges, policy)
    ]
    found += [
        {
            "code": "difference",
            "table": one.table,
            "edition": one.edition,
            "cells": [list(cell) for cell in sorted(one.cells)],
        }
        for one in differences(earlier, showing, merges, policy)
    ]
    if found:
        found.append(mending(showing, merges, withheld, policy, earlier))
    return found


def mending(
    showing: Sequence[Table],
    merges: Pattern,
    withheld: frozenset[str],
    policy: Policy,
    earlier: Sequence[Published],
) -> Json:
    """The least merging, what the editor decided included, after which nothing stands against it."""
    made = mend(earlier, showing, merges, policy)
    out = {*withheld, *(one.table for one in empty_tables(showing, made))}
    kept = tuple(one for one in made if one.table not in out)
    return {"code": "mend", "merges": to_json(kept), "withheld": sorted(out)}


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
            universe=table.total_of,
            values=_values(table.cells, table.total, len(table.dimensions)),
            groups=tuple((frozenset(group.cells), group.value) for group in table.groups),
            edition=str(content.number),
        )
        for table in content.tables
        if not table.withheld
    ]


def _values(cells: Sequence[Any], total: int, dimensions: int) -> dict[tuple[str, ...], int]:
    values = {cell.key: cell.value for cell in cells if cell.value is not None}
    return {**values, ("",) * dimensions: total}
