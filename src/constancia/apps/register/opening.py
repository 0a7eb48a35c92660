"""Opening what the ledger committed to: a person's records, shown to somebody who may check each of them
against the log and see nothing that is not opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.ledger.models import Entry
from constancia.apps.ledger.queries.proofs import proof_of
from constancia.apps.register import committing, histories
from constancia.apps.register.access import person_of, within_reach
from constancia.apps.register.committing import ATTESTATION, CASE, FACT, REVIEW, Slots
from constancia.apps.register.models import Attestation, Detention, Person, Review
from constancia.apps.register.redacted import hidden_of_facts, hidden_of_reviews
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.ledger.disclosure import Shown
from constancia.domain.ledger.entry import Kind
from constancia.domain.ledger.proof import TlogProof
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.ledger.slots import disclose
from constancia.infra import unlocked

Prove = Callable[[str, int], TlogProof | None]
"""("fact", 17) → that it is in its log; None leaves the record out."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A record of a person, opened: `about` fact, review, attestation or case, and its `number`."""

    about: str
    number: int
    shown: Shown


@within_reach
def openings(
    user: User, code: str, names: Collection[str] | None = None, *, prove: Prove = proof_of
) -> list[Opening]:
    """Every fact, review and further source of the person called `code`, in the order of recording: all
    fields, or those of `names` ("kind", "arrest.place", …) that it has; records that have none are left out.

    Raises NotAllowed; NotFound `case.not_found` also for a case that is not the user's, `ledger.not_sealed`
    for what waits to be sealed; InputRefused `opening.field` for a name that no field has,
    `opening.forgotten` where the person's key is destroyed.
    """
    allow(user, Permission.IDENTITY_READ)
    if names is not None and not set(names) <= set(SLOT_OF):
        raise InputRefused("opening.field")
    person = person_of(user, code)
    return list(_opened(person, _records(person), names, prove))


@within_reach
def opening_of_case(user: User, detention: int, *, prove: Prove | None = None) -> Opening:
    """The entry of the roster for a detention: its number, and whose it is. Without a proof where `prove` is
    left out, for who has the whole roster before them.

    Raises as `openings`; NotFound `case.not_found` where there is no such detention.
    """
    allow(user, Permission.IDENTITY_READ)
    row = Detention.objects.filter(pk=detention).select_related("person").first()
    if row is None:
        raise NotFound("case.not_found")
    person = person_of(user, row.person.code)
    records = iter([(CASE, detention, committing.slots_of_case(detention, person.code))])
    (found,) = _opened(person, records, None, prove)
    return found


def _opened(
    person: Person,
    records: Iterator[tuple[str, int, Slots]],
    names: Collection[str] | None,
    prove: Prove | None,
) -> Iterator[Opening]:
    subject = bytes(person.subject)
    key = unlocked.codec().committing_keys([subject]).get(subject)
    if key is None:
        raise InputRefused("opening.forgotten")
    for about, number, slots in records:
        gone = _hidden(about, number)
        shown = [
            slot for slot, (name, _) in slots.items() if slot not in gone and (names is None or name in names)
        ]
        if not shown:
            continue
        week = Entry.objects.filter(about=about, number=number).values_list("week", flat=True).first()
        if week is None:
            raise NotFound("ledger.not_sealed")
        kind: Kind = "case" if about == CASE else "fact"
        proof = prove(about, number) if prove else None
        if prove is None or proof is not None:
            found = disclose(key, f"{about}/{number}", slots, shown, gone)
            text = proof.data().decode() if proof else ""
            yield Opening(about, number, Shown(kind, week, found, text))


def _hidden(about: str, number: int) -> Mapping[int, bytes]:
    """The slots whose words were redacted: they cannot be opened."""
    if about == FACT:
        return hidden_of_facts([number]).get(number, {})
    return hidden_of_reviews([number]).get(number, {}) if about == REVIEW else {}


def _records(person: Person) -> Iterator[tuple[str, int, Slots]]:
    (history,) = histories.load([person.pk], {}, unsealed=histories.IDENTITY_KINDS)
    for fact in history.facts:
        if fact.kind in histories.SEALED_KINDS:  # never leaves the machine
            continue
        yield FACT, fact.seq, committing.slots_of_fact(fact, person.code)
    reviews = Review.objects.filter(fact__person=person).order_by("seq").values_list("seq", flat=True)
    for number, _, slots in committing.slots_of_reviews(list(reviews)):
        yield REVIEW, number, slots
    sources = Attestation.objects.filter(fact__person=person).order_by("seq").values_list("seq", flat=True)
    for number, _, slots in committing.slots_of_attestations(list(sources)):
        yield ATTESTATION, number, slots
