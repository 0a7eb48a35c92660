"""Writes the plan through the ordinary recorder: the demonstration takes no other road into the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from constancia.apps.accounts.models import User
from constancia.apps.accounts.services import create_user
from constancia.apps.demo import publishing, saying
from constancia.apps.demo.events import Attested, Event, NewDetention, NewFact, NewPerson, NewSource, Reviewed
from constancia.apps.demo.plan import plan
from constancia.apps.demo.sayings import sayings
from constancia.apps.demo.scenario import Scenario, scenario
from constancia.apps.register.recording import PersonHandle, Recorder
from constancia.apps.register.services import assign
from constancia.infra.writer import writing

Advance = Callable[[int, int], None]
"""Called with the number of events written and of all."""


def build(advance: Advance | None = None, *, published: bool = True) -> None:
    """Fills the empty, unlocked register of this process with the demonstration: users, then every event.

    `published`: with the editions of 24 February and 2 March, checked, approved and built.
    One recording per sitting (an instant and an actor), so that known times are those of the scenario;
    all of them in one transaction. Raises what the recorder raises; nothing remains then.
    """
    facts = scenario()
    events = plan(facts)
    done = 0
    with writing():
        people = users(facts)
        writer = _Writer(people)
        for sitting in sittings(events):
            writer.write(sitting)
            done += len(sitting)
            if advance is not None:
                advance(done, len(events))
        saying.write(sayings(), people, ZoneInfo(facts.zone))
        for code in writer.codes(facts.lawyer.region)[: facts.lawyer.cases]:
            assign(people[facts.lawyer.by], code, people[facts.lawyer.login], active=True)
    # Outside the transaction: counting may only see what is there for good.
    if published:
        publishing.publish(people, ZoneInfo(facts.zone))


def users(facts: Scenario) -> dict[str, User]:
    """Creates the invented users, one at least of each role; by login. None has a password."""
    return {
        user.login: create_user(None, user.login, user.name, user.role, user.regions) for user in facts.users
    }


def sittings(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Events of one actor at one instant: what one recording holds."""
    for _, sitting in groupby(events, key=lambda event: (event.at, event.actor)):
        yield list(sitting)


class _Writer:
    """Turns keys of the plan into what the recorder answered."""

    def __init__(self, by_login: dict[str, User]) -> None:
        self._users = by_login
        self._sources: dict[str, int] = {}
        self._persons: dict[str, PersonHandle] = {}
        self._numbers: dict[str, int] = {}

    def codes(self, region: str) -> list[str]:
        """Codes of the people entered from `region`, in the order of entry."""
        return [person.code for person in self._persons.values() if person.region == region]

    def write(self, sitting: Sequence[Event]) -> None:
        first = sitting[0]
        with Recorder(self._users[first.actor], at=first.at) as recorder:
            for event in sitting:
                self._one(recorder, event)

    def _one(self, recorder: Recorder, event: Event) -> None:
        match event:
            case NewSource():
                self._sources[event.key] = recorder.source(
                    event.kind,
                    label=event.label,
                    reliability=event.reliability,
                    group=event.group,
                    confidentiality=event.confidentiality,
                )
            case NewPerson():
                self._persons[event.key] = recorder.person(region=event.region)
            case NewDetention():
                self._numbers[event.key] = recorder.detention(self._persons[event.person])
            case NewFact():
                self._fact(recorder, event)
            case Attested():
                recorder.attest(self._numbers[event.fact], self._sources[event.source], event.verdict)
            case Reviewed():
                recorder.review(
                    event.verdict,
                    fact=self._numbers[event.fact],
                    reviewer=self._users[event.reviewer],
                )

    def _fact(self, recorder: Recorder, event: NewFact) -> None:
        fields = dict(event.fields)
        for name, value in fields.items():
            if isinstance(value, str) and value.startswith("@"):
                fields[name] = self._persons[value[1:]].code
        self._numbers[event.key] = recorder.fact(
            event.kind,
            self._persons[event.person],
            detention=self._numbers[event.detention] if event.detention else None,
            when=event.when,
            fields=fields,
            source=self._sources[event.source],
            supersedes=self._numbers[event.supersedes] if event.supersedes else None,
        )
