"""The counted part of a content: figures, balance, series and bridges under the rule of the edition."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from constancia.apps.figures.balance import Balance, Terms, of_differences
from constancia.apps.figures.counting import Question
from constancia.apps.figures.explain import Differences
from constancia.apps.figures.published import Counter
from constancia.apps.publishing.freezing import words
from constancia.apps.publishing.freezing.asked import Asked, day_after
from constancia.domain.disclosure.policy import Policy
from constancia.domain.figures.dimensions import NOT_KNOWN, Dimension
from constancia.domain.figures.periods import end_of_day, instant_of
from constancia.domain.publishing import content
from constancia.domain.publishing.plan import AskedDaily, AskedFigure, AskedLevels, Plan
from constancia.domain.publishing.ways import ways

PROVISIONAL_DAYS = 7
"""A day counts as whole once so many days have passed for word of it to come in."""


@dataclass(frozen=True, slots=True)
class Counts:
    """`now` counts for the edition; `then` for its opening, with the consents of then."""

    now: Counter
    then: Counter | None


def question_of(asked: Asked, counts: Counts, one: AskedFigure) -> Question | None:
    """The question of a figure of the plan; None where it asks for the time since no opening."""
    start = one.start
    if start == "previous":
        if asked.opening is None:
            return None
        start = day_after(asked.opening)
    as_of = min(one.as_of or asked.as_of, asked.as_of)
    if start is not None and start > as_of:
        return None
    return counts.now.question(one.figure, as_of, one.known_at, start=start, rule=one.rule)


def figures(asked: Asked, counts: Counts, plan: Plan) -> tuple[content.Figure, ...]:
    """Every figure of the plan that can be asked."""
    found = []
    for one in plan.figure:
        question = question_of(asked, counts, one)
        if question is not None:
            found.append(_figure(one, question, counts))
    return tuple(found)


def _figure(one: AskedFigure, question: Question, counts: Counts) -> content.Figure:
    count = counts.now.count(question)
    stock = question.definition.measure == "stock"
    return content.Figure(
        name=one.name,
        label=one.label,
        figure=question.definition.name,
        rule=question.rule.name,
        as_of=date.fromordinal(question.as_of),
        known_at=instant_of(question.known_at),
        start=None if stock or not question.start else date.fromordinal(question.start),
        value=count.value,
        lowest=count.lowest,
        highest=count.highest,
        pending_in=count.pending_in,
        pending_out=count.pending_out,
    )


def balance(asked: Asked, counts: Counts, plan: Plan, totals_only: frozenset[int]) -> content.Balance | None:
    """From the opening to this edition, safe to show; None without an opening.

    Kinds are a breakdown: `totals_only` are of none that is known, and what is small is shown with others.
    Where a table of the plan divides by kind what happened since the opening, the balance does not.
    """
    if asked.opening is None or counts.then is None:
        return None
    opening = counts.then.question("held", asked.opening.as_of)
    closing = counts.now.question("held", asked.as_of)
    edition = asked.opening.edition if asked.opening.rule == asked.rule else None
    found = _reserved(counts.now.differences(opening, closing), totals_only)
    since = {one.name for one in plan.figure if one.start == "previous"}
    told = any(one.of in since and Dimension.KIND in one.by for one in plan.table)
    threshold = Policy.load().threshold
    made = _balance(opening, closing, found, edition)
    return made.model_copy(
        update={
            "came": tuple(_protected(term, threshold) for term in made.came),
            "went": tuple(
                term.model_copy(update={"by": ()}) if told else _protected(term, threshold)
                for term in made.went
            ),
        }
    )


def balance_of(opening: Question, closing: Question, counter: Counter) -> content.Balance:
    """The balance between any two counts with every kind: for the desk, not for print."""
    return _balance(opening, closing, counter.balance(opening, closing))


def _reserved(found: Differences, totals_only: frozenset[int]) -> Balance:
    """Of people who are in totals only nobody is told how they left."""
    arrived, departed = (
        [replace(one, kind=NOT_KNOWN) if one.kind and one.person in totals_only else one for one in moved]
        for moved in (found.arrived, found.departed)
    )
    return of_differences(replace(found, arrived=arrived, departed=departed))


def _protected(term: content.Term, threshold: int) -> content.Term:
    """A term with the kinds that may be shown; several as one are named "full+exile"."""
    labels = {kind.kind: kind.label for kind in term.by}
    kinds = {kind.kind: kind.value for kind in term.by}
    kinds[""] = term.value - sum(kinds.values())
    by = tuple(
        content.Kind(kind="+".join(some), label=words.together([labels[one] for one in some]), value=number)
        for some, number in ways(kinds, threshold)
    )
    return term.model_copy(update={"by": by})


def _balance(
    opening: Question, closing: Question, found: Balance, edition: int | None = None
) -> content.Balance:
    return content.Balance(
        edition=edition,
        opening_as_of=date.fromordinal(opening.as_of),
        opening_known_at=instant_of(opening.known_at),
        opening=found.opening,
        came=_terms("in", found.came),
        went=_terms("out", found.went),
        closing=found.closing,
        older_cases=found.older_cases,
    )


def _terms(side: Literal["in", "out"], terms: Terms) -> tuple[content.Term, ...]:
    return tuple(
        content.Term(
            cause=cause,
            label=words.cause(side, cause),
            value=sum(kinds.values()),
            by=tuple(
                content.Kind(kind=kind, label=words.kind(kind), value=number)
                for kind, number in kinds.items()
                if kind
            ),
        )
        for cause, kinds in terms.items()
    )


def daily(asked: Asked, counts: Counts, one: AskedDaily) -> content.Daily:
    """A flow day by day, and how soon each day was known."""
    first = one.first_day(asked.as_of)
    question = counts.now.question(one.figure, asked.as_of, start=first)
    value, that_day, in_a_week = Tally[date](), Tally[date](), Tally[date]()
    for day, known in counts.now.by_day(question):
        value[day] += 1
        that_day[day] += known <= end_of_day(day, asked.zone)
        in_a_week[day] += known <= _week_after(day, asked)
    return content.Daily(
        name=one.name,
        title=one.title,
        figure=one.figure,
        rule=question.rule.name,
        known_at=instant_of(question.known_at),
        days=tuple(
            content.Day(
                day=day,
                value=value[day],
                by_that_day=that_day[day],
                within_a_week=in_a_week[day],
                provisional=_week_after(day, asked) > asked.known_at,
            )
            for day in _days(first, asked.as_of)
        ),
    )


def _week_after(day: date, asked: Asked) -> datetime:
    return end_of_day(day + timedelta(days=PROVISIONAL_DAYS), asked.zone)


def _days(first: date, last: date) -> Sequence[date]:
    return [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]


def levels(asked: Asked, counts: Counts, one: AskedLevels) -> content.Levels:
    """A stock at the end of each week and on D."""
    question = counts.now.question(one.figure, asked.as_of)
    return content.Levels(
        name=one.name,
        title=one.title,
        figure=one.figure,
        rule=question.rule.name,
        known_at=instant_of(question.known_at),
        points=tuple(
            content.Level(day=day, value=count.value, lowest=count.lowest, highest=count.highest)
            for day, count in counts.now.levels(question, one.first_day(asked.as_of), "weekly")
        ),
    )


def bridge(asked: Asked, counts: Counts, first: str, second: str) -> content.Bridge:
    """Those held under two population rules, on the same day as known at the same T."""
    question = counts.now.question("held", asked.as_of, rule=first)
    found = counts.now.bridge(question, second)
    return content.Bridge(
        first_rule=first,
        second_rule=second,
        first=found.first,
        second=found.second,
        steps=tuple(
            content.BridgeStep(
                label=words.crossing(step.crossing.difference, step.crossing.custody, step.crossing.days),
                came=len(step.came),
                went=len(step.went),
                change=step.change,
            )
            for step in found.steps
        ),
    )
