"""Words of one fact, or the note of one review: they go from its row, and from wherever the same words stand
as the same field of the same person; the fact, its day and its figures stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from constancia.apps.register import committing, histories
from constancia.apps.register.models import Erasure, Fact, RedactedWord, Resealed, Review
from constancia.domain.errors import InputRefused
from constancia.domain.facts import record
from constancia.domain.facts.redactable import DATE_WORDS, NOTE, erasable, slot_name, without
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.ledger.slots import digest, salts
from constancia.infra import unlocked

Slots = committing.Slots


def erasable_of(fact: Fact) -> tuple[str, ...]:
    """The fields of a fact whose words can be erased alone, and are not yet."""
    told = _told(fact)
    gone = set(RedactedWord.objects.filter(fact=fact).values_list("field", flat=True))
    return tuple(name for name in erasable(told.kind, told.fields, told.when.words) if name not in gone)


def refuse_unless_there(fact: Fact, fields: Sequence[str]) -> None:
    """Raises InputRefused `erasure.field` for what cannot be erased alone, or is not there."""
    there = erasable_of(fact)
    if not fields or not set(fields) <= set(there):
        raise InputRefused("erasure.field", fact=fact.pk, fields=", ".join(there) or "-")


def with_the_same(found: Erasure) -> dict[int, tuple[str, ...]]:
    """Fact → the fields of it that go with a request: of the fact itself, and of every fact of its kind and
    person that says the very same in that field."""
    assert found.fact is not None
    (history,) = _histories(found.fact)
    asked = _told(found.fact, history)
    gone = set(RedactedWord.objects.filter(fact__person=found.fact.person).values_list("fact", "field"))
    going: dict[int, tuple[str, ...]] = {}
    for name in found.fields.split(","):
        for one in history.facts:
            same = one.kind == asked.kind and _value(one, name) == _value(asked, name)
            if same and _value(one, name) and (one.seq, name) not in gone:
                going[one.seq] = (*going.get(one.seq, ()), name)
    return dict(sorted(going.items()))


def take_words(found: Erasure, at: datetime) -> tuple[list[int], list[int]]:
    """Note which words are gone and what stays of each record. Returns the facts and the imported rows that
    are to be emptied now. Call it in the writer's turn."""
    assert found.fact is not None
    going, (history,) = with_the_same(found), _histories(found.fact)
    person = found.fact.person
    told = [one for one in history.facts if one.seq in going]
    key = unlocked.codec().committing_keys([bytes(person.subject)])[bytes(person.subject)]
    RedactedWord.objects.bulk_create(
        [
            RedactedWord(
                answer=found.answer, erasure=found, fact_id=one.seq, field=name, at=at,
                digest=_kept(
                    key, f"{committing.FACT}/{one.seq}", committing.slots_of_fact(one, person.code),
                    slot_name(one.kind, name),
                ),
            )
            for one in told
            for name in going[one.seq]
        ]
    )  # fmt: skip
    closed = [
        (bytes(person.subject), one.seq, without(one.fields, dict.fromkeys(going[one.seq], found.pk)))
        for one in told
        if one.kind in histories.PERSONAL_KINDS and set(going[one.seq]) != {DATE_WORDS}
    ]
    Resealed.objects.bulk_create(
        [
            Resealed(fact_id=item[1], sealed=sealed, at=at)
            for item, sealed in zip(closed, histories.seal_fields(closed), strict=True)
        ]
    )
    rows = Fact.objects.filter(pk__in=going, row__isnull=False).values_list("row_id", flat=True)
    return list(going), sorted(set(rows))


def take_note(found: Erasure, at: datetime) -> None:
    """The same of the note of a review."""
    assert found.review is not None
    ((number, subject, slots),) = committing.slots_of_reviews([found.review.pk])
    assert subject is not None
    key = unlocked.codec().committing_keys([subject])[subject]
    kept = _kept(key, f"{committing.REVIEW}/{number}", slots, f"{committing.REVIEW}.{NOTE}")
    RedactedWord(
        answer=found.answer, erasure=found, review=found.review, field=NOTE, at=at, digest=kept
    ).save()  # fmt: skip


def refuse_without_note(review: Review) -> None:
    """Raises InputRefused `erasure.no_note`."""
    if not review.note:
        raise InputRefused("erasure.no_note")


def _kept(key: bytes, about: str, slots: Slots, name: str) -> bytes:
    slot = SLOT_OF[name]
    return digest(salts(key, about)[slot], *slots[slot])


def _histories(fact: Fact) -> Iterable[record.History]:
    return histories.load([fact.person_id], {}, unsealed=histories.PERSONAL_KINDS)


def _told(fact: Fact, history: record.History | None = None) -> record.Fact:
    if history is None:
        (history,) = _histories(fact)
    return next(one for one in history.facts if one.seq == fact.pk)


def _value(fact: record.Fact, name: str) -> Any:
    return fact.when.words if name == DATE_WORDS else fact.fields.get(name)
