"""One case of an auditor's folder: its receipt, its entry on the roster, and its records, each proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from constancia.domain.ledger.audit_folder import CASE, RECEIPT, RECORDS, folder_of_case
from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.cut import Cut
from constancia.domain.ledger.disclosure import Shown, read_shown
from constancia.domain.ledger.merkle import check_inclusion
from constancia.domain.ledger.proof import TlogProof
from constancia.domain.ledger.receipt import Receipt, check_receipt
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.ledger.slots import read
from constancia.domain.ledger.totals import Totals
from constancia.verifier.bundle import Bundle


@dataclass(frozen=True)
class OfEdition:
    """The proof that a case is checked against: `checkpoint` of the log of facts, and `note`: its bytes."""

    totals: Totals
    cut: Cut
    checkpoint: Checkpoint
    note: bytes


@dataclass(frozen=True)
class SampledCase:
    """A case that holds: its `index` on the roster, number of the detention, the person's code, whether it is
    counted, and how many `records` of it were opened."""

    index: int
    detention: int
    person: str
    counted: bool
    records: int


def check_case(folder: Bundle, index: int, against: OfEdition) -> SampledCase:
    """Raises ProofRefused: as `Receipt.read`, `check_receipt`, `read_shown`, `Shown.entry`,
    `TlogProof.read`, `check_inclusion`; `proof.sample_index` (a receipt of another line),
    `proof.sample_roster` (opened is not what stands on the roster), `proof.sample_checkpoint` (a proof under
    another seal than the edition's), `proof.sample_other_person` (a record of another case),
    `proof.sample_record` (a record twice, or without its number), `proof.sample_empty` (no record)."""
    name = folder_of_case(index)
    receipt = Receipt.read(folder[f"{name}/{RECEIPT}"].decode("utf-8", "replace"))
    if receipt.index != index:
        raise ProofRefused("proof.sample_index")
    counted = check_receipt(receipt, against.totals, against.cut)
    detention, person = _on_roster(folder[f"{name}/{CASE}"], index, against.cut)
    seen: set[tuple[str, int]] = set()
    for line in _lines(folder[f"{name}/{RECORDS}"]):
        fields = _proven(read_shown(line), against)
        if fields.get("person") != person or fields.get("detention", detention) != detention:
            raise ProofRefused("proof.sample_other_person")
        record = fields.get("record"), fields.get("number")
        if not isinstance(record[0], str) or not isinstance(record[1], int) or record in seen:
            raise ProofRefused("proof.sample_record")
        seen.add((record[0], record[1]))
    if not any(about == "fact" for about, _ in seen):
        raise ProofRefused("proof.sample_empty")
    return SampledCase(index, detention, person, bool(counted), len(seen))


def _lines(data: bytes) -> list[bytes]:
    """Each ended by a line feed, so that there is one way to write them."""
    if data and not data.endswith(b"\n"):
        raise ProofRefused("proof.sample_record")
    return data.split(b"\n")[:-1]


def _on_roster(data: bytes, index: int, cut: Cut) -> tuple[int, str]:
    """The detention and the person of a line: what is opened leads to that line and no other."""
    shown = read_shown(data)
    fields = _fields(shown)
    number, person = fields.get("number"), fields.get("person")
    if shown.kind != "case" or shown.entry(SLOT_OF).leaf() != cut.lines[index].leaf:
        raise ProofRefused("proof.sample_roster")
    if fields.get("record") != "case" or not isinstance(number, int):
        raise ProofRefused("proof.sample_roster")
    if not isinstance(person, str) or not person.isprintable():
        raise ProofRefused("proof.sample_roster")
    return number, person


def _proven(shown: Shown, against: OfEdition) -> dict[str, Any]:
    proof = TlogProof.read(shown.proof.encode())
    if proof.extra:
        raise ProofRefused("proof.form")
    if proof.checkpoint != against.note or shown.kind != "fact":
        raise ProofRefused("proof.sample_checkpoint")
    leaf, at = shown.entry(SLOT_OF).leaf(), against.checkpoint
    check_inclusion(proof.index, at.size, leaf, proof.hashes, at.root)
    return _fields(shown)


def _fields(shown: Shown) -> dict[str, Any]:
    return {one.name: read(one.value) for one in shown.disclosure.fields}
