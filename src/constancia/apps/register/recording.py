"""The one way into the register: everything recorded passes through a `Recorder`, all or nothing.

    with Recorder(actor) as rec:
        source = rec.source(SourceKind.RELATIVE, label="…")
        person = rec.person(region="lara")
        detention = rec.detention(person)
        rec.fact("arrest", person, detention=detention, when=…, fields={…}, source=source)

One Recorder is one transaction behind the writer lock, and one instant of known time. At every flush
the facts are written with what the ledger commits to (`flushing.write`), the people they touch are folded
again, and everything derived follows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from uuid import uuid4

from django.db.models import Max, Model

from constancia.apps.accounts.models import User
from constancia.apps.register import histories, models
from constancia.apps.register.deriving import Deriver
from constancia.apps.register.flushing import Pending, PersonHandle, derive, write
from constancia.apps.register.policy import policy, zone
from constancia.domain.codes import new_code
from constancia.domain.dates import UNKNOWN, ImpreciseDate
from constancia.domain.errors import FactRefused
from constancia.domain.facts import record
from constancia.domain.facts.kinds import KINDS, validated
from constancia.domain.vocabulary.terms import Confidentiality, Reliability, SourceKind, Verdict
from constancia.infra import clock
from constancia.infra.bulk import plain
from constancia.infra.writer import writing

__all__ = ["PersonHandle", "Recorder", "Row"]

CHUNK = 1000
"""People per flush: bounds memory in an import of any size."""


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a file that facts come from: number, keyed digest, and the cells as they were."""

    number: int
    digest: str
    cells: Mapping[str, Any]


class Recorder:
    """See the module. Use as a context manager; leaving it by an exception records nothing."""

    def __init__(
        self, actor: User, *, batch: models.ImportBatch | None = None, at: datetime | None = None
    ) -> None:
        self.actor = actor
        self.batch = batch
        self._asked_at = at
        self._lock: AbstractContextManager[None] | None = None

    def __enter__(self) -> Recorder:
        self._lock = writing()
        self._lock.__enter__()
        try:
            self._begin()
        except BaseException as error:
            self._lock.__exit__(type(error), error, error.__traceback__)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._lock is not None
        if kind is None:
            try:
                self.flush()
                self._deriver.close()
            except BaseException as late:
                self._lock.__exit__(type(late), late, late.__traceback__)
                raise
        self._lock.__exit__(kind, error, trace)

    def _begin(self) -> None:
        self._next: dict[type[Model], int] = {
            model: (model._default_manager.aggregate(top=Max("pk"))["top"] or 0) + 1
            for model in (
                models.Person,
                models.Detention,
                models.Source,
                models.Fact,
                models.Attestation,
                models.Review,
                models.ImportRow,
            )
        }
        last = models.Fact.objects.order_by("-seq").values_list("witnessed_at", flat=True).first()
        last_review = models.Review.objects.order_by("-seq").values_list("witnessed_at", flat=True).first()
        self._last = max(
            (moment for moment in (last, last_review) if moment), default=datetime.min.replace(tzinfo=UTC)
        )
        self.now = self._moment(self._asked_at or clock.now())
        self._deriver = Deriver(policy(), zone())
        self._sources: dict[int, record.Source] = {}
        self._pending = Pending()

    def _moment(self, at: datetime) -> datetime:
        """Known time never runs backwards, whatever the machine's clock does."""
        self._last = max(self._last, at)
        return self._last

    def _id(self, model: type[Model]) -> int:
        number = self._next[model]
        self._next[model] = number + 1
        return number

    def source(
        self,
        kind: SourceKind,
        *,
        label: str,
        reliability: Reliability = Reliability.F,
        group: str = "",
        confidentiality: Confidentiality = Confidentiality.INTERNAL,
    ) -> int:
        """Record a source; `label` (who exactly) is sealed with a key of its own. Returns its id."""
        number, subject = self._id(models.Source), uuid4().bytes
        told = (number, kind.value, reliability.value, group, confidentiality.value, subject)
        self._pending.sources.append((told, label.encode(), (plain(self.now), self.actor.pk)))
        self._sources[number] = record.Source(number, kind, reliability, group, confidentiality)
        return number

    def person(self, *, region: str = "") -> PersonHandle:
        """A new person, with a fresh code. `region`: where the case is entered from."""
        if len(self._pending.new) >= CHUNK:
            self.flush()
        handle = PersonHandle(self._id(models.Person), new_code(), uuid4().bytes, region)
        self._pending.queue(models.Person, (handle.pk, handle.code, handle.subject, region, plain(self.now)))
        self._pending.new[handle.pk] = self._pending.touched[handle.pk] = handle
        return handle

    def known_person(self, person: models.Person) -> PersonHandle:
        """A person already in the register."""
        if len(self._pending.touched) >= CHUNK:
            self.flush()
        return PersonHandle(person.pk, person.code, bytes(person.subject), person.region)

    def detention(self, person: PersonHandle) -> int:
        """A new detention of `person`; returns its id."""
        number = self._id(models.Detention)
        self._pending.queue(models.Detention, (number, person.pk, plain(self.now)))
        return number

    def row(self, person: PersonHandle, row: Row) -> int:
        """Keep a row of the batch's file as it came, sealed with the person's key; returns its id."""
        assert self.batch is not None
        number = self._id(models.ImportRow)
        content = json.dumps(row.cells, ensure_ascii=False, default=str).encode()
        self._pending.import_rows.append((number, self.batch.pk, row.number, person, row.digest, content))
        return number

    def fact(
        self,
        kind: str,
        person: PersonHandle,
        *,
        source: int,
        fields: Mapping[str, Any],
        detention: int | None = None,
        when: ImpreciseDate = UNKNOWN,
        declared: datetime | None = None,
        supersedes: int | None = None,
        row: int | None = None,
        at: datetime | None = None,
        checked: bool = False,
    ) -> int:
        """Record one fact; returns its number.

        `declared`: since when it has been known, if the import declares that (never later than now).
        `at`: the instant of recording, for demonstrations that replay a history; only forwards.
        `checked`: `fields` have been through `validated` already (imports do that when they plan).
        Raises FactRefused for fields or dates that do not hold; nothing of the transaction remains then.
        """
        witnessed = self.now if at is None else self._moment(at)
        if not checked:
            fields = validated(kind, dict(fields))
        about = KINDS[kind].about
        if (about == "detention") is (detention is None) and about != "either":
            raise FactRefused("fact.about", kind=kind)
        if declared is not None and declared > witnessed:
            raise FactRefused("fact.declared_later", kind=kind)
        fact = record.Fact(
            seq=self._id(models.Fact),
            kind=kind,
            person=person.pk,
            detention=detention,
            when=when,
            fields=fields,
            source=self._source(source),
            recorder=self.actor.pk,
            known_at=declared or witnessed,
            witnessed_at=witnessed,
            supersedes=supersedes,
            batch=self.batch.pk if self.batch else None,
        )
        self._pending.add(fact, person, row)
        return fact.seq

    def attest(self, fact: int, source: int, verdict: Verdict, *, at: datetime | None = None) -> int:
        """A further source on a fact already written or in this recording."""
        witnessed = plain(self.now if at is None else self._moment(at))
        number = self._id(models.Attestation)
        self._pending.queue(
            models.Attestation, (number, fact, source, verdict.value, self.actor.pk, witnessed, witnessed)
        )
        self._pending.opined.add(fact)
        return number

    def review(
        self,
        verdict: Verdict,
        *,
        fact: int | None = None,
        batch: models.ImportBatch | None = None,
        reviewer: User | None = None,
        note: str = "",
        at: datetime | None = None,
    ) -> int:
        """What `reviewer` (default: the actor) says of a fact, or of a whole import."""
        witnessed = plain(self.now if at is None else self._moment(at))
        number = self._id(models.Review)
        who = (reviewer or self.actor).pk
        of_batch = batch.pk if batch else None
        self._pending.queue(
            models.Review, (number, fact, of_batch, verdict.value, note, who, witnessed, witnessed)
        )
        if fact is not None:
            self._pending.opined.add(fact)
        if batch is not None:
            self._pending.batches.append(batch.pk)
        return number

    def _source(self, number: int) -> record.Source:
        found = self._sources.get(number)
        if found is None:
            found = self._sources[number] = histories.sources([number])[number]
        return found

    def flush(self) -> None:
        """Write what is queued and derive what follows. Called by itself; harmless to call again."""
        pending, self._pending = self._pending, Pending()
        write(pending, self.now)
        derive(pending, self._deriver, self.now)
