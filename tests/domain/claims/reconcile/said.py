"""Claims written shortly, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from constancia.domain.claims.reconcile.assertion import Assertion, Measure
from constancia.domain.claims.reconcile.report import Report, reconcile
from constancia.domain.vocabulary.terms import Qualifier

BOUNDS = {"=": Qualifier.EXACT, ">=": Qualifier.AT_LEAST, "<=": Qualifier.UP_TO, "~": Qualifier.ABOUT}


def january(number: int) -> date:
    return date(2026, 1, number)


def stock(id: str, value: int, end: int, bound: str = "=", **more: Any) -> Assertion:
    return claim(id, "held", Measure.STOCK, value, end, bound, **more)


def total(id: str, value: int, start: int, end: int, bound: str = "=", **more: Any) -> Assertion:
    """Releases verified since a day."""
    more = {"what": "released", "start": january(start), "verified": True, **more}
    return claim(id, more.pop("what"), Measure.CUMULATIVE, value, end, bound, **more)


def period(id: str, value: int, start: int, end: int, bound: str = "=", **more: Any) -> Assertion:
    more = {"what": "released", "start": january(start), **more}
    return claim(id, more.pop("what"), Measure.PERIOD, value, end, bound, **more)


def of_day(id: str, value: int, end: int, bound: str = "=", **more: Any) -> Assertion:
    more = {"what": "released", "start": january(end), **more}
    return claim(id, more.pop("what"), Measure.DAY, value, end, bound, **more)


def claim(id: str, what: str, measure: Measure, value: int, end: int, bound: str, **more: Any) -> Assertion:
    published = more.pop("published", end)
    return Assertion(
        id=id,
        claimant=more.pop("claimant", "house"),
        what=what,
        measure=measure,
        value=value,
        qualifier=BOUNDS[bound],
        end=january(end),
        published=january(published) if published else None,
        **more,
    )


def conflicts(*claims: Assertion, **options: Any) -> list[set[str]]:
    """The smallest sets that were found, as sets of ids."""
    return [set(one.claims) for one in report(*claims, **options).conflicts]


def report(*claims: Assertion, **options: Any) -> Report:
    return reconcile(claims, **options)
