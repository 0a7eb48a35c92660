"""Counts for what is published: under pinned definitions and rules, without those who stay internal.

One `Counter` answers for one edition: everything as known at one T at the latest, everybody in `without`
absent from every number. Nothing here asks who may read: the caller has asked, and what comes out is for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from constancia.apps.figures import balance as _balance
from constancia.apps.figures import bridge as _bridge
from constancia.apps.figures import counting, events
from constancia.apps.figures import series as _series
from constancia.apps.figures.asking import ask
from constancia.apps.figures.balance import Balance
from constancia.apps.figures.bridge import Bridge
from constancia.apps.figures.counting import Count, Question
from constancia.apps.figures.events import Release
from constancia.apps.figures.explain import Differences, differences
from constancia.apps.figures.snapshot import Snapshot
from constancia.apps.figures.then import snapshot_of
from constancia.domain.figures.definition import Definition, definition, definition_pinned
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.figures.periods import buckets, end_of_day, instant_of
from constancia.domain.figures.rule import Rule, rule_pinned
from constancia.domain.figures.rule import rule as rule_named

Pins = Mapping[str, int]
"""Name → version, of definitions or rules; those that are not in it are of the newest version."""


@dataclass(frozen=True, slots=True)
class Counter:
    """`rule`: the population rule of figures that bring none of their own. `known_at`: T, an instant.

    `recorded_until`: what entered the register later is left out, even where it declares to have been known
    by T, so that a count comes out as it did then; None: nothing is.
    """

    rule: str
    known_at: datetime
    zone: ZoneInfo
    without: frozenset[int] = frozenset()
    definitions: Pins = field(default_factory=dict)
    rules: Pins = field(default_factory=dict)
    recorded_until: datetime | None = None

    def definition(self, name: str) -> Definition:
        """Raises InputRefused `figure.unknown`."""
        return (
            definition_pinned(name, self.definitions[name]) if name in self.definitions else definition(name)
        )

    def population(self, name: str) -> Rule:
        """Raises InputRefused `figure.rule_unknown`."""
        return rule_pinned(name, self.rules[name]) if name in self.rules else rule_named(name)

    def question(
        self,
        name: str,
        as_of: date,
        known_at: date | datetime | None = None,
        *,
        start: date | None = None,
        rule: str | None = None,
        by: Iterable[str] = (),
    ) -> Question:
        """The question for a figure; `known_at` is never later than the counter's own T.

        Raises InputRefused as `asking.ask`.
        """
        instant = self.known_at if known_at is None else min(self._instant(known_at), self.known_at)
        asked = ask(
            name, as_of, instant, zone=self.zone, default_rule=self.rule, rule=rule, by=by, start=start
        )
        return replace(
            asked,
            definition=self.definition(name),
            rule=self.population(asked.rule.name),
            without=tuple(sorted(self.without)),
        )

    def count(self, question: Question) -> Count:
        """The figure."""
        return counting.count(self._states(), replace(question, by=())).total

    def people(self, question: Question, within: Mapping[str, str] | None = None) -> list[int]:
        """The persons counted, in order; `within` as of `counting.people`."""
        chosen = {Dimension(name): category for name, category in (within or {}).items()}
        return counting.people(self._states(), replace(question, by=tuple(chosen)), "value", chosen)

    def cases(self, question: Question) -> dict[int, int]:
        """Everybody counted → the detention for which they are: one for each person, whatever their
        number."""
        held = self._states()
        rows = held.table.rows(
            f"SELECT person, {counting.DETENTION} FROM ({counting.people_sql(question, held.terms)}) WHERE v"
        )
        return dict(rows)

    def rows(self, question: Question) -> list[tuple[int, tuple[str, ...]]]:
        """Everybody counted, with the category of each dimension of the question's `by`, in order.

        Raises InputRefused `figure.dimension` (through `question`) for a breakdown that the figure has not.
        """
        held = self._states()
        cats = "".join(f", cat{index}" for index in range(len(question.by)))
        found = held.table.rows(
            f"SELECT person{cats} FROM ({counting.people_sql(question, held.terms)}) WHERE v ORDER BY ALL"
        )
        return [
            (
                row[0],
                tuple(
                    counting.category(dimension, code, held.terms)
                    for dimension, code in zip(question.by, row[1:], strict=True)
                ),
            )
            for row in found
        ]

    def levels(self, question: Question, first: date, step: str) -> list[tuple[date, Count]]:
        """A stock at the end of each step from `first` to the question's D, all as known at T."""
        steps = buckets(first, date.fromordinal(question.as_of), step)
        answers = _series.series(self._states(), question, steps)
        return [(one.last, answer.total) for one, answer in zip(steps, answers, strict=True)]

    def releases(
        self, first: date, last: date, by: Sequence[str] = (), detentions: Iterable[int] = ()
    ) -> list[Release]:
        """Every release at any T, as `events.releases` gives them, but of nobody in `without`."""
        question = self.question(events.FIGURE, last, start=first, by=by)
        return events.found_in(self._states(), question, frozenset(detentions))

    def by_day(self, question: Question) -> list[tuple[date, datetime]]:
        """Of each exit that a flow counts at T: its day, and since when that day was known, verified."""
        us, first_known = question.known_at, dict[tuple[int, date], int]()
        found = [one for one in events.found_in(self._states(), question) if one.verified]
        for one in found:
            key = (one.detention, one.day)
            first_known[key] = min(one.known_from, first_known.get(key, one.known_from))
        return [
            (one.day, instant_of(first_known[one.detention, one.day]))
            for one in found
            if one.known_from <= us < one.known_to
        ]

    def balance(self, opening: Question, closing: Question) -> Balance:
        """opening + in − out = closing."""
        return _balance.balance(self._states(), opening, closing)

    def differences(self, opening: Question, closing: Question) -> Differences:
        """The same, person by person."""
        return differences(self._states(), opening, closing)

    def bridge(self, question: Question, to: str) -> Bridge:
        """The question's count under its own rule and under another, step by step."""
        return _bridge.bridge(self._states(), question, self.population(to))

    def _states(self) -> Snapshot:
        return snapshot_of(self.recorded_until)

    def _instant(self, known_at: date | datetime) -> datetime:
        return known_at if isinstance(known_at, datetime) else end_of_day(known_at, self.zone)
