"""An auditor's folder (`domain.ledger.audit_folder`) against the edition that it is of: the sample drawn
again, every receipt and every opening."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from constancia.domain.ledger.audit_folder import (
    ANNOUNCED,
    ANNOUNCED_AFTER,
    ANNOUNCED_PROOF,
    ERASED,
    SAMPLE,
    folder_of_case,
)
from constancia.domain.ledger.auditing import Announcement, Sample, check_drawn
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.merkle import check_inclusion
from constancia.domain.ledger.previous import check_previous
from constancia.domain.ledger.proof import TlogProof
from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import Bundle
from constancia.verifier.logged import Rules, Sealed, check_seal, check_sealed, read_rules
from constancia.verifier.manifest import Manifest, check_whole
from constancia.verifier.proven import Proof, check_cut, has_totals
from constancia.verifier.sampled_case import OfEdition, SampledCase, check_case
from constancia.verifier.steps import Asked, verify


@dataclass(frozen=True)
class Sampled:
    """A whole sample that holds. `digest`: SHA-256 of the sample, hexadecimal; `roster`: cases it was drawn
    from; `announced`: the size of the log under whose seal the announcement is, and `witnesses` of that seal:
    (name, seconds since 1970); `erased`: indices of cases that nobody can open any more."""

    sample: Sample
    digest: str
    beacon: str
    roster: int
    announced: int
    witnesses: tuple[tuple[str, int], ...]
    cases: tuple[SampledCase, ...]
    erased: tuple[int, ...]


@dataclass(frozen=True)
class Whole:
    """An edition that was verified and holds, with what a sample of it is checked against."""

    manifest: Manifest
    rules: Rules
    sealed: Sealed
    note: bytes
    proof: Proof


def whole_edition(asked: Asked) -> Whole:
    """The edition, every step of it verified; the receipt of `asked` is not looked at.

    Raises ProofRefused `proof.fails` where it does not hold, `proof.sample_totals` where it proves no totals.
    """
    report = verify(Asked(asked.bundle, asked.previous, asked.policy, asked.key))
    if not report.holds:
        raise ProofRefused("proof.fails", steps=", ".join(map(str, report.failed)))
    bundle = asked.bundle()
    if not has_totals(bundle):
        raise ProofRefused("proof.sample_totals")
    manifest = check_whole(bundle)
    rules = read_rules(bundle, manifest, asked.policy)
    logged, sealed = check_sealed(bundle, manifest, rules)
    return Whole(manifest, rules, sealed, logged.checkpoint, check_cut(bundle, manifest, rules))


def check_sample(folder: Bundle, edition: Whole) -> Sampled:
    """Everything in an auditor's folder.

    Raises ProofRefused: `proof.sample_announced` (another announcement, roster or edition); as `check_drawn`;
    `proof.sample_case` with the index of a case that does not hold and why, `proof.sample_twice` where it is
    a detention that the sample has already; as the readers of each document.
    """
    manifest, proof, sealed = edition.manifest, edition.proof, edition.sealed
    sample, announced = Sample.read(folder[SAMPLE]), Announcement.read(folder[ANNOUNCED])
    if (announced.edition, announced.content) != (manifest.edition, manifest.content):
        raise ProofRefused("proof.sample_announced")
    if announced.roster != proof.roster.checkpoint:
        raise ProofRefused("proof.sample_announced")
    then = _check_announced(folder, sample, edition)
    check_drawn(sample, announced)
    against = OfEdition(proof.totals, proof.cut, sealed.checkpoint, edition.note)
    cases: list[SampledCase] = []
    erased = erased_of(folder, sample)
    for index in sample.indices:
        if index not in erased:
            cases.append(_one(folder, index, against, {one.detention for one in cases}))
    return Sampled(
        sample, sha256(folder[SAMPLE]).hexdigest(), announced.beacon, announced.roster.size,
        then.checkpoint.size, then.seen, tuple(cases), erased,
    )  # fmt: skip


def erased_of(folder: Bundle, sample: Sample) -> tuple[int, ...]:
    """The cases of the sample of which the folder only says that their key is destroyed. No auditor can
    confirm them."""
    return tuple(one for one in sample.indices if f"{folder_of_case(one)}/{ERASED}" in folder)


def _one(folder: Bundle, index: int, against: OfEdition, seen: set[int]) -> SampledCase:
    try:
        found = check_case(folder, index, against)
    except ProofRefused as refused:
        raise ProofRefused("proof.sample_case", index=index, why=refused.code) from None
    if found.detention in seen:
        raise ProofRefused("proof.sample_twice", index=index)
    return found


def _check_announced(folder: Bundle, sample: Sample, edition: Whole) -> Sealed:
    """The seal that the announcement was entered under: of the same log, grown since the edition."""
    data, rules = folder[ANNOUNCED], edition.rules
    if sha256(data).hexdigest() != sample.announcement:
        raise ProofRefused("proof.sample_announced")
    log, proof = rules.log(edition.manifest.log), TlogProof.read(folder[ANNOUNCED_PROOF])
    if proof.extra:
        raise ProofRefused("proof.form")
    then = check_seal(proof.checkpoint, log, rules)
    leaf = Entry("audit", sample.week, sha256(data).digest()).leaf()
    check_inclusion(proof.index, then.checkpoint.size, leaf, proof.hashes, then.checkpoint.root)
    older, _ = check_previous(
        folder[ANNOUNCED_AFTER], then.checkpoint, log, rules.witnesses(), strict=True
    )  # fmt: skip
    if older != edition.sealed.checkpoint or proof.index < older.size:
        raise ProofRefused("proof.sample_announced")
    return then
