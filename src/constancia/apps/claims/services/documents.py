"""Taking in a document, and having it read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from uuid import uuid4

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims import models
from constancia.apps.claims.access import open_document
from constancia.apps.claims.amended import withdrawn
from constancia.apps.claims.proposing import propose, propose_by_model
from constancia.apps.claims.recording import not_ahead, recording
from constancia.apps.claims.rereading import told_anew
from constancia.apps.claims.shaping import checked, row_of
from constancia.domain.claims.alike import digest, sketch
from constancia.domain.claims.claim import Claim
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language, language
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import PublicationKind
from constancia.infra import unlocked
from constancia.infra.evidence import EvidenceStore
from constancia.infra.texts import tidy

TITLE, PUBLISHER, ADDRESS = 400, 200, 2000


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
    """What taking in a document did: its number, how many claims were read in it, and what a person should
    know of its text (codes of the catalogue)."""

    document: int
    proposed: int
    notes: tuple[str, ...] = ()


def add_document(
    actor: User, given: DocumentGiven, *, again: bool = False, read: bool = True, at: datetime | None = None
) -> Added:
    """Keeps a document and proposes the claims that the reader finds in it.

    Raises NotAllowed; InputRefused `claims.document_empty`, `claims.title`, `claims.address`,
    `claims.document_ahead` (a day to come), `claims.document_there` (the very same words are there already
    and not withdrawn, unless `again`), and what `infra.texts.tidy` and `names.written` raise.
    """
    allow(actor, Permission.CLAIMS_WORK)
    if not given.text.strip():
        raise InputRefused("claims.document_empty")
    text, notes = tidy(given.text)
    title, publisher, address = of_itself(given.title, given.publisher, given.address)
    same = digest(text)
    proposals = propose(text, given.language, given.published, publisher, address) if read else []
    with recording(at) as known_at:
        not_ahead("claims.document_ahead", given.published, known_at)
        others = models.Document.objects.filter(digest=same).exclude(pk__in=withdrawn())
        there = others.values_list("pk", flat=True).first()
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
        _record(actor, document, ((claim, None) for claim in proposals), known_at)
    return Added(document.pk, len(proposals), notes)


def of_itself(title: str, publisher: str, address: str) -> tuple[str, str, str]:
    """Title, publisher and address in their form.

    Raises InputRefused `claims.title`, `claims.address`, and what `names.written` raises.
    """
    title, address = written(title, limit=TITLE), written(address, limit=ADDRESS)
    if not title:
        raise InputRefused("claims.title")
    if address and not address.startswith(("https://", "http://")):
        raise InputRefused("claims.address")
    return title, written(publisher, limit=PUBLISHER), address


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
    proposals: Iterable[tuple[Claim, models.Claim | None]],
    known_at: datetime,
    proposed_by: str = "reader",
) -> None:
    models.Claim.objects.bulk_create(
        row_of(
            checked(claim, document.text),
            document,
            proposed_by=proposed_by,
            actor=actor,
            known_at=known_at,
            supersedes=old,
        )
        for claim, old in proposals
    )


def read_again(actor: User, document: int, *, at: datetime | None = None) -> int:
    """Reads a document anew, as it says of itself now, and proposes what nobody has decided on yet.

    What is read otherwise than before takes the place of what was proposed. Returns how many are new.
    Raises NotAllowed, NotFound (`claims.document_not_found`), InputRefused `claims.document_withdrawn`.
    """
    allow(actor, Permission.CLAIMS_WORK)
    found = open_document(document)
    spoken = language(found.language)
    proposals = propose(found.text, spoken, found.published, found.publisher, found.address)
    return _propose_new(actor, found, proposals, "reader", at)


def ask_model(actor: User, document: int, *, at: datetime | None = None) -> int:
    """Lets the organisation's own model propose claims of a public document. Returns how many are new.

    Raises as `read_again`, and as `propose_by_model`.
    """
    allow(actor, Permission.CLAIMS_WORK)
    found = open_document(document)
    return _propose_new(actor, found, propose_by_model(found.text), "model", at)


def _propose_new(
    actor: User, document: models.Document, proposals: list[Claim], proposed_by: str, at: datetime | None
) -> int:
    with recording(at) as known_at:
        new = told_anew(list(document.claims.all()), proposals, replacing=proposed_by == "reader")
        _record(actor, document, new, known_at, proposed_by)
    return len(new)
