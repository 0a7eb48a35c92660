"""What accepting entries of a list would record, entry by entry, as the register stands now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from constancia.apps.matching.models import Entry, NameList
from constancia.apps.matching.sealing import Opened
from constancia.apps.register import histories
from constancia.apps.register.identity import counted_as, micros
from constancia.apps.register.models import Person
from constancia.apps.register.policy import policy, zone
from constancia.domain.dates import ImpreciseDate
from constancia.domain.dates.build import between, day
from constancia.domain.errors import FactRefused
from constancia.domain.facts.record import Fact, History, Source
from constancia.domain.matching.bringing import FACT, Step, Told, Why, bring
from constancia.domain.matching.shapes import Mention
from constancia.domain.timeline.reckoning import Chronicle, DetentionAt, reckon
from constancia.domain.timeline.state import BASIS_DECLARED
from constancia.domain.timeline.validity import refuse_if_impossible
from constancia.domain.vocabulary.terms import ListKind, SourceKind

MAKES_CASES = (ListKind.ARRESTED, ListKind.HELD)
"""Kinds of list whose new people become cases; from the others nobody would know that they were held."""
_PLACE, _STATE = 300, 100
_NOT_YET = 2**62


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry to be recorded: who it is, or None for somebody new."""

    entry: Entry
    said: Opened
    person: Person | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What an entry would record. `about`: whose fact it is (of people judged to be one, the one who has the
    detention); None for a case to be made, or where nothing is recorded."""

    asked: Asked
    told: Told
    step: Step
    about: int | None = None

    @property
    def records(self) -> bool:
        return self.step.why is None

    @property
    def makes_case(self) -> bool:
        return self.records and self.asked.person is None


def told_by(of_list: NameList, mention: Mention) -> Told:
    """What the list says of the person of one entry; what the entry itself says goes before the head."""
    kind = ListKind(of_list.kind)
    when = ImpreciseDate(of_list.edtf, of_list.earliest, of_list.latest, of_list.words)
    if kind is ListKind.ARRESTED and mention.day is not None:
        first, last = (date.fromordinal(number) for number in mention.day)
        when = day(first) if first == last else between(first, last)
    place, state = mention.place or of_list.place, mention.state or of_list.state
    return Told(kind, when, place[:_PLACE], state[:_STATE])


def fields_of(told: Told) -> dict[str, Any]:
    """The fields of the fact that the list reports."""
    if told.kind is ListKind.RELEASED:
        return {}
    return {name: value for name, value in (("place", told.place), ("state", told.state)) if value}


def plan(of_list: NameList, asked: Sequence[Asked], taken: Iterable[int], now: datetime) -> list[Planned]:
    """One for each entry, in order. `taken`: the people of whom something is recorded from this list.

    Of entries that are one person only the first records anything.
    """
    people = _People([one.person.pk for one in asked if one.person is not None], now)
    spoken_for = {people.head(person) for person in taken}
    planned = []
    for one in asked:
        told = told_by(of_list, one.said.mention)
        if one.person is None:
            why = None if told.kind in MAKES_CASES and one.said.mention.name else Why.NOT_HERE
            planned.append(Planned(one, told, Step(why)))
            continue
        head = people.head(one.person.pk)
        if head in spoken_for:
            planned.append(Planned(one, told, Step(Why.REPEATED)))
            continue
        found = people.plan(one, told, one.person)
        if found.records:
            spoken_for.add(head)
        planned.append(found)
    return planned


class _People:
    """The people asked for, with whom they are judged to be one, and their detentions as known now."""

    def __init__(self, persons: Sequence[int], now: datetime) -> None:
        mapping, together = counted_as(persons)
        self._now = now
        self._heads = {person: _last(person, mapping.get(person, {})) for person in {*persons, *together}}
        wanted = {self._heads[person] for person in persons}
        members = sorted(person for person, head in self._heads.items() if head in wanted)
        self._histories: dict[int, list[History]] = {}
        self._owner: dict[int, int] = {}
        for history in histories.load(members, {}):
            self._histories.setdefault(self._heads[history.person], []).append(history)
            self._owner |= {f.detention: f.person for f in history.facts if f.detention is not None}

    def head(self, person: int) -> int:
        return self._heads.get(person, person)

    def plan(self, asked: Asked, told: Told, person: Person) -> Planned:
        known = self._histories.get(self.head(person.pk), [])
        step = bring(told, self._detentions(known))
        about = self._owner.get(step.detention or 0, person.pk)
        if step.why is None and step.attests is None and self._impossible(told, step, about, known):
            step = Step(Why.IMPOSSIBLE)
        return Planned(asked, told, step, about if step.why is None else None)

    def _detentions(self, known: Iterable[History]) -> list[DetentionAt]:
        at = micros(self._now)
        return [
            one
            for history in known
            for one in reckon(Chronicle(history, policy(), BASIS_DECLARED, zone()), at).detentions
        ]

    def _impossible(self, told: Told, step: Step, about: int, known: Iterable[History]) -> bool:
        """Whether the register would refuse the fact; one refusal would take all the others with it."""
        fact = Fact(
            _NOT_YET,
            FACT[told.kind],
            about,
            step.detention if step.detention is not None else _NOT_YET,
            told.when,
            fields_of(told),
            Source(0, SourceKind.DOCUMENT),
            0,
            self._now,
            self._now,
        )
        facts = next((history.facts for history in known if history.person == about), ())
        try:
            refuse_if_impossible(fact, facts, self._now.astimezone(zone()).date())
        except FactRefused:
            return True
        return False


def _last(person: int, heads: dict[int, int]) -> int:
    return next(reversed(heads.values()), person)
