"""Every field of every kind of fact has a slot, its own, and keeps it."""

from __future__ import annotations

from hashlib import sha256

from constancia.domain.facts.kinds import KINDS
from constancia.domain.ledger.schema import COMMON, FIELDS, OWN, SLOT_OF
from constancia.domain.ledger.slots import SLOTS

RECORDS = {"review", "attestation", "custody"}


def test_every_kind_of_fact_has_all_its_fields_in_the_schema() -> None:
    assert set(FIELDS) == set(KINDS) | RECORDS
    assert {kind: set(FIELDS[kind]) for kind in KINDS} == {
        kind: set(KINDS[kind].model_fields) for kind in KINDS
    }


def test_no_slot_holds_two_fields_of_one_record() -> None:
    assert len(COMMON) <= OWN
    assert all(len(set(names)) == len(names) <= SLOTS - OWN for names in FIELDS.values())
    assert all(
        SLOT_OF[f"{kind}.{name}"] == OWN + at
        for kind, names in FIELDS.items()
        for at, name in enumerate(names)
    )


def test_what_once_had_a_slot_keeps_it() -> None:
    """Leaves of today must be checkable for ever: fields are added at the end of their kind, and this digest
    is written anew only then."""
    told = "\n".join(f"{slot} {name}" for name, slot in sorted(SLOT_OF.items()))
    assert (
        sha256(told.encode()).hexdigest()
        == "5bd292833a5b3682c024115ce6bf1528c31078a40b5fa466ff32f02b5360b30e"
    )
