"""Taking in a document, having it read, and deciding on what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from uuid import uuid4

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims import models
from constancia.apps.claims.access import claim_row, document_of
from constancia.apps.claims.proposing import propose, propose_by_model
from constancia.apps.claims.recording import recording
from constancia.apps.claims.shaping import checked, claim_of, row_of
from constancia.apps.claims.standing import Standing, standings
from constancia.domain.claims.alike import digest, sketch
from constancia.domain.claims.claim import Claim
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language, language
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import ClaimDecision, PublicationKind
from constancia.infra import unlocked
from constancia.infra.evidence import EvidenceStore
from constancia.infra.texts import tidy

TITLE, PUBLISHER, ADDRESS, NOTE = 400, 200, 2000, 1000


@dataclass(frozen=True, slots=True)
class DocumentGiven:
    """A document as a person enters it. `file`: the bytes it came as, empty for pasted text."""

    title: str
    publisher: str
    kind: PublicationKind
    language: Language
    published: date | None
    text: str
    address: str = ""
    file: bytes = b""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What taking in a document did: its number, and how many claims were read in it."""

    document: int
    proposed: int


def add_document(
    actor: User, given: DocumentGiven, *, again: bool = False, read: bool = True, at: datetime | None = None
) -> Added:
    """Keeps a document and proposes the claims that the reader finds in it.

    Raises NotAllowed; InputRefused `claims.document_empty`, `claims.title`, `claims.address`,
    `claims.document_there` (the very same words are there already, unless `again`), and what
    `infra.texts.tidy` and `names.written` raise.
    """
    allow(actor, Permission.CLAIMS_WORK)
    title = written(given.title, limit=TITLE)
    if not given.text.strip():
        raise InputRefused("claims.document_empty")
    text, _notes = tidy(given.text)
    if not title:
        raise InputRefused("claims.title")
    address = written(given.address, limit=ADDRESS)
    if address and not address.startswith(("https://", "http://")):
        raise InputRefused("claims.address")
    same = digest(text)
    publisher = written(given.publisher, limit=PUBLISHER)
    proposals = propose(text, given.language, given.published, publisher, address) if read else []
    with recording(at) as known_at:
        there = models.Document.objects.filter(digest=same).values_list("pk", flat=True).first()
        if there is not None and not again:
            raise InputRefused("claims.document_there", number=there)
        document = models.Document(
            title=title,
            publisher=publisher,
            kind=given.kind.value,
            language=given.language,
            published=given.published,
            address=address,
            text=text,
            digest=same,
            sketch=list(sketch(text)),
            media_type=given.media_type,
            known_at=known_at,
            recorded_by=actor,
        )
        if given.file:
            _keep(document, given.file)
        document.save()
        _record(actor, document, proposals, known_at)
    return Added(document.pk, len(proposals))


def _keep(document: models.Document, content: bytes) -> None:
    """The file as it came, sealed under a key of its own."""
    subject, codec = uuid4().bytes, unlocked.codec()
    codec.create_subjects([subject])
    stored = EvidenceStore(unlocked.home().evidence, codec).put(subject, BytesIO(content))
    document.subject, document.file = subject, stored.name
    document.file_sha256, document.file_size = stored.sha256, stored.size


def _record(
    actor: User,
    document: models.Document,
    proposals: list[Claim],
    known_at: datetime,
    proposed_by: str = "reader",
) -> None:
    models.Claim.objects.bulk_create(
        row_of(
            checked(claim, document.text), document, proposed_by=proposed_by, actor=actor, known_at=known_at
        )
        for claim in proposals
    )


def read_again(actor: User, document: int, *, at: datetime | None = None) -> int:
    """Reads a document anew and proposes what nobody has proposed yet. Returns how many.

    Raises NotAllowed, NotFound (`claims.document_not_found`).
    """
    allow(actor, Permission.CLAIMS_WORK)
    found = document_of(document)
    spoken = language(found.language)
    proposals = propose(found.text, spoken, found.published, found.publisher, found.address)
    return _propose_new(actor, found, proposals, "reader", at)


def _propose_new(
    actor: User, document: models.Document, proposals: list[Claim], proposed_by: str, at: datetime | None
) -> int:
    with recording(at) as known_at:
        there = {_gist(claim_of(row)) for row in document.claims.all()}
        new = [claim for claim in proposals if _gist(claim) not in there]
        _record(actor, document, new, known_at, proposed_by)
    return len(new)


def ask_model(actor: User, document: int, *, at: datetime | None = None) -> int:
    """Lets the organisation's own model propose claims of a public document. Returns how many are new.

    Raises NotAllowed, NotFound (`claims.document_not_found`), and as `propose_by_model`.
    """
    allow(actor, Permission.CLAIMS_WORK)
    found = document_of(document)
    return _propose_new(actor, found, propose_by_model(found.text), "model", at)


def _gist(claim: Claim) -> tuple[object, ...]:
    return claim.start, claim.value, claim.about


def add_claim(actor: User, document: int, claim: Claim, *, note: str = "", at: datetime | None = None) -> int:
    """A claim that a person saw and the reader did not; confirmed by being entered. Returns its number.

    Raises NotAllowed, NotFound (`claims.document_not_found`), InputRefused as `shaping.checked`.
    """
    allow(actor, Permission.CLAIMS_WORK)
    found = document_of(document)
    with recording(at) as known_at:
        row = row_of(checked(claim, found.text), found, proposed_by="person", actor=actor, known_at=known_at)
        row.save()
        _decide(actor, row, ClaimDecision.CONFIRM, note, known_at)
    return int(row.pk)


def correct(actor: User, claim: int, better: Claim, *, note: str = "", at: datetime | None = None) -> int:
    """Puts `better` in the place of a claim and confirms it. Returns the number of the new one.

    Raises as `add_claim`, and InputRefused `claim.corrected` where that was done before.
    """
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        old = _open_claim(claim)
        row = row_of(
            checked(better, old.document.text),
            old.document,
            proposed_by="person",
            actor=actor,
            known_at=known_at,
            supersedes=old,
        )
        row.save()
        _decide(actor, row, ClaimDecision.CONFIRM, note, known_at)
    return int(row.pk)


def confirm(actor: User, claim: int, *, note: str = "", at: datetime | None = None) -> None:
    """From now on the claim counts as said. Raises NotAllowed, NotFound, InputRefused `claim.corrected`."""
    _judge(actor, claim, ClaimDecision.CONFIRM, note, at)


def reject(actor: User, claim: int, *, note: str = "", at: datetime | None = None) -> None:
    """The text does not say that. Raises as `confirm`."""
    _judge(actor, claim, ClaimDecision.REJECT, note, at)


def retract(actor: User, claim: int, *, note: str = "", at: datetime | None = None) -> None:
    """Takes the last decision on a claim back: it is proposed again; of a correction, what it corrected."""
    _judge(actor, claim, ClaimDecision.RETRACT, note, at)


def _judge(actor: User, claim: int, verdict: ClaimDecision, note: str, at: datetime | None) -> None:
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        _decide(actor, _open_claim(claim), verdict, note, known_at)


def _decide(actor: User, claim: models.Claim, verdict: ClaimDecision, note: str, known_at: datetime) -> None:
    models.Decision(
        claim=claim,
        verdict=verdict.value,
        note=written(note, limit=NOTE),
        known_at=known_at,
        decided_by=actor,
    ).save()


def _open_claim(number: int) -> models.Claim:
    """The claim, unless it was corrected: then one works on the correction."""
    found = claim_row(number)
    if standings(found.document.claims.all())[number] is Standing.CORRECTED:
        raise InputRefused("claim.corrected")
    return found
