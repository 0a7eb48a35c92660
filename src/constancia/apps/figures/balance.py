"""The balance between two counts of a stock: opening + in − out = closing, each person with one cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from constancia.apps.figures.counting import Question
from constancia.apps.figures.explain import Differences, Tally, tally
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.errors import IntegrityBroken
from constancia.domain.figures.causes import In, Out

Cause = TypeVar("Cause", In, Out)
Terms = dict[str, dict[str, int]]
"""cause → kind → people; kind "" where the cause has none. Every cause is there, with nobody if need be."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Numbers of people. `older_cases`: in the closing, held already at the opening, verified since."""

    opening: int
    closing: int
    came: Terms
    went: Terms
    older_cases: int


def balance(snapshot: Snapshot, opening: Question, closing: Question) -> Balance:
    """Raises InputRefused `figure.not_stock`; IntegrityBroken `figure.balance` should it ever not close."""
    return _balanced(tally(snapshot, opening, closing))


def of_differences(found: Differences) -> Balance:
    """The same from the people themselves."""
    return _balanced(
        Tally(
            found.opening,
            found.closing,
            Counter((moved.cause, moved.kind) for moved in found.arrived if isinstance(moved.cause, In)),
            Counter((moved.cause, moved.kind) for moved in found.departed if isinstance(moved.cause, Out)),
        )
    )


def _balanced(found: Tally) -> Balance:
    came, went = _terms(In, found.arrived), _terms(Out, found.departed)
    if found.opening + total(came) - total(went) != found.closing:
        raise IntegrityBroken("figure.balance")
    older = sum(sum(came[cause].values()) for cause in (In.LEARNED_LATE, In.RECOGNISED_LATE))
    return Balance(found.opening, found.closing, came, went, older)


def total(terms: Terms) -> int:
    """Everybody in these terms."""
    return sum(sum(kinds.values()) for kinds in terms.values())


def _terms(causes: Iterable[Cause], found: Mapping[tuple[Cause, str], int]) -> Terms:
    terms: Terms = {str(cause): {} for cause in causes}
    for (cause, kind), people in sorted(found.items(), key=_by_number):
        terms[str(cause)][kind] = people
    return terms


def _by_number(item: tuple[tuple[In | Out, str], int]) -> tuple[int, str]:
    return -item[1], item[0][1]
