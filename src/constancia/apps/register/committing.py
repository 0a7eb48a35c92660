"""What the register commits to in the ledger: each fact, review and further source, and each case.

Salts come from the person's own key, so that destroying the key makes the commitments meaningless. A review
of a whole import is of nobody, and is salted by a key of the house.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from constancia.apps.ledger.services.appending import append
from constancia.apps.register.models import Attestation, Custody, Person, Review
from constancia.apps.register.redacted import hidden_of_facts, hidden_of_reviews
from constancia.domain.facts import record
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.ledger.slots import root_of, written
from constancia.infra import unlocked
from constancia.infra.bulk import in_pieces

FACT, REVIEW, ATTESTATION, CASE, CUSTODY = "fact", "review", "attestation", "case", "custody"

Slots = dict[int, tuple[str, str]]
Whose = tuple[bytes, str]
"""A person's subject (16 bytes) and code."""


def slots_of_fact(fact: record.Fact, code: str) -> Slots:
    """Slot → (field, value as written) of a fact of the person with that code."""
    source = fact.source
    return _slots(
        {
            "record": FACT,
            "number": fact.seq,
            "person": code,
            "detention": fact.detention,
            "kind": fact.kind,
            "when": fact.when.edtf,
            "words": fact.when.words,
            "source": source.id,
            "source.kind": source.kind.value,
            "source.reliability": source.reliability.value,
            "source.group": source.group,
            "recorder": fact.recorder,
            "known_at": instant(fact.known_at),
            "witnessed_at": instant(fact.witnessed_at),
            "supersedes": fact.supersedes,
            "batch": fact.batch,
            **{f"{fact.kind}.{name}": value for name, value in fact.fields.items()},
        }
    )


def slots_of_case(detention: int, code: str) -> Slots:
    """Of a case of the roster: which detention, and whose."""
    return _slots({"record": CASE, "number": detention, "person": code})


def enter_facts(facts: Sequence[record.Fact], whose: Mapping[int, Whose], at: datetime) -> None:
    """Facts into the ledger, in the transaction that records them. `whose`: person → subject and code."""
    keys = unlocked.codec().committing_keys(subject for subject, _ in whose.values())
    append("fact", FACT, _facts(facts, whose, keys), at)


def enter_cases(detentions: Iterable[tuple[int, int]], whose: Mapping[int, Whose], at: datetime) -> None:
    """New detentions, given as (number, person), onto the roster."""
    keys = unlocked.codec().committing_keys(subject for subject, _ in whose.values())
    roots = (
        (number, root_of(keys[whose[person][0]], f"{CASE}/{number}", slots_of_case(number, whose[person][1])))
        for number, person in detentions
    )
    append("case", CASE, roots, at)


def enter_opinions(reviews: Sequence[int], attestations: Sequence[int], at: datetime) -> None:
    """Reviews and further sources, by their numbers, once their rows are written."""
    for piece in in_pieces(reviews):
        append("fact", REVIEW, roots_of_reviews(piece), at)
    for piece in in_pieces(attestations):
        append("fact", ATTESTATION, roots_of_attestations(piece), at)


def enter_custody(numbers: Sequence[int], at: datetime) -> None:
    """Steps of files' chains of custody, by their numbers, once their rows are written."""
    append("fact", CUSTODY, roots_of_custody(numbers), at)


def roots_of_custody(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
    """(number, slot root) of steps as they stand; absent where the file's key is gone."""
    found = slots_of_custody(numbers)
    keys = unlocked.codec().committing_keys(subject for _, subject, _ in found)
    return [
        (number, root_of(keys[subject], f"{CUSTODY}/{number}", slots))
        for number, subject, slots in found
        if subject in keys
    ]


def slots_of_custody(numbers: Sequence[int]) -> list[tuple[int, bytes, Slots]]:
    """(number, the file's subject, slots) of steps as they stand. Salts come from the file's own key, so that
    nobody who has the same file can find it in the log. Left out where the file's key is gone."""
    rows = list(
        Custody.objects.filter(pk__in=numbers)
        .order_by("pk")
        .select_related("evidence__fact__person")
    )  # fmt: skip
    opened = unlocked.codec().open_known(
        [
            (
                bytes(row.evidence.subject),
                f"register_custody|words|{row.evidence.file}|{row.order}",
                bytes(row.words),
            )
            for row in rows
        ]
    )
    return [
        (
            row.pk,
            bytes(row.evidence.subject),
            _slots(
                {
                    "record": CUSTODY,
                    "number": row.pk,
                    "person": row.evidence.fact.person.code,
                    "detention": row.evidence.fact.detention_id,
                    "kind": CUSTODY,
                    "recorder": row.recorded_by_id,
                    "known_at": instant(row.at),
                    "witnessed_at": instant(row.at),
                    "custody.evidence": row.evidence_id,
                    "custody.step": row.step,
                    "custody.way": row.way,
                    "custody.purpose": row.purpose,
                    "custody.sha256": row.evidence.sha256,
                    "custody.size": row.evidence.size,
                    "custody.media_type": row.evidence.media_type,
                    "custody.words": words.decode(),
                }
            ),
        )
        for row, words in zip(rows, opened, strict=True)
        if words is not None
    ]


def roots_of_reviews(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
    """(number, slot root) of reviews as they stand in the register; absent where the person's key is gone."""
    found = slots_of_reviews(numbers)
    keys = unlocked.codec().committing_keys(subject for _, subject, _ in found if subject is not None)
    house, hidden = unlocked.root().derive("ledger-house/1"), hidden_of_reviews(numbers)
    return [
        (seq, root_of(key, f"{REVIEW}/{seq}", slots, hidden.get(seq, {})))
        for seq, subject, slots in found
        if (key := house if subject is None else keys.get(subject)) is not None
    ]


def slots_of_reviews(numbers: Sequence[int]) -> list[tuple[int, bytes | None, Slots]]:
    """(number, the person's subject, slots) of reviews as they stand; no subject of a whole import's."""
    rows = (
        Review.objects.filter(seq__in=numbers)
        .order_by("seq")
        .values_list("seq", "fact_id", "batch_id", "verdict", "note", "reviewer_id", "known_at",
                     "witnessed_at", "fact__person__subject", "fact__person__code")
    )  # fmt: skip
    return [
        (
            seq,
            None if subject is None else bytes(subject),
            _slots(
                {
                    "record": REVIEW,
                    "number": seq,
                    "person": code,
                    "kind": REVIEW,
                    "recorder": reviewer,
                    "known_at": instant(known_at),
                    "witnessed_at": instant(witnessed_at),
                    "review.fact": fact,
                    "review.batch": batch,
                    "review.verdict": verdict,
                    "review.note": note,
                }
            ),
        )
        for seq, fact, batch, verdict, note, reviewer, known_at, witnessed_at, subject, code in rows
    ]


def roots_of_attestations(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
    """(number, slot root) of further sources as they stand; absent where the person's key is gone."""
    found = slots_of_attestations(numbers)
    keys = unlocked.codec().committing_keys(subject for _, subject, _ in found)
    return [
        (seq, root_of(keys[subject], f"{ATTESTATION}/{seq}", slots))
        for seq, subject, slots in found
        if subject in keys
    ]


def slots_of_attestations(numbers: Sequence[int]) -> list[tuple[int, bytes, Slots]]:
    """(number, the person's subject, slots) of further sources as they stand."""
    rows = (
        Attestation.objects.filter(seq__in=numbers)
        .order_by("seq")
        .values_list("seq", "fact_id", "verdict", "recorder_id", "known_at", "witnessed_at", "source_id",
                     "source__kind", "source__reliability", "source__group",
                     "fact__person__subject", "fact__person__code")
    )  # fmt: skip
    found = []
    for seq, fact, verdict, recorder, known_at, witnessed_at, source, kind, grade, group, of, code in rows:
        slots = _slots(
            {
                "record": ATTESTATION,
                "number": seq,
                "person": code,
                "kind": ATTESTATION,
                "source": source,
                "source.kind": kind,
                "source.reliability": grade,
                "source.group": group,
                "recorder": recorder,
                "known_at": instant(known_at),
                "witnessed_at": instant(witnessed_at),
                "attestation.fact": fact,
                "attestation.verdict": verdict,
            }
        )
        found.append((seq, bytes(of), slots))
    return found


def roots_of_facts(facts: Sequence[record.Fact], whose: Mapping[int, Whose]) -> list[tuple[int, bytes]]:
    """(number, slot root) of facts with all their fields; absent where the person's key is gone. Of words
    that were redacted the digest that was kept."""
    keys = unlocked.codec().committing_keys(subject for subject, _ in whose.values())
    return list(_facts([fact for fact in facts if whose[fact.person][0] in keys], whose, keys, old=True))


def roots_of_cases(
    detentions: Sequence[tuple[int, int]], whose: Mapping[int, Whose]
) -> list[tuple[int, bytes]]:
    """(number, slot root) of cases, given as (number, person); absent where the person's key is gone."""
    keys = unlocked.codec().committing_keys(subject for subject, _ in whose.values())
    return [
        (number, root_of(keys[whose[person][0]], f"{CASE}/{number}", slots_of_case(number, whose[person][1])))
        for number, person in detentions
        if whose[person][0] in keys
    ]


def people(persons: Iterable[int]) -> dict[int, Whose]:
    """Subject and code of people by number."""
    found: dict[int, Whose] = {}
    for piece in in_pieces(sorted(set(persons))):
        for number, subject, code in Person.objects.filter(pk__in=piece).values_list("pk", "subject", "code"):
            found[number] = (bytes(subject), code)
    return found


def instant(moment: datetime) -> str:
    """An instant as the ledger writes it: UTC, microseconds where there are any."""
    return moment.isoformat().replace("+00:00", "Z")


def _facts(
    facts: Sequence[record.Fact],
    whose: Mapping[int, Whose],
    keys: Mapping[bytes, bytes],
    *,
    old: bool = False,
) -> Iterator[tuple[int, bytes]]:
    """`old`: facts that may have been redacted since."""
    hidden = hidden_of_facts([fact.seq for fact in facts]) if old else {}
    for fact in facts:
        subject, code = whose[fact.person]
        slots, gone = slots_of_fact(fact, code), {**hidden.get(fact.seq, {}), **(fact.held or {})}
        yield fact.seq, root_of(keys[subject], f"{FACT}/{fact.seq}", slots, gone)


def _slots(fields: Mapping[str, Any]) -> Slots:
    """What is not there, or empty, leaves its slot to a decoy."""
    return {
        SLOT_OF[name]: (name, written(value)) for name, value in fields.items() if value not in (None, "", [])
    }
