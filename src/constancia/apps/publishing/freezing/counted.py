"""The counted part of a content: figures, balance, series and bridges under the rule of the edition."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from constancia.apps.figures.balance import Terms
from constancia.apps.figures.counting import Question
from constancia.apps.figures.published import Counter
from constancia.apps.publishing.freezing import words
from constancia.apps.publishing.freezing.asked import Asked, day_after
from constancia.domain.figures.periods import end_of_day, instant_of
from constancia.domain.publishing import content
from constancia.domain.publishing.plan import AskedDaily, AskedFigure, AskedLevels, Plan

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


def balance(asked: Asked, counts: Counts) -> content.Balance | None:
    """From the opening to this edition; None without an opening."""
    if asked.opening is None or counts.then is None:
        return None
    opening = counts.then.question("held", asked.opening.as_of)
    closing = counts.now.question("held", asked.as_of)
    edition = asked.opening.edition if asked.opening.rule == asked.rule else None
    return balance_of(opening, closing, counts.now, edition)


def balance_of(
    opening: Question, closing: Question, counter: Counter, edition: int | None = None
) -> content.Balance:
    """The balance between any two counts; `edition`: the one that published the opening."""
    found = counter.balance(opening, closing)
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
