"""What people do with files: look at what an import would do, do it, take it back. The only writer here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.imports.opening import Opened, open_import
from constancia.apps.imports.previewing import Preview, Progress, RefusalGroup, Tally, make_preview, planned
from constancia.apps.imports.reconciling import Status, Step
from constancia.apps.register import services as register
from constancia.apps.register.models import ImportBatch
from constancia.apps.register.policy import zone
from constancia.apps.register.recording import PersonHandle, Recorder, Row
from constancia.domain.mapping import PlannedFact, PlannedSource, Refusal
from constancia.domain.vocabulary.terms import Verdict


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `batch` is None where nothing was new: then nothing was recorded at all.

    Counts as in `Preview`; `refusals` are the first ones, `refusals_by_code` counts all.
    """

    batch: int | None
    title: str
    rows: int
    new_people: int
    more: int
    known: int
    refused_rows: int
    facts: int
    by_kind: Counter[str] = field(default_factory=Counter)
    refusals: tuple[Refusal, ...] = ()
    refusals_by_code: Counter[str] = field(default_factory=Counter)
    groups: tuple[RefusalGroup, ...] = ()

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Kinds with their counts, the most frequent first."""
        return self.by_kind.most_common()


def preview(
    user: User, path: Path, mapping: str, *, name: str = "", progress: Progress | None = None
) -> Preview:
    """What importing `path` by `mapping` (TOML) would record and refuse. Records nothing.

    Raises NotAllowed, MappingRefused, TableRefused.
    """
    allow(user, Permission.IMPORT_RUN)
    return make_preview(user, open_import(path, mapping, name), progress)


def refusals(user: User, path: Path, mapping: str, *, name: str = "") -> Iterator[Refusal]:
    """Everything that importing `path` would refuse, in the order of the rows. Raises as `preview`."""
    allow(user, Permission.IMPORT_RUN)
    for outcome in planned(open_import(path, mapping, name)):
        if isinstance(outcome, Refusal):
            yield outcome


def commit(
    user: User, path: Path, mapping: str, *, name: str = "", progress: Progress | None = None
) -> Imported:
    """Imports `path` by `mapping` (TOML) in one transaction: all that is not refused, or nothing.

    What was imported before adds nothing; a changed row adds what is new in it.
    Raises NotAllowed, MappingRefused, TableRefused; nothing is recorded then.
    """
    allow(user, Permission.IMPORT_RUN)
    opened = open_import(path, mapping, name)
    tally = Tally()
    with Recorder(user) as rec:
        writer = _Writer(rec, user, opened)
        for outcome in planned(opened, progress):
            tally.count(outcome)
            if isinstance(outcome, Step) and outcome.facts:
                writer.write(outcome)
    return Imported(
        batch=rec.batch.pk if rec.batch else None,
        title=opened.title,
        rows=tally.rows,
        new_people=tally.new_people,
        more=tally.more,
        known=tally.known,
        refused_rows=tally.refused_rows,
        facts=sum(tally.by_kind.values()),
        by_kind=tally.by_kind,
        refusals=tuple(tally.refusals),
        refusals_by_code=tally.codes,
        groups=tally.groups,
    )


def withdraw(user: User, batch: int, reason: str, progress: Callable[[int], None] | None = None) -> int:
    """Takes back every fact of an import that still stands, as superseding facts. Returns how many.

    Raises NotAllowed, NotFound (`import.not_found`), FactRefused (`fact.withdrawal_needs_reason`).
    """
    return register.withdraw_batch(user, batch, reason, progress)


def review_batch(user: User, batch: int, verdict: Verdict, note: str = "") -> None:
    """The user's verdict on a whole import that somebody else ran."""
    register.review_batch(user, batch, verdict, note)


class _Writer:
    """Writes steps through a Recorder. The batch and its sources are made with the facts that need them."""

    def __init__(self, rec: Recorder, user: User, opened: Opened) -> None:
        self._rec = rec
        self._user = user
        self._opened = opened
        self._sources: dict[PlannedSource, int] = {}
        self._handles: dict[str, PersonHandle] = {}
        self._slots: dict[tuple[str, int], int] = {}
        self._declared: dict[date, datetime] = {}

    def write(self, step: Step) -> None:
        if self._rec.batch is None:
            self._begin()
        person = self._person(step)
        row = self._rec.row(person, Row(step.case.row, step.digest, step.case.original))
        declared = self._since(step.case.known)
        source = self._source(step.case.source)
        slots: dict[int, int] = {}
        for fact, slot in step.facts:
            detention = self._detention(step, person, fact, slot, slots)
            self._rec.fact(
                fact.kind,
                person,
                detention=detention,
                when=fact.when,
                fields=fact.fields,
                source=source,
                declared=declared,
                row=row,
                checked=True,
            )

    def _begin(self) -> None:
        opened, rec = self._opened, self._rec
        last = ImportBatch.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        rec.batch = ImportBatch.objects.create(
            id=last + 1,
            title=opened.title[:300],
            mapping=opened.text,
            scheme=opened.scheme[:100],
            file_sha256=opened.table.digest(),
            recorded_at=rec.now,
            recorded_by=self._user,
        )

    def _source(self, told: PlannedSource) -> int:
        """The source that `told` describes: one for all rows that tell the same."""
        if told not in self._sources:
            self._sources[told] = self._rec.source(
                told.kind,
                label=told.label,
                reliability=told.reliability,
                group=told.group,
                confidentiality=told.confidentiality,
            )
        return self._sources[told]

    def _person(self, step: Step) -> PersonHandle:
        if step.person is not None:
            return self._rec.known_person(step.person)
        if step.status is Status.NEW or step.key not in self._handles:
            person = self._rec.person(region=step.case.region[:100])
            if step.again:
                self._handles[step.key] = person
            return person
        return self._handles[step.key]

    def _detention(
        self, step: Step, person: PersonHandle, fact: PlannedFact, slot: int | None, slots: dict[int, int]
    ) -> int | None:
        """The detention's primary key; a new one the first time a slot of this import is used."""
        if slot is None or slot > 0:
            return slot
        if slot not in slots:
            key = (step.key, slot)
            found = self._slots.get(key) if step.again else None
            slots[slot] = found or self._rec.detention(person)
            if step.again:
                self._slots[key] = slots[slot]
        return slots[slot]

    def _since(self, known: date | None) -> datetime | None:
        """The instant that a declared day means: its beginning in the organisation's zone."""
        if known is None:
            return None
        if known not in self._declared:
            instant = datetime.combine(known, time.min, zone()).astimezone(UTC)
            self._declared[known] = min(instant, self._rec.now)
        return self._declared[known]
