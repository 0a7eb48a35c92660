"""The plan, counted by hand: an accountant who knows nothing of the fold or of DuckDB agrees with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from constancia.apps.demo.events import Attested, Event, NewDetention, NewFact, NewPerson, NewSource, Reviewed
from constancia.apps.demo.plan import plan
from constancia.apps.demo.scenario import Published, scenario
from constancia.domain.facts.kinds import KINDS, validated

CARACAS = ZoneInfo("America/Caracas")
TRUSTED = ("own_lawyer", "own_volunteer", "court_document", "own_archive")


@cache
def events() -> list[Event]:
    return plan(scenario())


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), CARACAS)


class Accountant:
    """What the plan lets one know by the end of a day, by the rule of the published counts."""

    def __init__(self, known_at: date) -> None:
        known = [event for event in events() if event.at < end_of(known_at)]
        gone = {event.supersedes for event in known if isinstance(event, NewFact)}
        kinds = {event.key: event.kind for event in known if isinstance(event, NewSource)}
        backing: dict[str, set[str]] = defaultdict(set)
        reviewed = {event.fact for event in known if isinstance(event, Reviewed)}
        for event in known:
            if isinstance(event, Attested):
                backing[event.fact].add(kinds[event.source])
        self.facts: list[NewFact] = []
        for event in known:
            if isinstance(event, NewFact) and event.key not in gone:
                sources = backing[event.key] | {kinds[event.source]}
                sure = event.key in reviewed and (len(sources) > 1 or bool(sources & set(TRUSTED)))
                if sure or KINDS[event.kind].about == "person":
                    self.facts.append(event)
        self.same = {f.person: f.fields["other"][1:] for f in self.facts if f.fields.get("verdict") == "same"}
        self.recognised = {f.detention for f in self.facts if f.fields.get("outcome") == "recognised"}

    def first(self, *kinds: str) -> dict[str, NewFact]:
        found: dict[str, NewFact] = {}
        for fact in self.facts:
            if fact.kind in kinds and fact.detention in self.recognised:
                found.setdefault(str(fact.detention), fact)
        return found

    def held(self, as_of: date) -> set[str]:
        entries = self.first("arrest", "disappearance", "seen_held")
        exits = self.first("release", "death_in_custody")
        return {
            self.same.get(entry.person, entry.person)
            for detention, entry in entries.items()
            if day_of(entry) + timedelta(days=2) <= as_of
            and not (detention in exits and day_of(exits[detention]) <= as_of)
        }

    def released(self, start: date, as_of: date) -> set[str]:
        entries = self.first("arrest", "disappearance", "seen_held")
        return {
            fact.person
            for detention, fact in self.first("release").items()
            if start <= day_of(fact) <= as_of
            and day_of(entries[detention]) + timedelta(days=2) <= day_of(fact)
        }

    def full_releases(self, start: date, as_of: date) -> set[str]:
        freed = [fact for fact in self.first("release").values() if fact.fields["release"] == "full"]
        freed += self.first("case_closed").values()
        return {fact.person for fact in freed if start <= day_of(fact) <= as_of}

    def whereabouts_unknown(self, as_of: date) -> set[str]:
        vanished = {fact.person for fact in self.first("disappearance").values()}
        found = {fact.person for fact in self.first("whereabouts_confirmed", "release").values()}
        return (vanished - found) & self.held(as_of)

    def stated(self, kind: str) -> dict[str, Any]:
        return {fact.person: fact.fields.get("value") for fact in self.facts if fact.kind == kind}


def day_of(fact: NewFact) -> date:
    assert fact.when.day is not None
    return fact.when.day


@pytest.mark.parametrize("stated", scenario().published, ids=lambda stated: stated.name)
def test_the_accountant_counts_what_was_published(stated: Published) -> None:
    books = Accountant(stated.known_at)
    if stated.figure in ("held", "whereabouts_unknown"):
        people = getattr(books, stated.figure)(stated.as_of)
    else:
        people = getattr(books, stated.figure)(stated.start, stated.as_of)
    if stated.by:
        kind = {"age_group": "group"}.get(stated.by, stated.by)
        values = books.stated(kind)
        people = {person for person in people if values.get(person) == stated.category}
    assert len(people) == stated.value


def test_the_releases_of_christmas_became_known_in_three_rounds() -> None:
    day = date(2025, 12, 25)
    known = [e for e in events() if isinstance(e, NewFact) and e.kind == "release" and day_of(e) == day]
    hours = [e.at.astimezone(CARACAS) for e in known]
    assert [sum(h.date() == day and h.hour < hour for h in hours) for hour in (15, 18, 24)] == [19, 26, 45]


def test_known_time_never_runs_backwards() -> None:
    assert all(one.at <= other.at for one, other in zip(events(), events()[1:], strict=False))


def test_everything_is_created_before_it_is_referred_to() -> None:
    made: set[str] = set()
    for event in events():
        match event:
            case NewSource() | NewPerson():
                pass
            case NewDetention():
                assert event.person in made
            case NewFact():
                needed = {event.person, event.source, event.detention or event.person}
                needed |= {event.supersedes} if event.supersedes else set()
                other = event.fields.get("other")
                assert needed | ({other[1:]} if other else set()) <= made
            case Attested():
                assert {event.fact, event.source} <= made
            case Reviewed():
                assert event.fact in made
        if isinstance(event, NewSource | NewPerson | NewDetention | NewFact):
            assert event.key not in made
            made.add(event.key)


def test_nobody_reviews_what_they_recorded() -> None:
    recorder = {event.key: event.actor for event in events() if isinstance(event, NewFact)}
    assert all(recorder[e.fact] != e.reviewer for e in events() if isinstance(e, Reviewed))


def test_every_fact_has_fields_its_kind_accepts_and_happened_before_it_was_known() -> None:
    for event in events():
        if isinstance(event, NewFact):
            validated(event.kind, dict(event.fields))
            earliest = event.when.earliest
            assert earliest is None or earliest <= event.at.astimezone(CARACAS).date()


def test_the_plan_is_the_same_every_time() -> None:
    assert plan(scenario()) == events()


def test_the_opening_count_is_higher_as_known_today_for_cases_were_validated_late() -> None:
    day = date(2025, 12, 20)
    assert len(Accountant(scenario().ends).held(day)) > len(Accountant(day).held(day)) == 902


def test_the_mix_has_every_consent_tier_and_kind_of_release() -> None:
    facts = [event for event in events() if isinstance(event, NewFact)]
    assert len(Counter(f.fields["tier_given"] for f in facts if f.kind == "consent")) == 5
    assert len(Counter(f.fields["release"] for f in facts if f.kind == "release")) == 6
