"""The columnar counting says what the oracle says, on random registers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from constancia.apps.figures.counting import Question, count, people
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.figures.definition import definitions
from constancia.domain.figures.rule import rules
from constancia.domain.vocabulary.terms import Grade
from tests.apps.figures.memory import MemoryReader
from tests.apps.figures.questions import question
from tests.domain.figures import oracle
from tests.domain.figures.registers import register, seeds
from tests.support.effort import examples


@settings(max_examples=examples(40), deadline=None)
@given(seeds)
def test_every_figure_is_what_the_oracle_counts(random):
    rows = register(random)
    snapshot = Snapshot(MemoryReader(rows)).refresh()
    for asked in [question(random) for _ in range(12)]:
        total, by = oracle.answer(rows, asked)
        found = count(snapshot, asked)
        assert (found.total.value, found.total.lowest, found.total.highest) == total
        assert found.total.lowest <= found.total.value <= found.total.highest
        assert {
            dimension: {name: (c.value, c.lowest, c.highest) for name, c in names.items() if c.highest}
            for dimension, names in found.by.items()
        } == by
        for names in found.by.values():
            assert sum(c.value for c in names.values()) == found.total.value
            assert sum(c.lowest for c in names.values()) == found.total.lowest
            assert sum(c.highest for c in names.values()) == found.total.highest
        if asked.definition.unit == "persons":
            assert (found.total.pending_in, found.total.pending_out) == oracle.pending(rows, asked)
            members = oracle.members(rows, asked)
            assert people(snapshot, asked, "value") == sorted(p for p, m in members.items() if m[1])
    snapshot.close()


def test_an_empty_register_counts_nobody():
    snapshot = Snapshot(MemoryReader()).refresh()
    question = Question(
        definition=definitions()["held"],
        rule=rules()["foro_penal"],
        as_of=1000,
        known_at=0,
        known_day=1000,
        entry_grade=Grade.VERIFIED,
        exit_grade=Grade.VERIFIED,
    )
    assert count(snapshot, question).total.value == 0
    assert people(snapshot, question, "highest") == []


@pytest.mark.parametrize("name", definitions())
def test_every_definition_can_be_broken_down_by_all_that_it_allows(name):
    definition = definitions()[name]
    snapshot = Snapshot(MemoryReader()).refresh()
    question = Question(
        definition=definition,
        rule=rules()["all_detained"],
        as_of=1000,
        known_at=0,
        known_day=1000,
        entry_grade=Grade.REPORTED,
        exit_grade=Grade.REPORTED,
        by=definition.breakdowns,
    )
    assert set(count(snapshot, question).by) == set(definition.breakdowns)
