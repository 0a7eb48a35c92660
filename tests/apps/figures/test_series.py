"""A series is the figure of each of its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from constancia.apps.figures.counting import count
from constancia.apps.figures.series import series
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.figures.periods import buckets
from tests.apps.figures.memory import MemoryReader
from tests.apps.figures.questions import question
from tests.domain.figures.registers import FIRST, LAST, register, seeds
from tests.support.effort import examples


def counts(count):
    return count.value, count.lowest, count.highest


@settings(max_examples=examples(25), deadline=None)
@given(seeds)
def test_a_series_is_the_figure_of_each_day(random):
    rows = register(random)
    snapshot = Snapshot(MemoryReader(rows)).refresh()
    for asked in [question(random) for _ in range(3)]:
        first = random.randint(FIRST - 5, LAST + 10)
        last = first + random.randint(0, 12)
        step = random.choice(["daily", "daily", "weekly", "monthly"])
        steps = buckets(date.fromordinal(first), date.fromordinal(last), step)
        start = min(asked.start, first)
        found = series(snapshot, replace(asked, start=start), steps)
        for bucket, answer in zip(steps, found, strict=True):
            day = bucket.last.toordinal()
            since = bucket.first.toordinal() if asked.definition.measure == "flow" else start
            one = count(snapshot, replace(asked, as_of=day, start=since))
            assert counts(answer.total) == counts(one.total), (asked.definition.name, bucket)
            for dimension in asked.by:
                assert {name: counts(c) for name, c in answer.by[dimension].items() if c.highest} == {
                    name: counts(c) for name, c in one.by[dimension].items() if c.highest
                }, (asked.definition.name, bucket, dimension)
    snapshot.close()
