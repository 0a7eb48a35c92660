"""What the demonstration records, as plain data: one event per call of the recorder, by known time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from constancia.domain.dates import ImpreciseDate
from constancia.domain.vocabulary.terms import Confidentiality, Reliability, SourceKind, Verdict


@dataclass(frozen=True, slots=True)
class Event:
    """`at`: the known time (aware, UTC, never falling along the plan); `actor`: a login of the scenario."""

    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class NewSource(Event):
    """`key` is how later events refer to it."""

    key: str
    kind: SourceKind
    label: str
    reliability: Reliability
    group: str
    confidentiality: Confidentiality


@dataclass(frozen=True, slots=True)
class NewPerson(Event):
    """`region` is the state whose coordinator looks after the case."""

    key: str
    region: str


@dataclass(frozen=True, slots=True)
class NewDetention(Event):
    key: str
    person: str


@dataclass(frozen=True, slots=True)
class NewFact(Event):
    """As `Recorder.fact` takes it. In `fields`, a value `@<key>` stands for that person's code."""

    key: str
    kind: str
    person: str
    detention: str | None
    when: ImpreciseDate
    fields: Mapping[str, Any]
    source: str
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Attested(Event):
    fact: str
    source: str
    verdict: Verdict = Verdict.CONFIRM


@dataclass(frozen=True, slots=True)
class Reviewed(Event):
    """`reviewer` is the login of somebody who did not record the fact."""

    fact: str
    reviewer: str
    verdict: Verdict = Verdict.CONFIRM
