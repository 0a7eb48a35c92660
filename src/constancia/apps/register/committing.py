"""What the register commits to in the ledger: each fact, review and further source, and each case.

Salts come from the person's own key, so that destroying the key makes the commitments meaningless. A review
of a whole import is of nobody, and is salted by a key of the house.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from constancia.apps.ledger.services.appending import append
from constancia.apps.register.models import Attestation, Person, Review
from constancia.domain.facts import record
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.ledger.slots import root_of, written
from constancia.infra import unlocked
from constancia.infra.bulk import in_pieces

FACT, REVIEW, ATTESTATION, CASE = "fact", "review", "attestation", "case"

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


def roots_of_reviews(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
    """(number, slot root) of reviews as they stand in the register; absent where the person's key is gone."""
    rows = list(
        Review.objects.filter(seq__in=numbers)
        .order_by("seq")
        .values_list("seq", "fact_id", "batch_id", "verdict", "note", "reviewer_id", "known_at",
                     "witnessed_at", "fact__person__subject", "fact__person__code")
    )  # fmt: skip
    keys = unlocked.codec().committing_keys(bytes(row[8]) for row in rows if row[8] is not None)
    house = unlocked.root().derive("ledger-house/1")
    found = []
    for seq, fact, batch, verdict, note, reviewer, known_at, witnessed_at, subject, code in rows:
        key = house if subject is None else keys.get(bytes(subject))
        if key is not None:
            slots = _slots(
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
            )
            found.append((seq, root_of(key, f"{REVIEW}/{seq}", slots)))
    return found


def roots_of_attestations(numbers: Sequence[int]) -> list[tuple[int, bytes]]:
    """(number, slot root) of further sources as they stand; absent where the person's key is gone."""
    rows = list(
        Attestation.objects.filter(seq__in=numbers)
        .order_by("seq")
        .values_list("seq", "fact_id", "verdict", "recorder_id", "known_at", "witnessed_at", "source_id",
                     "source__kind", "source__reliability", "source__group",
                     "fact__person__subject", "fact__person__code")
    )  # fmt: skip
    keys = unlocked.codec().committing_keys(bytes(row[10]) for row in rows)
    found = []
    for (
        seq,
        fact,
        verdict,
        recorder,
        known_at,
        witnessed_at,
        source,
        kind,
        reliability,
        group,
        of,
        code,
    ) in rows:
        key = keys.get(bytes(of))
        if key is not None:
            slots = _slots(
                {
                    "record": ATTESTATION,
                    "number": seq,
                    "person": code,
                    "kind": ATTESTATION,
                    "source": source,
                    "source.kind": kind,
                    "source.reliability": reliability,
                    "source.group": group,
                    "recorder": recorder,
                    "known_at": instant(known_at),
                    "witnessed_at": instant(witnessed_at),
                    "attestation.fact": fact,
                    "attestation.verdict": verdict,
                }
            )
            found.append((seq, root_of(key, f"{ATTESTATION}/{seq}", slots)))
    return found


def roots_of_facts(facts: Sequence[record.Fact], whose: Mapping[int, Whose]) -> list[tuple[int, bytes]]:
    """(number, slot root) of facts with all their fields; absent where the person's key is gone."""
    keys = unlocked.codec().committing_keys(subject for subject, _ in whose.values())
    return list(_facts([fact for fact in facts if whose[fact.person][0] in keys], whose, keys))


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
    facts: Sequence[record.Fact], whose: Mapping[int, Whose], keys: Mapping[bytes, bytes]
) -> Iterator[tuple[int, bytes]]:
    for fact in facts:
        subject, code = whose[fact.person]
        yield fact.seq, root_of(keys[subject], f"{FACT}/{fact.seq}", slots_of_fact(fact, code))


def _slots(fields: Mapping[str, Any]) -> Slots:
    """What is not there, or empty, leaves its slot to a decoy."""
    return {
        SLOT_OF[name]: (name, written(value)) for name, value in fields.items() if value not in (None, "", [])
    }
