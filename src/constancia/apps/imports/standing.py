"""What the register already has of a person, so that an import adds only what is new.

Detentions are told apart by slots: the primary key of one already there, or a negative number for one
that this import begins.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from constancia.domain.dates import ImpreciseDate
from constancia.domain.facts import record
from constancia.domain.facts.kinds import KINDS, Part
from constancia.domain.mapping import PlannedCase, PlannedFact
from constancia.domain.timeline.validity import refuse_if_impossible
from constancia.domain.vocabulary.terms import SourceKind

_SOMEBODY = record.Source(0, SourceKind.DOCUMENT)
_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_ENTRY_WEIGHT = 100


def content(kind: str, when: ImpreciseDate, fields: Mapping[str, Any]) -> str:
    """What makes two facts say the same."""
    return json.dumps([kind, when.edtf, fields], ensure_ascii=False, sort_keys=True)


@dataclass(slots=True)
class Standing:
    """`said`: slot (None: the person) → contents of its facts. `slots`: planned detention → slot.

    `recorded`: the facts that others must not contradict (beginnings, ends, birth), those of this import
    included.
    """

    said: dict[int | None, set[str]] = field(default_factory=dict)
    slots: dict[str, int] = field(default_factory=dict)
    recorded: list[record.Fact] = field(default_factory=list)
    begun: int = 0

    @classmethod
    def of(cls, facts: Iterable[record.Fact]) -> Standing:
        """From the facts of a person in the register (those of withdrawn imports left out)."""
        standing = cls()
        for fact in facts:
            standing.said.setdefault(fact.detention, set()).add(content(fact.kind, fact.when, fact.fields))
            if _matters(fact.kind) or fact.kind == "withdrawal":
                standing.recorded.append(fact)
        return standing

    def match(self, case: PlannedCase, *, alone: bool) -> None:
        """Find the slot of each detention of `case`. `alone`: no other row of the file is about the person,
        so that a detention that differs is a corrected one rather than another one."""
        wanted = [key for key in case.detentions if key not in self.slots]
        free = [
            slot for slot in self.said if slot is not None and slot not in self.slots.values() and slot > 0
        ]
        scores = sorted(
            (
                (self._score(case, key, slot), -index, slot, key)
                for index, key in enumerate(wanted)
                for slot in free
            ),
            reverse=True,
        )
        enough = 1 if alone else _ENTRY_WEIGHT
        for score, _, slot, key in scores:
            if score >= enough and key not in self.slots and slot in free:
                self.slots[key] = slot
                free.remove(slot)
        left = [key for key in wanted if key not in self.slots]
        if alone and len(left) == 1 and len(free) == 1:
            self.slots[left[0]] = free[0]
            left = []
        for key in left:
            self.begun -= 1
            self.slots[key] = self.begun

    def _score(self, case: PlannedCase, key: str, slot: int) -> int:
        score = 0
        for fact in case.facts:
            if fact.detention == key and content(fact.kind, fact.when, fact.fields) in self.said[slot]:
                entry = KINDS[fact.kind].part is Part.ENTRY and fact.when.edtf
                score += _ENTRY_WEIGHT if entry else 1
        return score

    def take(self, fact: PlannedFact, today: date) -> int | bool | None:
        """The slot on which `fact` is new (None: the person); False if it is known already.

        Raises FactRefused where it cannot be true beside the person's other facts.
        """
        slot = self.slots[fact.detention] if fact.detention else None
        said = content(fact.kind, fact.when, fact.fields)
        if said in self.said.setdefault(slot, set()):
            return False
        if _matters(fact.kind):
            seq = max((known.seq for known in self.recorded), default=0) + 1
            new = record.Fact(
                seq, fact.kind, 0, slot, fact.when, fact.fields, _SOMEBODY, 0, _SOME_TIME, _SOME_TIME
            )
            refuse_if_impossible(new, self.recorded, today)
            self.recorded.append(new)
        self.said[slot].add(said)
        return slot


def _matters(kind: str) -> bool:
    return kind == "birth" or KINDS[kind].part in (Part.ENTRY, Part.MOVE)
