"""One register counted under two population rules, and what lies between the two counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from constancia.apps.figures import counting
from constancia.apps.figures.counting import Question
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.figures.bridge import Crossing, crossings
from constancia.domain.figures.rule import Rule


@dataclass(frozen=True, slots=True)
class Step:
    """One crossing and the persons (primary keys, in order) whom it brings in and takes out."""

    crossing: Crossing
    came: Sequence[int]
    went: Sequence[int]

    @property
    def change(self) -> int:
        return len(self.came) - len(self.went)


@dataclass(frozen=True, slots=True)
class Bridge:
    """first + the changes of all steps = second, always."""

    first: int
    second: int
    steps: tuple[Step, ...]


def bridge(snapshot: Snapshot, question: Question, to: Rule) -> Bridge:
    """From the question's own rule to another, for the same figure, D and T."""
    before = _counted(snapshot, question)
    first, steps = len(before), []
    for crossing in crossings(question.rule, to):
        after = _counted(snapshot, replace(question, rule=crossing.rule))
        steps.append(Step(crossing, sorted(after - before), sorted(before - after)))
        before = after
    return Bridge(first, len(before), tuple(steps))


def _counted(snapshot: Snapshot, question: Question) -> frozenset[int]:
    return frozenset(counting.people(snapshot, question, "value"))
