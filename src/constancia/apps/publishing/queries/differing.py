"""What differs between two editions, or between an edition and what is known today of the same day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.figures.counting import Question
from constancia.apps.figures.published import Counter
from constancia.apps.figures.queries import zone
from constancia.apps.figures.seeing import codes_seen_by
from constancia.apps.publishing import terms
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.publishing.freezing.counted import balance_of
from constancia.apps.publishing.freezing.freeze import counts_of
from constancia.apps.publishing.models import Edition
from constancia.apps.register.queries.consents import consents
from constancia.domain.publishing.content import Balance, Figure
from constancia.domain.publishing.reserve import reserve
from constancia.infra import clock

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Explained:
    """`balance`: from one count of those held to the other, by cause, for all. `people`: {"code", "person",
    "side", "cause", "kind"} of those whose case the user may open, `hidden` how many others; None where the
    user may open nobody. `figures`: those of the same name in both editions whose values differ, each as it
    was published, with its own dates."""

    first: int
    second: int | None
    as_of: date
    known_at: datetime
    balance: Balance
    people: list[Json] | None
    hidden: int
    figures: tuple[tuple[Figure, Figure], ...]


def explain(user: User, first: int, second: int | None = None) -> Explained:
    """From edition `first` to edition `second`, or to what is known now of the day of `first`.

    Both sides leave out who was to stay internal when they were frozen. Raises NotAllowed, NotFound.
    """
    allow(user, Permission.EDITION_READ)
    one = edition_of(first)
    before, opening = _side(one)
    if second is not None:
        other = edition_of(second)
        after, closing = _side(other)
        figures = _unlike(one, other)
    else:
        frozen = content_of(one)
        now = clock.now()
        after = Counter(frozen.rule, now, zone(), reserve(consents(now, now)).internal)
        closing = after.question("held", frozen.as_of)
        figures = ()
    if (opening.as_of, opening.known_at) > (closing.as_of, closing.known_at):
        opening, closing, after = closing, opening, before
    differing = after.differences(opening, closing)
    people, hidden = None, len(differing.arrived) + len(differing.departed)
    if may(user, Permission.PEOPLE_BEHIND):
        codes = codes_seen_by(user, [one.person for one in (*differing.arrived, *differing.departed)])
        people = [
            {
                "code": codes[moved.person],
                "person": moved.person,
                "side": side,
                "cause": moved.cause.value,
                "kind": moved.kind,
            }
            for side, moves in (("in", differing.arrived), ("out", differing.departed))
            for moved in moves
            if moved.person in codes
        ]
        hidden -= len(people)
    return Explained(
        first=first,
        second=second,
        as_of=date.fromordinal(closing.as_of),
        known_at=after.known_at,
        balance=balance_of(opening, closing, after),
        people=people,
        hidden=hidden,
        figures=figures,
    )


def _side(edition: Edition) -> tuple[Counter, Question]:
    """The counter of an edition as it was, and the question of those held in it."""
    asked = terms.of_edition(edition)
    counter = counts_of(asked, reserve(consents(asked.frozen_at, asked.known_at))).now
    return counter, counter.question("held", asked.as_of)


def _unlike(one: Edition, other: Edition) -> tuple[tuple[Figure, Figure], ...]:
    firsts = {figure.name: figure for figure in content_of(one).figures}
    return tuple(
        (firsts[figure.name], figure)
        for figure in content_of(other).figures
        if figure.name in firsts and firsts[figure.name].value != figure.value
    )
