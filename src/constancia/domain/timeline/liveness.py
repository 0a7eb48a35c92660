"""Which facts hold at a known time: known by then, and not superseded by one that holds."""

from __future__ import annotations

from collections.abc import Sequence

from constancia.domain.timeline.weighed import Weighed


def superseders(facts: Sequence[Weighed]) -> dict[int, list[Weighed]]:
    """For each superseded fact (by seq), the facts that supersede it."""
    found: dict[int, list[Weighed]] = {}
    for fact in facts:
        if fact.fact.supersedes is not None:
            found.setdefault(fact.fact.supersedes, []).append(fact)
    return found


def live(facts: Sequence[Weighed], at: int, by: dict[int, list[Weighed]]) -> list[Weighed]:
    """The facts live at `at` (µs), in the order given. `by` is `superseders(facts)`.

    Withdrawing a withdrawal revives what it took back.
    """
    if not by:
        return [fact for fact in facts if fact.known <= at]
    holds: dict[int, bool] = {}
    return [fact for fact in facts if _holds(fact, at, by, holds)]


def _holds(fact: Weighed, at: int, by: dict[int, list[Weighed]], holds: dict[int, bool]) -> bool:
    if fact.known > at:
        return False
    found = holds.get(fact.seq)
    if found is None:
        holds[fact.seq] = True  # a circle, which the register refuses, ends here
        found = not any(_holds(other, at, by, holds) for other in by.get(fact.seq, ()))
        holds[fact.seq] = found
    return found
