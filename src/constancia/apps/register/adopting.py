"""What was recorded before there was a ledger: entered later, by a migration, and said to be so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from constancia.apps.ledger.models import Entry
from constancia.apps.ledger.services.appending import append, append_notice
from constancia.apps.register import committing, histories
from constancia.apps.register.models import Attestation, Detention, Person, Review
from constancia.infra.bulk import in_pieces


def adopt(at: datetime) -> int:
    """Enters every fact, review, further source and case that no entry stands for; returns how many. A notice
    in the log says how many there were and when: the log vouches for them from then on, not for before.

    Call it in a transaction. Records of people whose key is destroyed cannot be committed to.
    """
    known = {about: _entered(about) for about in ("fact", "review", "attestation", "case")}
    counts = dict.fromkeys(known, 0)
    for piece in in_pieces(list(Person.objects.order_by("pk").values_list("pk", flat=True))):
        whose = committing.people(piece)
        facts = [
            fact
            for history in histories.load(piece, {}, unsealed=histories.PERSONAL_KINDS)
            for fact in history.facts
            if fact.seq not in known["fact"]
        ]
        counts["fact"] += _enter("fact", "fact", committing.roots_of_facts(facts, whose), at)
        cases = [
            (number, person)
            for number, person in Detention.objects.filter(person__in=piece).values_list("pk", "person_id")
            if number not in known["case"]
        ]
        counts["case"] += _enter("case", "case", committing.roots_of_cases(cases, whose), at)
    for about, model, roots_of in (
        ("review", Review, committing.roots_of_reviews),
        ("attestation", Attestation, committing.roots_of_attestations),
    ):
        missing = sorted(set(model.objects.values_list("seq", flat=True)) - known[about])
        for numbers in in_pieces(missing):
            counts[about] += _enter("fact", about, roots_of(numbers), at)
    total = sum(counts.values())
    if total:
        append_notice("adopted", {"entered_at": committing.instant(at), **counts}, at)
    return total


def _entered(about: str) -> set[int]:
    return set(Entry.objects.filter(about=about).values_list("number", flat=True))


def _enter(kind: Any, about: str, roots: Sequence[tuple[int, bytes]], at: datetime) -> int:
    append(kind, about, sorted(roots), at)
    return len(roots)
