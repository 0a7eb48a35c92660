"""Whether the register still says what the ledger committed to: every record against its entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from constancia.apps.ledger.models import Entry
from constancia.apps.register import committing, erased, histories
from constancia.apps.register.models import Attestation, Custody, Detention, Fact, Person, Review
from constancia.infra.bulk import in_pieces

Progress = Callable[[int, int], None]


def vouch(progress: Progress | None = None) -> Counter[str]:
    """Computes every commitment again from the register.

    Counts: "records" (compared), "altered" (says something else than was committed), "missing" (a record
    that no entry stands for), "gone" (an entry whose record is not there), "sealed" (nobody can open it any
    more: the person's key is destroyed).
    """
    found: Counter[str] = Counter()
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    gone = erased.everybody()
    _erased(gone, found)
    done = 0
    for piece in in_pieces(people):
        whose = committing.people(set(piece) - gone)
        facts = [
            fact
            for history in histories.load(piece, {}, unsealed=histories.PERSONAL_KINDS)
            for fact in history.facts
        ]
        _compare("fact", [fact.seq for fact in facts], dict(committing.roots_of_facts(facts, whose)), found)
        cases = list(Detention.objects.filter(person__in=whose).values_list("pk", "person_id"))
        _compare(
            "case", [number for number, _ in cases], dict(committing.roots_of_cases(cases, whose)), found
        )
        done += len(piece)
        if progress:
            progress(done, len(people))
    opinions = (
        list(rows.exclude(fact__person__in=gone).order_by("seq").values_list("seq", flat=True))
        for rows in (Review.objects, Attestation.objects)
    )
    for numbers in in_pieces(next(opinions)):
        _compare("review", numbers, dict(committing.roots_of_reviews(numbers)), found)
    for numbers in in_pieces(next(opinions)):
        _compare("attestation", numbers, dict(committing.roots_of_attestations(numbers)), found)
    steps = Custody.objects.exclude(evidence__media_type="")
    for numbers in in_pieces(list(steps.order_by("pk").values_list("pk", flat=True))):
        _compare("custody", numbers, dict(committing.roots_of_custody(numbers)), found)
    for about, numbers in _recorded():
        found["gone"] += Entry.objects.filter(about=about).exclude(number__in=numbers).count()
    return found


def _erased(persons: Iterable[int], found: Counter[str]) -> None:
    """Of the erased every entry stays, and nobody can open it, even before their keys are destroyed."""
    theirs = sorted(persons)
    _compare("fact", Fact.objects.filter(person__in=theirs).values_list("seq", flat=True), {}, found)
    _compare("case", Detention.objects.filter(person__in=theirs).values_list("pk", flat=True), {}, found)
    for about, rows in (("review", Review.objects), ("attestation", Attestation.objects)):
        numbers = rows.filter(fact__person__in=theirs).values_list("seq", flat=True)
        _compare(about, numbers, {}, found)
    # Of files that were erased, alone or with the person, the steps stay too.
    steps = Custody.objects.filter(evidence__media_type="").values_list("pk", flat=True)
    _compare("custody", steps, {}, found)


def _recorded() -> Iterator[tuple[str, Any]]:
    """Per sort of record, the query of the numbers that exist."""
    yield "fact", Fact.objects.values("seq")
    yield "case", Detention.objects.values("id")
    yield "review", Review.objects.values("seq")
    yield "attestation", Attestation.objects.values("seq")
    yield "custody", Custody.objects.values("id")


def _compare(about: str, numbers: Iterable[int], roots: Mapping[int, bytes], found: Counter[str]) -> None:
    wanted: Sequence[int] = list(numbers)
    for piece in in_pieces(wanted):
        rows = Entry.objects.filter(about=about, number__in=piece).values_list("number", "root")
        entered = {number: bytes(root) for number, root in rows}
        for number in piece:
            found["records"] += 1
            if number not in entered:
                found["missing"] += number in roots
            elif number not in roots:
                found["sealed"] += 1
            elif roots[number] != entered[number]:
                found["altered"] += 1
