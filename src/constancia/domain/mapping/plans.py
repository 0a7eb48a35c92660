"""What a mapping makes of a row: facts to record, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from constancia.domain.dates import ImpreciseDate
from constancia.domain.vocabulary.terms import Confidentiality, Reliability, SourceKind


@dataclass(frozen=True, slots=True)
class PlannedFact:
    """One fact to record. `detention`: key of the detention it is about, "" for a fact about the person.

    `fields` have passed the kind's class. `spec`: number of the [[fact]] in the mapping, from 1.
    """

    kind: str
    detention: str
    when: ImpreciseDate
    fields: Mapping[str, Any]
    spec: int


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """Whose word a row is."""

    kind: SourceKind
    label: str
    reliability: Reliability
    group: str
    confidentiality: Confidentiality


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """What one row records of one person.

    `person`: key that rows of the same person share ("" if the row has no identifier: it stands for itself).
    `external_id`: (scheme, value), None without one. `known`: declared known day. `original`: the row as it
    was, column → text, empty cells left out. `detentions`: keys in the order of their first fact.
    """

    row: int
    person: str
    external_id: tuple[str, str] | None
    region: str
    known: date | None
    facts: tuple[PlannedFact, ...]
    detentions: tuple[str, ...]
    original: Mapping[str, str]
    source: PlannedSource


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something in a row that was not recorded. `column`: its name or letter, "" for the row as a whole.

    `whole_row`: nothing of the row is recorded. `spec`: number of the [[fact]] concerned, 0 for none.
    """

    row: int
    column: str
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    whole_row: bool = True
    spec: int = 0
