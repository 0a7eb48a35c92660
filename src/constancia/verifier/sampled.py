"""An auditor's folder (`domain.ledger.audit_folder`) against the edition that it is of: the sample drawn
again, every receipt and every opening."""

from __future__ import annotations

from collections.abc import Callable
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
from constancia.verifier.proven import check_cut, has_totals
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


def check_sample(
    folder: Bundle, asked: Asked, on_case: Callable[[SampledCase], object] | None = None
) -> Sampled:
    """Everything in an auditor's folder, against the edition of `asked`; its receipt is not looked at.

    Raises ProofRefused: `proof.fails` where the edition itself does not hold, `proof.sample_totals` where it
    proves no totals; `proof.sample_announced` (another announcement, roster or edition); as `check_drawn`;
    `proof.sample_case` with the index of a case that does not hold and why; as the readers of each document.
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
    proof = check_cut(bundle, manifest, rules)
    sample, announced = Sample.read(folder[SAMPLE]), Announcement.read(folder[ANNOUNCED])
    if (announced.edition, announced.content) != (manifest.edition, manifest.content):
        raise ProofRefused("proof.sample_announced")
    if announced.roster != proof.roster.checkpoint:
        raise ProofRefused("proof.sample_announced")
    then = _check_announced(folder, sample, manifest, rules, sealed)
    check_drawn(sample, announced)
    against = OfEdition(proof.totals, proof.cut, sealed.checkpoint, logged.checkpoint)
    cases: list[SampledCase] = []
    erased = erased_of(folder, sample)
    for index in sample.indices:
        if index in erased:
            continue
        cases.append(_one(folder, index, against, {one.detention for one in cases}))
        if on_case:
            on_case(cases[-1])
    digest = sha256(folder[SAMPLE]).hexdigest()
    size = then.checkpoint.size
    return Sampled(
        sample, digest, announced.beacon, announced.roster.size, size, then.seen, tuple(cases),
        erased,
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


def _check_announced(
    folder: Bundle, sample: Sample, manifest: Manifest, rules: Rules, sealed: Sealed
) -> Sealed:
    """The seal that the announcement was entered under: of the same log, grown since the edition."""
    data = folder[ANNOUNCED]
    if sha256(data).hexdigest() != sample.announcement:
        raise ProofRefused("proof.sample_announced")
    log, proof = rules.log(manifest.log), TlogProof.read(folder[ANNOUNCED_PROOF])
    if proof.extra:
        raise ProofRefused("proof.form")
    then = check_seal(proof.checkpoint, log, rules)
    leaf = Entry("audit", sample.week, sha256(data).digest()).leaf()
    check_inclusion(proof.index, then.checkpoint.size, leaf, proof.hashes, then.checkpoint.root)
    older, _ = check_previous(
        folder[ANNOUNCED_AFTER], then.checkpoint, log, rules.witnesses(), strict=True
    )  # fmt: skip
    if older != sealed.checkpoint or proof.index < older.size:
        raise ProofRefused("proof.sample_announced")
    return then
