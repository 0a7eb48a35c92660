"""The balance between two counts of a stock: opening + in − out = closing, each person with one cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from constancia.apps.figures.counting import Question
from constancia.apps.figures.explain import tally
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.errors import IntegrityBroken
from constancia.domain.figures.causes import In, Out

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
    found = tally(snapshot, opening, closing)
    came, went = _terms(In, found.arrived), _terms(Out, found.departed)
    if found.opening + total(came) - total(went) != found.closing:
        raise IntegrityBroken("figure.balance")
    older = sum(sum(came[cause].values()) for cause in (In.LEARNED_LATE, In.RECOGNISED_LATE))
    return Balance(found.opening, found.closing, came, went, older)


def total(terms: Terms) -> int:
    """Everybody in these terms."""
    return sum(sum(kinds.values()) for kinds in terms.values())


def _terms(causes: Iterable[In | Out], found: Mapping[tuple[In, str], int] | Mapping[tuple[Out, str], int]) -> Terms:
    terms: Terms = {cause.value: {} for cause in causes}
    for (cause, kind), people in sorted(found.items(), key=lambda item: -item[1]):
        terms[cause][kind] = people
    return terms
