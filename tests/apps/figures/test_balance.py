"""Balances close, everybody moved has one cause, and it is the one that the design names."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings

from constancia.apps.figures.balance import balance, total
from constancia.apps.figures.counting import people
from constancia.apps.figures.explain import differences
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.errors import InputRefused
from constancia.domain.figures.causes import In, Out
from constancia.domain.figures.definition import definitions
from tests.apps.figures.memory import MemoryReader
from tests.apps.figures.questions import question
from tests.domain.figures.oracle_causes import causes
from tests.domain.figures.registers import register, seeds
from tests.support.effort import examples

STOCKS = [d for d in definitions().values() if d.measure == "stock"] + [definitions()["held"]] * 4


def two_sides(random):
    """A stock asked for at one (D, T) and at a later one."""
    asked = question(random, STOCKS)
    known_at = max(asked.known_at, random.choice([95, 105, 200]))
    return asked, asked.at(asked.as_of + random.randint(0, 15), known_at, 1060)


@settings(max_examples=examples(25), deadline=None)
@given(seeds)
def test_a_balance_closes_and_gives_everybody_the_cause_that_the_design_names(random):
    rows = register(random, 40)
    snapshot = Snapshot(MemoryReader(rows)).refresh()
    for asked, closing in [two_sides(random) for _ in range(3)]:
        found = differences(snapshot, asked, closing)
        came, went = causes(rows, asked, closing)
        assert {moved.person: str(moved.cause) for moved in found.arrived} == came
        assert {moved.person: str(moved.cause) for moved in found.departed} == went
        opened, closed = (set(people(snapshot, q, "value")) for q in (asked, closing))
        assert {moved.person for moved in found.arrived} == closed - opened
        assert {moved.person for moved in found.departed} == opened - closed
        sums = balance(snapshot, asked, closing)
        assert (sums.opening, sums.closing) == (len(opened), len(closed)) == (found.opening, found.closing)
        assert sums.opening + total(sums.came) - total(sums.went) == sums.closing
        assert {cause: sum(kinds.values()) for cause, kinds in sums.came.items() if kinds} == Counter(
            came.values()
        )
        assert {cause: sum(kinds.values()) for cause, kinds in sums.went.items() if kinds} == Counter(
            went.values()
        )
    snapshot.close()


def test_the_random_registers_meet_every_cause():
    """Guards the test above against being about nothing. Nothing writes erasures yet."""
    every = {str(cause) for cause in (*In, *Out)} - {"erased"}
    seen = set()
    for seed in range(400):
        random = Random(seed)
        came, went = causes(register(random, 40), *two_sides(random))
        seen |= {*came.values(), *went.values()}
        if seen == every:
            return
    assert seen == every


def test_a_figure_of_events_has_no_balance():
    snapshot = Snapshot(MemoryReader()).refresh()
    asked = question(Random(1), [definitions()["released"]])
    with pytest.raises(InputRefused) as refused:
        balance(snapshot, asked, asked)
    assert refused.value.code == "figure.not_stock"
