"""What is kept while only people of lower grades are recorded is what counting anew gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings

from constancia.apps.figures.balance import balance
from constancia.apps.figures.series import series
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.figures.periods import buckets
from constancia.domain.vocabulary.terms import Grade
from tests.apps.figures.memory import MemoryReader
from tests.apps.figures.questions import question
from tests.apps.figures.test_balance import two_sides
from tests.domain.figures.registers import FIRST, register, seeds
from tests.support.effort import examples


def askings(random: Random):
    """(least grade, how to count) of balances and series."""
    for _ in range(2):
        opening, closing = two_sides(random)
        yield opening.entry_grade, lambda held, o=opening, c=closing: balance(held, o, c)
        asked = question(random)
        first = random.randint(FIRST - 5, FIRST + 20)
        steps = buckets(date.fromordinal(first), date.fromordinal(first + 8), "daily")
        asked = replace(asked, start=min(asked.start, first))
        yield asked.entry_grade, lambda held, q=asked, s=steps: series(held, q, s)


def rewritten(random: Random, rows):
    """A detention of the register and what it becomes: gone, of another grade, or something else."""
    detention = random.choice(rows).detention
    mine = [row for row in rows if row.detention == detention]
    grade = random.choice(list(Grade))
    others = [replace(row, detention=detention) for row in register(random, 3)]
    return detention, random.choice(
        [[], [replace(row, entry_grade=grade) for row in mine], others, mine[:1], mine]
    )


def history(random: Random, seen: set[bool]) -> None:
    reader = MemoryReader(register(random, 20))
    snapshot = Snapshot(reader).refresh()
    asked = list(askings(random))
    kept = [(snapshot.change_of(least), count(snapshot)) for least, count in asked]
    for _ in range(3):
        if not reader.rows:
            break
        reader.rewrite(*rewritten(random, reader.rows))
        snapshot.refresh()
        for (least, count), (change, answer) in zip(asked, kept, strict=True):
            seen.add(same := snapshot.change_of(least) == change)
            if same:
                assert count(snapshot) == answer
        kept = [(snapshot.change_of(least), count(snapshot)) for least, count in asked]
    anew = Snapshot(MemoryReader(reader.rows)).refresh()
    assert [count(anew) for _, count in asked] == [answer for _, answer in kept]
    for one in (snapshot, anew):
        one.close()


@settings(max_examples=examples(8), deadline=None)
@given(seeds)
def test_a_balance_and_a_series_stay_as_they_are_while_nobody_of_their_grade_is_written_to(random):
    history(random, set())


def test_the_random_histories_meet_both():
    """Guards the test above against being about nothing."""
    seen: set[bool] = set()
    for seed in range(40):
        history(Random(seed), seen)
        if len(seen) == 2:
            return
    assert seen == {True, False}


def test_whoever_loses_the_grade_counts_as_written_to():
    row = register(Random(3))[0]
    reader = MemoryReader([replace(row, entry_grade=3)])
    snapshot = Snapshot(reader).refresh()
    reader.rewrite(row.detention, [replace(row, entry_grade=1)])
    assert snapshot.refresh().change_of(Grade.VERIFIED) == 2
    reader.rewrite(row.detention, [replace(row, entry_grade=1)])
    snapshot.refresh()
    assert (snapshot.change_of(Grade.REPORTED), snapshot.change_of(Grade.VERIFIED)) == (3, 2)
    snapshot.close()
