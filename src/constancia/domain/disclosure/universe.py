"""Which people a table counts, as a name: tables of one share cells, related ones can be subtracted."""

from __future__ import annotations

from datetime import date, datetime

_PARTS = 5
_WITHIN = {"held_over_months": "held", "house_arrest": "held", "whereabouts_unknown": "held"}
"""Figures that count some of those whom another counts: the rest can be worked out."""


def universe(figure: str, rule: str, start: date | None, as_of: date, known_at: datetime) -> str:
    """The name of everybody whom a question counts, whatever a plan calls its figure. `start`: of a flow."""
    first = start.isoformat() if start else ""
    return "|".join((figure, rule, first, as_of.isoformat(), known_at.isoformat()))


def related(one: str, other: str) -> bool:
    """Whether a reader learns of people by subtracting one from the other: the same figure of another day, of
    other knowledge or under another rule; of flows only where the periods begin or end together. Names that
    `universe` did not make are related to themselves."""
    if one == other:
        return True
    first, second = one.split("|"), other.split("|")
    if not len(first) == len(second) == _PARTS:
        return False
    if _WITHIN.get(first[0], first[0]) != _WITHIN.get(second[0], second[0]):
        return False
    return first[2] == second[2] or first[3] == second[3]
