"""Audits by sample: announced before the beacon has its value, drawn by it, and what the auditor found.
Each step is entered into the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.ledger.queries import proofs
from constancia.apps.ledger.services.appending import append_notice
from constancia.apps.ledger.services.cosigning import seal_and_cosign
from constancia.apps.publishing import audits
from constancia.apps.publishing.access import edition_of
from constancia.apps.publishing.queries.auditing import files_of_sample
from constancia.apps.publishing.queries.receipts import proof_of_totals
from constancia.apps.register import noting
from constancia.domain.errors import InputRefused, NotFound, StoreRefused
from constancia.domain.ledger.auditing import (
    Announcement,
    Result,
    Sample,
    drawn,
    found_json,
    is_beacon,
    result_of,
    value_of,
)
from constancia.domain.ledger.note import SIGNATURE, Key, open_note
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.sampling import excluded_share
from constancia.domain.publishing.canonical import canonical, sha256
from constancia.infra import clock
from constancia.infra.files import PRIVATE_FOLDER, private_folder, write_whole
from constancia.infra.writer import writing


@dataclass(frozen=True, slots=True)
class Found:
    """A result that is in the log: of whom, and the share of the roster above which it excludes that cases
    are invented, with 95 % confidence."""

    result: Result
    auditor: str
    share: Fraction


def announce(actor: User, number: int, beacon: str, *, at: datetime | None = None) -> audits.Announced:
    """Enters which public beacon will decide the sample of an edition, and seals it.

    Raises NotAllowed; NotFound `edition.not_found`; InputRefused `audit.beacon`, `audit.announced` (one is
    announced and not drawn yet), as `receipts.proof_of_totals`; what `seal_and_cosign` raises.
    """
    allow(actor, Permission.EDITION_WORK)
    edition = edition_of(number)
    if not is_beacon(beacon):
        raise InputRefused("audit.beacon")
    totals, _ = proof_of_totals(edition)
    said = Announcement(number, edition.sha256, totals.roster, beacon)
    with writing():
        before = audits.announced_of(number)
        if before is not None and not audits.samples_of(before):
            raise InputRefused("audit.announced", number=number)
        append_notice("audit", said.as_json(), at or clock.now())
    seal_and_cosign(at=at)
    found = audits.announced_of(number)
    assert found is not None
    return found


def draw(
    actor: User, number: int, value: str, count: int, folder: Path, *, at: datetime | None = None
) -> Sample:
    """Draws `count` cases by the beacon's value, enters the draw (places on the roster, nobody's name) and
    writes the auditor's folder, for its owner alone. The same draw again writes the folder again.

    Raises NotAllowed; NotFound `edition.not_found`, `audit.not_announced`, `ledger.not_sealed`; InputRefused
    `audit.drawn_other` (the announced beacon had another value); StoreRefused `audit.folder` (something lies
    there), `audit.folder_unwritable`; ProofRefused `proof.beacon_value`, `proof.sample`; as
    `queries.auditing.files_of_sample`.
    """
    for needed in (Permission.EDITION_WORK, Permission.IDENTITY_READ, Permission.CASE_EXPORT):
        allow(actor, needed)
    edition = edition_of(number)
    announced = audits.announced_of(number)
    if announced is None:
        raise NotFound("audit.not_announced", number=number)
    proofs.covering("notice", announced.number)
    value = value_of(value)
    indices = drawn(announced.said, value, count)
    sample = Sample(number, edition.sha256, announced.digest, announced.week, value, indices)
    _refuse_unless_free(folder)
    files = files_of_sample(actor, edition, announced, sample)
    with writing():
        before = audits.samples_of(announced)
        if any(one.value != value for one in before):
            raise InputRefused("audit.drawn_other", number=number)
        if sample not in before:
            append_notice("audit", sample.as_json(), at or clock.now())
    whole = sha256(canonical({name: sha256(data) for name, data in files.items()}))
    noting.exported(actor, "audit_sample", {"edition": number, "n": len(indices), "sha256": whole})
    try:
        _write(folder, files)
    except OSError:
        raise StoreRefused("audit.folder_unwritable") from None
    return sample


def enter_result(actor: User, note: bytes, vkey: str, *, at: datetime | None = None) -> Found:
    """Enters what an auditor found, and seals it. `vkey`: the auditor's verifier key, got from themselves.

    Raises NotAllowed; ProofRefused `proof.key`, `proof.auditor_key` (no key that signs), as `open_note` and
    `Result.read`, `proof.result_cases` (not of the cases drawn); NotFound `audit.no_such_draw`; InputRefused
    `audit.result_there`; what `seal_and_cosign` raises.
    """
    allow(actor, Permission.EDITION_WORK)
    key = Key.read(vkey.strip())
    if key.kind != SIGNATURE:
        raise ProofRefused("proof.auditor_key")
    opened = open_note(note, [key], strict=True)
    result = Result.read(opened.text)
    sample = audits.sample_called(result.sample)
    if sample is None:
        raise NotFound("audit.no_such_draw")
    if result_of(sample, result.sample, result.confirmed, result.bad) != result:
        raise ProofRefused("proof.result_cases")
    signatures = note.decode().removeprefix(opened.text + "\n")
    with writing():
        if audits.is_found(result):
            raise InputRefused("audit.result_there", number=result.edition)
        append_notice("audit", found_json(result, signatures, str(key)), at or clock.now())
    seal_and_cosign(at=at)
    return Found(result, key.name, excluded_share(result.examined, len(result.bad)))


def _refuse_unless_free(folder: Path) -> None:
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise StoreRefused("audit.folder")
    except OSError:
        raise StoreRefused("audit.folder_unwritable") from None


def _write(folder: Path, files: dict[str, bytes]) -> None:
    private_folder(folder)
    folder.chmod(PRIVATE_FOLDER)
    for name, data in files.items():
        private_folder((folder / name).parent)
        write_whole(folder / name, data)
