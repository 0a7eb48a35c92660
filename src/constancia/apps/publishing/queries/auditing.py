"""What an auditor is given of the cases that were drawn: everything that the ledger committed to, opened."""

from __future__ import annotations

from collections.abc import Iterator

from constancia.apps.accounts.models import User
from constancia.apps.ledger.models import FACTS
from constancia.apps.ledger.queries import proofs
from constancia.apps.publishing.access import content_of
from constancia.apps.publishing.audits import Announced
from constancia.apps.publishing.models import Edition
from constancia.apps.publishing.proving.counted import case_key
from constancia.apps.publishing.proving.parts import PLACE
from constancia.apps.publishing.queries.receipts import line_of, proof_of_totals
from constancia.apps.publishing.services.building import file_at
from constancia.apps.publishing.telling_cases import told_case, told_erased, told_folder
from constancia.apps.register.evidence import evidence_of
from constancia.apps.register.models import Detention
from constancia.apps.register.opening import Opening, opening_of_case, openings
from constancia.domain.errors import NotFound
from constancia.domain.ledger import audit_folder as named
from constancia.domain.ledger.auditing import Sample
from constancia.domain.ledger.proof import TlogProof
from constancia.domain.ledger.slots import read
from constancia.domain.ledger.strict_json import canonical
from constancia.infra import unlocked


def files_of_sample(user: User, edition: Edition, announced: Announced, sample: Sample) -> dict[str, bytes]:
    """The auditor's folder (`domain.ledger.audit_folder`): of every case what was in the log when the edition
    took its place there, each proven under the seal that the edition carries.

    Raises as `receipts.proof_of_totals`, `opening.openings`; NotFound `ledger.not_sealed`, `edition.no_file`
    where the edition's place in the log is not among its files.
    """
    return dict(_Folder(user, edition, announced, sample).files())


class _Folder:
    def __init__(self, user: User, edition: Edition, announced: Announced, sample: Sample) -> None:
        self._user, self._edition, self._announced, self._sample = user, edition, announced, sample
        self._note = TlogProof.read(file_at(edition.number, PLACE)).checkpoint
        self._content = content_of(edition)
        self._totals, self._cut = proof_of_totals(edition)

    def files(self) -> Iterator[tuple[str, bytes]]:
        about, number = "notice", self._announced.number
        _, newer = proofs.covering(about, number)
        older = proofs.checkpoint_at(FACTS, proofs.size_of_note(self._note))
        grown = proofs.growth(FACTS, older, newer)
        yield named.SAMPLE, self._sample.data()
        yield named.ANNOUNCED, self._announced.said.data()
        yield named.ANNOUNCED_PROOF, proofs.proof_of(about, number).data()
        yield named.ANNOUNCED_AFTER, grown.data()
        yield named.README, told_folder(self._sample, self._announced.said).encode()
        roster = proofs.roster(self._totals.roster.size)
        for index in self._sample.indices:
            folder = named.folder_of_case(index)
            for name, data in self._case(index, roster[index].detention):
                yield f"{folder}/{name}", data

    def _case(self, index: int, number: int | None) -> Iterator[tuple[str, bytes]]:
        detention = Detention.objects.filter(pk=number or 0).select_related("person").first()
        subject = bytes(detention.person.subject) if detention else b""
        key = unlocked.codec().committing_keys([subject]).get(subject)
        if detention is None or key is None:
            yield named.ERASED, told_erased().encode()
            return
        line = line_of(
            self._edition, detention.pk, index, case_key(key, detention.pk), self._totals, self._cut
        )
        case = opening_of_case(self._user, detention.pk)
        records = self._records(detention)
        facts = [one.number for one in records if one.about == "fact"]
        files = evidence_of(self._user, facts)
        yield named.RECEIPT, f"{line.receipt}\n".encode()
        yield named.CASE, case.shown.data()
        yield named.RECORDS, b"".join(one.shown.data() + b"\n" for one in records)
        yield named.EVIDENCE, canonical([
            {"fact": fact, "sha256": one.sha256, "size": one.size, "media_type": one.media_type}
            for fact, one in files
        ])  # fmt: skip
        told = told_case(self._user, detention, index, line, self._content, set(facts), files)
        yield named.TOLD, told.encode()

    def _records(self, detention: Detention) -> list[Opening]:
        """Of the person and of this detention, not of another one; reviews and sources of these facts."""
        found: list[Opening] = []
        facts: set[int] = set()
        for one in openings(self._user, detention.person.code, prove=self._prove):
            fields = {field.name: field.value for field in one.shown.disclosure.fields}
            if one.about == "fact":
                if read(fields.get("detention", str(detention.pk))) != detention.pk:
                    continue
                facts.add(one.number)
            elif read(fields[f"{one.about}.fact"]) not in facts:
                continue
            found.append(one)
        return found

    def _prove(self, about: str, number: int) -> TlogProof | None:
        """What came into the log after the edition is no part of what it says."""
        try:
            return proofs.proof_under(about, number, self._note)
        except NotFound:
            return None
