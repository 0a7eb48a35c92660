"""From one rule to another in single differences."""

from __future__ import annotations

from itertools import permutations

import pytest

from constancia.domain.figures.bridge import crossings
from constancia.domain.figures.rule import Rule, rules

ODD = rules()["foro_penal"].model_copy(
    update={"sha256": "odd", "recognition": "listed", "frameworks": ("pace_1900",), "contexts_out": ("x",)}
)
EVERY = [*rules().values(), ODD]


def _meaning(rule: Rule) -> tuple[object, ...]:
    return (
        set(rule.held),
        rule.minimum_stay_days,
        rule.recognition,
        rule.frameworks,
        rule.outcomes,
        rule.contexts_in,
        rule.contexts_out,
    )


@pytest.mark.parametrize(("first", "second"), list(permutations(EVERY, 2)), ids=lambda rule: rule.name)
def test_the_last_step_counts_as_the_second_rule_does(first: Rule, second: Rule) -> None:
    found = crossings(first, second)
    assert bool(found) == (_meaning(first) != _meaning(second))
    if found:
        assert _meaning(found[-1].rule) == _meaning(second)
    assert all(one.rule.held for one in found)


def test_each_rule_on_the_way_is_told_apart_by_its_content() -> None:
    found = crossings(rules()["foro_penal"], rules()["all_detained"])
    assert [one.difference for one in found] == ["enters_custody", "stay", "recognition"]
    assert [one.custody for one in found] == ["house_arrest", "", ""]
    assert [one.days for one in found] == [2, 0, 0]
    assert len({one.rule.sha256 for one in found}) == 3


def test_between_a_rule_and_itself_there_is_nothing() -> None:
    assert crossings(rules()["jep"], rules()["jep"]) == []
