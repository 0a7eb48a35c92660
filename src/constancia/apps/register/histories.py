"""Stored facts back into the domain's shapes, for the fold and for the case page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from constancia.apps.register import erased
from constancia.apps.register.models import Attestation, Fact, Review, Source
from constancia.domain.dates import ImpreciseDate
from constancia.domain.facts import record
from constancia.domain.facts.kinds import KINDS
from constancia.domain.vocabulary.terms import Confidentiality, Reliability, SourceKind, Tier, Verdict
from constancia.infra import unlocked
from constancia.infra.bulk import in_pieces
from constancia.infra.codec import HELD
from constancia.infra.regional import Held

IDENTITY_KINDS = frozenset(kind for kind, cls in KINDS.items() if cls.tier is Tier.IDENTITY)
SEALED_KINDS = frozenset(kind for kind, cls in KINDS.items() if cls.tier is Tier.SEALED)
PERSONAL_KINDS = IDENTITY_KINDS | SEALED_KINDS
"""Kinds whose fields are sealed with the person's key."""
OPENED_BY_DEED = frozenset({"identity_document", "birth", "relation"})
"""Identity kinds that a case page shows only after somebody said why (`revealing`)."""
READ_FOR_DERIVING = frozenset({"name", "alias", "identity_document"})
"""Identity kinds that the search index and the look-up of document numbers are made from."""


def tier_by_deed(kind: str) -> Tier | None:
    """The tier that somebody opens by a deed to see the fields of that kind; None where nobody must."""
    if kind in SEALED_KINDS:
        return Tier.SEALED
    return Tier.IDENTITY if kind in OPENED_BY_DEED else None


def seal_context(seq: int) -> str:
    """Associated data of a fact's sealed fields."""
    return f"register_fact|sealed|{seq}"


def seal_fields(items: Iterable[tuple[bytes, int, Mapping[str, Any]]]) -> list[bytes]:
    """Identity fields, given as (subject, fact number, fields), each under its person's key."""
    return unlocked.codec().seal_many(
        [
            (
                subject,
                seal_context(seq),
                json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(),
            )
            for subject, seq, fields in items
        ]
    )


def open_fields(items: Iterable[tuple[bytes, int, bytes]]) -> list[dict[str, Any]]:
    """The reverse of `seal_fields`; {} where the person's key has been destroyed.

    Raises IntegrityBroken (`codec.unreadable`) where the bytes are altered.
    """
    opened = unlocked.codec().open_known(
        [(bytes(subject), seal_context(seq), bytes(sealed)) for subject, seq, sealed in items]
    )
    return [json.loads(text) if text is not None else {} for text in opened]


Box = tuple[bytes, str, bytes]
"""Subject, context and sealed bytes of a value that a region holds too."""


def is_held(sealed: bytes) -> bool:
    """Whether a value is closed by the key of a region as well (`holding`)."""
    return sealed[:1] == HELD


def held_of(items: Sequence[Box]) -> list[Held | None]:
    """What such values say without the region's key; None where the subject's key has been destroyed."""
    opened = unlocked.codec().open_known(items, HELD)
    return [
        None if data is None else Held.read(data, context)
        for data, (_, context, _) in zip(opened, items, strict=True)
    ]


def label_context(number: int) -> str:
    """Associated data of a source's label."""
    return f"register_source|label|{number}"


def row_context(number: int) -> str:
    """Associated data of an import's row."""
    return f"register_importrow|content|{number}"


def open_row(subject: bytes, number: int, content: bytes) -> dict[str, Any]:
    """The cells of an import's row, as they were."""
    text = unlocked.codec().open(subject, row_context(number), content)
    found: dict[str, Any] = json.loads(text)
    return found


def sources(ids: Iterable[int]) -> dict[int, record.Source]:
    """Sources by id, without their sealed labels."""
    found: dict[int, record.Source] = {}
    for piece in in_pieces(sorted(set(ids))):
        for row in Source.objects.filter(id__in=piece).values_list(
            "id", "kind", "reliability", "group", "confidentiality"
        ):
            found[row[0]] = record.Source(
                row[0], SourceKind(row[1]), Reliability(row[2]), row[3], Confidentiality(row[4])
            )
    return found


_COLUMNS = (
    "seq",
    "kind",
    "person_id",
    "detention_id",
    "edtf",
    "earliest",
    "latest",
    "words",
    "fields",
    "sealed",
    "source_id",
    "recorder_id",
    "known_at",
    "witnessed_at",
    "supersedes_id",
    "batch_id",
    "person__subject",
)


def load(
    persons: Sequence[int],
    counted_as: Mapping[int, Mapping[int, int]],
    *,
    unsealed: frozenset[str] = frozenset(),
) -> list[record.History]:
    """Histories of `persons` (primary keys), in that order.

    `counted_as`: person → known instant (µs) → counting person. Personal kinds in `unsealed` (besides
    birth dates, which the fold needs) come with their fields; the others with none. What a region holds has
    no fields here, whether its key is open or not; those of `unsealed` come with what the ledger needs. Of
    the erased nothing is left to tell.
    """
    open_kinds = unsealed | {"birth"}
    facts: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    gone = erased.among(persons)
    for piece in in_pieces([person for person in persons if person not in gone]):
        for row in Fact.objects.filter(person__in=piece).order_by("seq").values_list(*_COLUMNS):
            facts[row[2]].append(row)
    sealed = [(row, bytes(row[9])) for rows in facts.values() for row in rows if row[9] is not None]
    closed = [(row, blob) for row, blob in sealed if row[1] in open_kinds and not is_held(blob)]
    opened = dict(
        zip((row[0] for row, _ in closed), open_fields((r[16], r[0], b) for r, b in closed), strict=True)
    )
    held = _held([(row, blob) for row, blob in sealed if is_held(blob)], open_kinds)
    seqs = [row[0] for rows in facts.values() for row in rows]
    batches = sorted({row[15] for rows in facts.values() for row in rows if row[15] is not None})
    attested: dict[int, list[Any]] = defaultdict(list)
    reviewed: dict[int, list[Any]] = defaultdict(list)
    for seq_piece in in_pieces(seqs):
        for attestation in Attestation.objects.filter(fact__in=seq_piece).order_by("seq"):
            attested[attestation.fact_id].append(attestation)
        for review in Review.objects.filter(fact__in=seq_piece).order_by("seq"):
            reviewed[review.fact_id or 0].append(_review(review))
    of_batch: dict[int, list[record.Review]] = defaultdict(list)
    for piece in in_pieces(batches):
        for review in Review.objects.filter(batch__in=piece).order_by("seq"):
            of_batch[review.batch_id or 0].append(_review(review))
    by_id = sources(
        [row[10] for rows in facts.values() for row in rows]
        + [a.source_id for many in attested.values() for a in many]
    )
    return [
        _history(
            person,
            facts[person],
            by_id,
            attested,
            reviewed,
            of_batch,
            counted_as.get(person, {}),
            opened,
            held,
        )
        for person in persons
    ]


def _held(
    rows: Sequence[tuple[tuple[Any, ...], bytes]], wanted: Collection[str]
) -> dict[int, Mapping[int, bytes]]:
    """Number → digests of the facts that regions hold, read where their kind is wanted."""
    found: dict[int, Mapping[int, bytes]] = {row[0]: {} for row, _ in rows}
    asked = [(row, blob) for row, blob in rows if row[1] in wanted]
    boxes = held_of([(bytes(row[16]), seal_context(row[0]), blob) for row, blob in asked])
    found.update({row[0]: one.digests for (row, _), one in zip(asked, boxes, strict=True) if one is not None})
    return found


def _review(row: Review) -> record.Review:
    return record.Review(
        row.seq,
        row.reviewer_id,
        Verdict(row.verdict),
        row.known_at,
        row.witnessed_at,
        row.fact_id,
        row.batch_id,
    )


def _history(
    person: int,
    rows: list[tuple[Any, ...]],
    by_id: Mapping[int, record.Source],
    attested: Mapping[int, list[Any]],
    reviewed: Mapping[int, list[record.Review]],
    of_batch: Mapping[int, list[record.Review]],
    counted_as: Mapping[int, int],
    opened: Mapping[int, dict[str, Any]],
    held: Mapping[int, Mapping[int, bytes]],
) -> record.History:
    attestations = [
        record.Attestation(
            a.seq, a.fact_id, by_id[a.source_id], Verdict(a.verdict), a.known_at, a.witnessed_at
        )
        for row in rows
        for a in attested.get(row[0], ())
    ]
    reviews = [review for row in rows for review in reviewed.get(row[0], ())]
    reviews += [
        review for batch in sorted({r[15] for r in rows if r[15]}) for review in of_batch.get(batch, ())
    ]
    return record.History(
        person,
        tuple(_fact(row, by_id[row[10]], opened, held) for row in rows),
        tuple(attestations),
        tuple(reviews),
        counted_as,
    )


def _fact(
    row: tuple[Any, ...],
    source: record.Source,
    opened: Mapping[int, dict[str, Any]],
    held: Mapping[int, Mapping[int, bytes]],
) -> record.Fact:
    return record.Fact(
        seq=row[0],
        kind=row[1],
        person=row[2],
        detention=row[3],
        when=ImpreciseDate(row[4], row[5], row[6], row[7]),
        fields=opened.get(row[0], row[8]),
        source=source,
        recorder=row[11],
        known_at=row[12],
        witnessed_at=row[13],
        supersedes=row[14],
        batch=row[15],
        held=held.get(row[0]),
    )
