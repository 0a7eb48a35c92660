"""Assertions from figures of the register: the value with its lowest and highest is a range."""

from __future__ import annotations

from datetime import date

from constancia.domain.claims.reconcile.assertion import OURS, Assertion, Measure
from constancia.domain.vocabulary.terms import Qualifier


def from_figure(
    id: str,
    what: str,
    lowest: int,
    highest: int,
    as_of: date,
    *,
    start: date | None = None,
    known_at: date | None = None,
    filters: tuple[tuple[str, str], ...] = (),
    rule: str = "",
) -> Assertion:
    """A stock, or with `start` what happened from it to `as_of`, as known on `known_at`.

    `what` as in `Assertion`. `rule`: the population rule; counts under two rules are two claimants'. A flow
    counts events by their day, so what was learnt late is in it.
    """
    measure = Measure.STOCK if start is None else Measure.DAY if start == as_of else Measure.PERIOD
    return Assertion(
        id=id,
        claimant=f"{OURS}:{rule}" if rule else OURS,
        what=what,
        measure=measure,
        value=lowest,
        qualifier=Qualifier.EXACT,
        end=as_of,
        start=start,
        published=known_at,
        filters=tuple(sorted(filters)),
        high=highest if highest != lowest else None,
        own=True,
    )
