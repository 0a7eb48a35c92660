"""From what somebody asks, in days and names, to a question in numbers; refuses what makes no sense."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from constancia.apps.figures.counting import Question
from constancia.domain.errors import InputRefused
from constancia.domain.figures.definition import Definition, definition, grade_named
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.figures.periods import known_instant, microseconds
from constancia.domain.figures.rule import rule as rule_named
from constancia.domain.timeline.state import OPEN_PAST
from constancia.domain.vocabulary.terms import Grade


def ask(
    name: str,
    as_of: date,
    known_at: date | datetime,
    *,
    zone: ZoneInfo,
    default_rule: str,
    rule: str | None = None,
    grade: str | None = None,
    by: Iterable[str] = (),
    start: date | None = None,
    months: int | None = None,
    witnessed: bool = False,
) -> Question:
    """The question for figure `name`.

    A `known_at` that is a day means its end in `zone`. `grade` stands for both minimum grades; two joined
    by a slash ("reported/verified") are those of entries and of exits. Raises InputRefused: `figure.unknown`,
    `figure.rule_unknown`, `figure.grade`, `figure.dimension`, `figure.months`, `figure.period`.
    """
    found = definition(name)
    instant = known_instant(known_at, zone)
    entry, exits = _grades(found, grade)
    first = start or found.since
    if found.measure == "stock":
        first = None
    if first is not None and first > as_of:
        raise InputRefused("figure.period", start=first.isoformat(), end=as_of.isoformat())
    return Question(
        definition=found,
        rule=rule_named(rule or found.rule or default_rule),
        as_of=as_of.toordinal(),
        known_at=microseconds(instant),
        known_day=instant.astimezone(zone).date().toordinal(),
        entry_grade=entry,
        exit_grade=exits,
        start=first.toordinal() if first else OPEN_PAST,
        months=_months(found, months),
        witnessed=witnessed,
        by=_dimensions(found, by),
    )


def _grades(found: Definition, grade: str | None) -> tuple[Grade, Grade]:
    if not grade:
        return found.entry_grade, found.exit_grade
    entry, _, exits = grade.partition("/")
    return grade_named(entry), grade_named(exits or entry)


def _months(found: Definition, months: int | None) -> int | None:
    if months is None or found.months is None:
        return found.months
    if not 1 <= months <= 600:
        raise InputRefused("figure.months", figure=found.name)
    return months


def _dimensions(found: Definition, by: Iterable[str]) -> tuple[Dimension, ...]:
    names = list(dict.fromkeys(by))
    if names == ["all"]:
        return found.breakdowns
    for name in names:
        if name not in found.breakdowns:
            allowed = ", ".join(found.breakdowns)
            raise InputRefused("figure.dimension", figure=found.name, dimension=name[:40], allowed=allowed)
    return tuple(Dimension(name) for name in names)
