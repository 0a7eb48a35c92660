"""From one population rule to another, one difference at a time: what lies between two counts.

The order is fixed: event contexts, custody states (those that only the second rule counts, then those that
only the first does), minimum stay, recognition. Each step is a rule of its own, so that a count under
each gives terms that add up: count(first) + the sum of all changes = count(second).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from constancia.domain.figures.rule import Rule

Difference = Literal["contexts", "leaves_custody", "enters_custody", "stay", "recognition"]


@dataclass(frozen=True, slots=True)
class Crossing:
    """One step: what differs, and the rule that one arrives at.

    `custody`: the custody state that stops or begins to count; `days`: the minimum stay from then on.
    """

    difference: Difference
    rule: Rule
    custody: str = ""
    days: int = 0


def crossings(first: Rule, second: Rule) -> list[Crossing]:
    """The steps from `first` to `second`; none where they count alike."""
    found: list[Crossing] = []
    for difference, changes, custody in _changes(first, second):
        before = found[-1].rule if found else first
        rule = _changed(before, changes)
        found.append(Crossing(difference, rule, custody, rule.minimum_stay_days))
    return found


def _changes(first: Rule, second: Rule) -> Iterator[tuple[Difference, dict[str, Any], str]]:
    if (first.contexts_in, first.contexts_out) != (second.contexts_in, second.contexts_out):
        yield "contexts", {"contexts_in": second.contexts_in, "contexts_out": second.contexts_out}, ""
    held = list(first.held)
    # What enters comes first: a rule that counts no state would be no rule.
    for state in [state for state in second.held if state not in first.held]:
        held.append(state)
        yield "enters_custody", {"held": tuple(held)}, state.value
    for state in [state for state in first.held if state not in second.held]:
        held.remove(state)
        yield "leaves_custody", {"held": tuple(held)}, state.value
    if first.minimum_stay_days != second.minimum_stay_days:
        yield "stay", {"minimum_stay_days": second.minimum_stay_days}, ""
    wanted = (second.recognition, second.frameworks, second.outcomes)
    if (first.recognition, first.frameworks, first.outcomes) != wanted:
        yield "recognition", dict(zip(("recognition", "frameworks", "outcomes"), wanted, strict=True)), ""


def _changed(rule: Rule, changes: dict[str, Any]) -> Rule:
    """The rule with the changes; its hash is that of what it says, for it comes from no file."""
    changed = rule.model_copy(update=changes)
    said = changed.model_dump_json(exclude={"sha256", "name", "version", "label", "meaning"})
    return changed.model_copy(
        update={"name": "between", "version": 1, "sha256": hashlib.sha256(said.encode()).hexdigest()}
    )
