"""One flush of a recording: the queued rows written, the people they touch folded again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from constancia.apps.register import committing, erased, histories, holding, models
from constancia.apps.register.deriving import Anchor, Deriver
from constancia.apps.register.histories import IDENTITY_KINDS, READ_FOR_DERIVING, SEALED_KINDS, seal_fields
from constancia.apps.register.identity import counted_as
from constancia.apps.register.policy import zone
from constancia.domain.errors import NotFound
from constancia.domain.facts import record
from constancia.domain.timeline.validity import refuse_if_impossible
from constancia.domain.vocabulary.terms import Confidentiality
from constancia.infra import unlocked
from constancia.infra.bulk import in_pieces, insert, plain

_JUDGING = frozenset({"identity_judgement", "withdrawal"})


@dataclass(frozen=True, slots=True)
class PersonHandle:
    """A person being recorded, or one already there (`Recorder.known_person`)."""

    pk: int
    code: str
    subject: bytes
    region: str


@dataclass(slots=True)
class Pending:
    """What a recording has queued since the last flush.

    `rows`: driver-ready rows per model. `sources`: columns up to the key, the label, columns after it.
    `facts` in recorded order; `row_of`: fact → import row.
    `opined`: facts that got a further source or a review; `batches`: imports that got a review.
    """

    new: dict[int, PersonHandle] = field(default_factory=dict)
    touched: dict[int, PersonHandle | None] = field(default_factory=dict)
    facts: list[record.Fact] = field(default_factory=list)
    facts_of: dict[int, list[record.Fact]] = field(default_factory=dict)
    row_of: dict[int, int] = field(default_factory=dict)
    sources: list[tuple[tuple[Any, ...], bytes, tuple[Any, ...]]] = field(default_factory=list)
    import_rows: list[tuple[int, int, int, PersonHandle, str, bytes]] = field(default_factory=list)
    rows: dict[type[Model], list[tuple[Any, ...]]] = field(default_factory=dict)
    opined: set[int] = field(default_factory=set)
    batches: list[int] = field(default_factory=list)

    def add(self, fact: record.Fact, person: PersonHandle, row: int | None) -> None:
        self.facts.append(fact)
        self.facts_of.setdefault(person.pk, []).append(fact)
        self.touched[person.pk] = person
        if row is not None:
            self.row_of[fact.seq] = row

    def replace(self, facts: Mapping[int, record.Fact]) -> None:
        """Put these facts, by number, in the place of those that were added."""
        self.facts = [facts.get(fact.seq, fact) for fact in self.facts]
        self.facts_of = {
            person: [facts.get(fact.seq, fact) for fact in told] for person, told in self.facts_of.items()
        }

    def queue(self, model: type[Model], row: tuple[Any, ...]) -> None:
        self.rows.setdefault(model, []).append(row)

    def told_whole(self, person: int) -> bool:
        """A new person of whom every fact is in this flush, and no review or further source."""
        if person not in self.new or self.batches:
            return False
        return not (self.opined and any(fact.seq in self.opined for fact in self.facts_of.get(person, ())))


def write(pending: Pending, now: datetime) -> None:
    """Insert what is queued, and beside it what the ledger commits to.

    Raises NotFound (`case.not_found`) where somebody was erased since the case was looked up.
    """
    if erased.among(pending.touched):
        raise NotFound("case.not_found")
    codec = unlocked.codec()
    codec.create_subjects(
        [*(handle.subject for handle in pending.new.values()), *(told[-1] for told, _, _ in pending.sources)]
    )
    keys = _keys(pending)
    region_of = _regions_of_sources(pending) if keys else {}
    labels = holding.seal_texts(
        [
            (told[-1], histories.label_context(told[0]), region_of.get(told[0], ""), label)
            for told, label, _ in pending.sources
        ],
        keys,
    )
    insert(
        models.Source,
        ((*told, sealed, *rest) for (told, _, rest), sealed in zip(pending.sources, labels, strict=True)),
    )
    detentions = pending.rows.pop(models.Detention, [])
    insert(models.Person, pending.rows.pop(models.Person, []))
    insert(models.Detention, detentions)
    kept = pending.import_rows
    contents = holding.seal_texts(
        [
            (person.subject, histories.row_context(n), person.region, content)
            for n, _, _, person, _, content in kept
        ],
        keys,
    )
    insert(
        models.ImportRow,
        (
            (number, batch, line, person.pk, digest, sealed)
            for (number, batch, line, person, digest, _), sealed in zip(kept, contents, strict=True)
        ),
    )
    sealed_of = _sealed(pending, keys)
    insert(models.Fact, (_row(pending, fact, sealed_of.get(fact.seq)) for fact in pending.facts))
    for model, queued in pending.rows.items():
        insert(model, queued)
    _commit(pending, [(number, person) for number, person, *_ in detentions], now)


def _keys(pending: Pending) -> holding.Keys:
    """The keys of the regions whose people something of the sealed tier is written of."""
    handles = [handle for handle in pending.touched.values() if handle is not None]
    wanted = {handle.region for handle in handles} | {row[3].region for row in pending.import_rows}
    if any(told[4] == Confidentiality.SEALED for told, _, _ in pending.sources):
        wanted |= set(_regions_of_attested(pending).values())
    return holding.keys(wanted)


def _regions_of_attested(pending: Pending) -> dict[int, str]:
    """Source → region, of further sources on facts that were there already."""
    rows = pending.rows.get(models.Attestation, [])
    facts = {row[1]: row[2] for row in rows}
    found = models.Fact.objects.filter(seq__in=facts).values_list("seq", "person__region")
    return {facts[seq]: region for seq, region in found}


def _regions_of_sources(pending: Pending) -> dict[int, str]:
    """Sealed source → the region whose key closes who it is: that of the people it speaks of, if it is one. A
    source of a whole country's list is closed by no region."""
    sealed = {told[0] for told, _, _ in pending.sources if told[4] == Confidentiality.SEALED}
    found: dict[int, set[str]] = {}
    for source, region in _regions_of_attested(pending).items():
        found.setdefault(source, set()).add(region)
    for fact in pending.facts:
        handle = pending.touched[fact.person]
        assert handle is not None
        found.setdefault(fact.source.id, set()).add(handle.region)
    return {source: min(told) for source, told in found.items() if source in sealed and len(told) == 1}


def _sealed(pending: Pending, keys: holding.Keys) -> dict[int, bytes]:
    """Number → sealed fields. A fact that a region holds goes on in `pending` as everybody has it."""
    of_identity = [fact for fact in pending.facts if fact.kind in IDENTITY_KINDS]
    of_sealed = [fact for fact in pending.facts if fact.kind in SEALED_KINDS]
    held = holding.seal_facts([(*_whose(pending, fact), fact) for fact in of_sealed], keys) if keys else {}
    if held:
        pending.replace({seq: fact for seq, (_, fact) in held.items()})
    others = of_identity + [fact for fact in of_sealed if fact.seq not in held]
    sealed = seal_fields((_whose(pending, fact)[0], fact.seq, fact.fields) for fact in others)
    found = {fact.seq: blob for fact, blob in zip(others, sealed, strict=True)}
    return found | {seq: blob for seq, (blob, _) in held.items()}


def _commit(pending: Pending, detentions: Sequence[tuple[int, int]], now: datetime) -> None:
    """The leaves of what was just written, in the same transaction."""
    whose = {pk: (handle.subject, handle.code) for pk, handle in pending.touched.items() if handle}
    whose |= committing.people({person for _, person in detentions} - whose.keys())
    committing.enter_facts(pending.facts, whose, now)
    committing.enter_cases(detentions, whose, now)
    committing.enter_opinions(
        [row[0] for row in pending.rows.get(models.Review, ())],
        [row[0] for row in pending.rows.get(models.Attestation, ())],
        now,
    )


def _whose(pending: Pending, fact: record.Fact) -> tuple[bytes, str]:
    """Subject and region of the person."""
    handle = pending.touched[fact.person]
    assert handle is not None
    return handle.subject, handle.region


def _row(pending: Pending, fact: record.Fact, sealed: bytes | None) -> tuple[Any, ...]:
    when = fact.when
    return (
        fact.seq,
        fact.kind,
        fact.person,
        fact.detention,
        fact.source.id,
        fact.recorder,
        when.edtf,
        when.earliest.isoformat() if when.earliest else None,
        when.latest.isoformat() if when.latest else None,
        when.words,
        plain(fact.fields if sealed is None else {}),
        sealed,
        plain(fact.known_at),
        plain(fact.witnessed_at),
        fact.supersedes,
        fact.batch,
        pending.row_of.get(fact.seq),
    )


def derive(pending: Pending, deriver: Deriver, now: datetime) -> None:
    """Fold everybody touched, after `write`. Raises FactRefused for what cannot be true."""
    today = now.astimezone(zone()).date()
    _touch_opined(pending)
    mapping: Mapping[int, Mapping[int, int]] = {}
    if (
        any(fact.kind in _JUDGING for fact in pending.facts)
        or not pending.touched.keys() <= pending.new.keys()
    ):
        mapping, together = counted_as(pending.touched)
        for person in sorted(together):
            pending.touched.setdefault(person, None)
    whole = [person for person in pending.touched if pending.told_whole(person)]
    told = [
        record.History(person, tuple(pending.facts_of.get(person, ())), (), (), mapping.get(person, {}))
        for person in whole
    ]
    _refuse_impossible(told, pending, today)
    deriver.derive(told, _anchors(pending, whole), fresh=True)
    others = [person for person in pending.touched if not pending.told_whole(person)]
    for fresh in (True, False):
        for piece in in_pieces([p for p in others if p in pending.facts_of and (p in pending.new) is fresh]):
            found = histories.load(piece, mapping, unsealed=READ_FOR_DERIVING)
            _refuse_impossible(found, pending, today)
            deriver.derive(found, _anchors(pending, piece), fresh=fresh)
    for piece in in_pieces([person for person in others if person not in pending.facts_of]):
        deriver.weigh(histories.load(piece, mapping), fresh=False)


def _touch_opined(pending: Pending) -> None:
    facts = models.Fact.objects.values_list("person_id", flat=True).order_by("person_id")
    for batch in pending.batches:
        for person in facts.filter(batch=batch).distinct().iterator():
            pending.touched.setdefault(person, None)
    for piece in in_pieces(sorted(pending.opined)):
        for person in facts.filter(seq__in=piece):
            pending.touched.setdefault(person, None)


def _refuse_impossible(found: Sequence[record.History], pending: Pending, today: date) -> None:
    for history in found:
        new = {fact.seq for fact in pending.facts_of.get(history.person, ())}
        if new:
            for index, fact in enumerate(history.facts):
                if fact.seq in new:
                    refuse_if_impossible(fact, history.facts[:index], today)


def _anchors(pending: Pending, persons: Sequence[int]) -> dict[int, Anchor]:
    handles = {person: pending.new.get(person) or pending.touched.get(person) for person in persons}
    known = {person: Anchor(h.code, h.region) for person, h in handles.items() if h is not None}
    for piece in in_pieces([person for person in persons if person not in known]):
        rows = models.Person.objects.filter(pk__in=piece).values_list("pk", "code", "region")
        known.update({pk: Anchor(code, region) for pk, code, region in rows})
    return known
