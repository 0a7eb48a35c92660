"""Two counts of one register under two rules, and terms that add up between them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings

from constancia.apps.figures.bridge import bridge
from constancia.apps.figures.counting import people
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.figures.definition import definitions
from constancia.domain.figures.rule import rules
from tests.apps.figures.memory import MemoryReader
from tests.apps.figures.questions import ODD_RULE, question
from tests.domain.figures.registers import register, seeds
from tests.support.effort import examples

HELD = [definitions()["held"]]


@settings(max_examples=examples(25), deadline=None)
@given(seeds)
def test_every_step_is_the_difference_of_two_counts_and_all_add_up(random: Random) -> None:
    snapshot = Snapshot(MemoryReader(register(random, 40))).refresh()
    for _ in range(3):
        asked = question(random, HELD)
        to = random.choice([*rules().values(), ODD_RULE])
        found = bridge(snapshot, asked, to)
        counted = set(people(snapshot, asked, "value"))
        assert found.first == len(counted)
        assert found.second == len(people(snapshot, replace(asked, rule=to), "value"))
        assert found.first + sum(step.change for step in found.steps) == found.second
        for step in found.steps:
            counted = counted - set(step.went) | set(step.came)
            assert counted == set(people(snapshot, replace(asked, rule=step.crossing.rule), "value"))
