"""Collects what is to be recorded, day by day, and puts it in the order of known time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from constancia.apps.demo.events import Attested, Event, NewDetention, NewFact, NewPerson, NewSource, Reviewed
from constancia.domain.dates import UNKNOWN, ImpreciseDate
from constancia.domain.vocabulary.terms import Confidentiality, Reliability, SourceKind, Verdict

_UNTIMED = datetime(1, 1, 1, tzinfo=UTC)
_OPENING_MINUTE = 7 * 60


@dataclass(frozen=True, slots=True)
class Moment:
    """When and by whom something is entered: `minute` of the day at which this actor's sitting begins."""

    day: date
    minute: int
    actor: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who else stands behind a fact: further sources, and whoever of the organisation reviewed it."""

    attested: tuple[str, ...] = ()
    reviewer: str = ""


UNSIGNED = Signature()


class Notebook:
    """Entries of one case are made in order; cases in any order. `events()` sorts and times them all."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._standing: dict[str, NewSource] = {}
        self._entries: list[tuple[Moment, Event]] = []
        self._keys = 0

    def _next(self, letter: str) -> str:
        self._keys += 1
        return f"{letter}{self._keys}"

    def _enter(self, moment: Moment, event: Event) -> None:
        self._entries.append((moment, event))

    def standing_source(self, kind: SourceKind, label: str, reliability: Reliability, actor: str) -> str:
        """Key of a source that many cases share; it is entered once, before everything else."""
        key = f"{kind}:{label}"
        self._standing.setdefault(
            key, NewSource(_UNTIMED, actor, key, kind, label, reliability, "", Confidentiality.INTERNAL)
        )
        return key

    def relative(self, moment: Moment, label: str, family: str) -> str:
        """Key of a relative as source: sealed, and not independent of the rest of that family."""
        key = self._next("s")
        kind, sealed = SourceKind.RELATIVE, Confidentiality.SEALED
        self._enter(
            moment, NewSource(_UNTIMED, moment.actor, key, kind, label, Reliability.B, family, sealed)
        )
        return key

    def person(self, moment: Moment, region: str) -> str:
        key = self._next("p")
        self._enter(moment, NewPerson(_UNTIMED, moment.actor, key, region))
        return key

    def detention(self, moment: Moment, person: str) -> str:
        key = self._next("d")
        self._enter(moment, NewDetention(_UNTIMED, moment.actor, key, person))
        return key

    def fact(
        self,
        moment: Moment,
        kind: str,
        about: tuple[str, str | None],
        fields: Mapping[str, Any],
        source: str,
        *,
        when: ImpreciseDate = UNKNOWN,
        signed: Signature = UNSIGNED,
        supersedes: str | None = None,
    ) -> str:
        """Key of the fact; `about` is (person, detention). The signature is given in the same sitting."""
        key = self._next("f")
        person, detention = about
        self._enter(
            moment,
            NewFact(_UNTIMED, moment.actor, key, kind, person, detention, when, fields, source, supersedes),
        )
        for other in signed.attested:
            self._enter(moment, Attested(_UNTIMED, moment.actor, key, other))
        if signed.reviewer:
            self._enter(moment, Reviewed(_UNTIMED, moment.actor, key, signed.reviewer))
        return key

    def review(self, moment: Moment, fact: str, reviewer: str, verdict: Verdict = Verdict.CONFIRM) -> None:
        self._enter(moment, Reviewed(_UNTIMED, moment.actor, fact, reviewer, verdict))

    def attest(self, moment: Moment, fact: str, source: str, verdict: Verdict = Verdict.CONFIRM) -> None:
        self._enter(moment, Attested(_UNTIMED, moment.actor, fact, source, verdict))

    def events(self) -> list[Event]:
        """Everything in the order of known time: one instant for all of a sitting (day, minute, actor),
        as one recording of the register has, and a second between sittings of the same minute.

        Raises ValueError if a day's sittings run over midnight in the organisation's zone, for then
        "known that day" would no longer hold.
        """
        ordered = sorted(self._entries, key=lambda entry: (entry[0].day, entry[0].minute, entry[0].actor))
        if ordered:
            opening = ordered[0][0].day
            standing = (
                (Moment(opening, _OPENING_MINUTE, event.actor), event) for event in self._standing.values()
            )
            ordered = [*sorted(standing, key=lambda entry: entry[0].actor), *ordered]
        timed: list[Event] = []
        last = _UNTIMED
        for moment, sitting in groupby(ordered, key=lambda entry: entry[0]):
            begins = datetime.combine(moment.day, time(), self._zone) + timedelta(minutes=moment.minute)
            last = max(last + timedelta(seconds=1), begins.astimezone(UTC))
            if last.astimezone(self._zone).date() != moment.day:
                raise ValueError(f"the sittings of {moment.day} run over midnight")
            timed.extend(replace(event, at=last) for _, event in sitting)
        return timed
