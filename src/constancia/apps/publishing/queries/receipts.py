"""A family's receipt: which line of an edition's proof is theirs, and how that line counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.ledger.models import CASES, Leaf
from constancia.apps.publishing.access import edition_of
from constancia.apps.publishing.models import Build, Edition
from constancia.apps.publishing.proving.counted import case_key
from constancia.apps.publishing.proving.parts import CUT, TOTALS
from constancia.apps.publishing.services.building import built_file
from constancia.apps.register import noting
from constancia.apps.register.access import within_reach
from constancia.apps.register.departed import person_told
from constancia.apps.register.models import Person
from constancia.domain.errors import InputRefused
from constancia.domain.ledger.cut import Cut, read_cut
from constancia.domain.ledger.receipt import Receipt, check_receipt
from constancia.domain.ledger.tally import cut_key
from constancia.domain.ledger.totals import Totals, read_totals
from constancia.infra import unlocked


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """The receipt of one detention. `counted`: table → cell, "" of the total; empty where the case stands on
    the roster and is not counted."""

    detention: int
    receipt: Receipt
    counted: Mapping[str, str]


@within_reach
def receipts(user: User, code: str, number: int) -> tuple[ReceiptLine, ...]:
    """The receipts of every detention of the person called `code` that stands on the roster of the edition,
    each checked against the edition's own files.

    Raises NotAllowed; NotFound `case.not_found` also for a case that is not the user's, `case.erased`,
    `edition.not_found`;
    InputRefused `edition.not_built`, `receipt.no_totals` (the edition proves no totals), `receipt.later`
    (the case came onto the roster afterwards), `receipt.forgotten` (the person's key is destroyed);
    IntegrityBroken `edition.file_changed`.
    """
    allow(user, Permission.CASE_BROWSE)
    person = person_told(user, code)
    edition = edition_of(number)
    keys = case_keys(person)
    places = places_on_roster(list(keys), roster_size(edition))
    if not places:
        raise InputRefused("receipt.later", number=number)
    totals, cut = proof_of_totals(edition)
    noting.exported(user, "receipt", {"edition": number, "n": len(places)}, person=person.pk)
    return tuple(line_of(edition, one, places[one], keys[one], totals, cut) for one in sorted(places))


def line_of(
    edition: Edition, detention: int, index: int, key: bytes, totals: Totals, cut: Cut
) -> ReceiptLine:
    """The receipt of a detention at its place on the roster, checked. `key`: `counted.case_key`."""
    receipt = Receipt(index, cut_key(key, bytes.fromhex(edition.sha256)))
    return ReceiptLine(detention, receipt, check_receipt(receipt, totals, cut))


def case_keys(person: Person) -> dict[int, bytes]:
    """Detention → its secret. Raises InputRefused `receipt.forgotten`."""
    subject = bytes(person.subject)
    committing = unlocked.codec().committing_keys([subject]).get(subject)
    if committing is None:
        raise InputRefused("receipt.forgotten")
    return {one: case_key(committing, one) for one in person.detentions.values_list("pk", flat=True)}


def places_on_roster(detentions: list[int], size: int) -> dict[int, int]:
    """Detention → its index, of those among the first `size` cases."""
    rows = Leaf.objects.filter(
        log=CASES, index__lt=size, entry__about="case", entry__number__in=detentions
    ).values_list("entry__number", "index")
    return dict(rows)


def roster_size(edition: Edition) -> int:
    """How many cases the roster had when the edition was built.

    Raises InputRefused `edition.not_built`, `receipt.no_totals`.
    """
    built = Build.objects.filter(edition=edition).first()
    if built is None:
        raise InputRefused("edition.not_built", number=edition.number)
    if not built.roster_size:
        raise InputRefused("receipt.no_totals", number=edition.number)
    return int(built.roster_size)


def proof_of_totals(edition: Edition) -> tuple[Totals, Cut]:
    """The proof of an edition's totals as it was signed. Raises as `roster_size` and `built_file`."""
    roster_size(edition)
    totals = read_totals(built_file(edition, TOTALS))
    return totals, read_cut(built_file(edition, CUT), totals.layout)
