"""Saying better what a document says of itself, and withdrawing one that was entered in error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims.access import document_of, is_withdrawn, open_document
from constancia.apps.claims.amended import OF_ITSELF
from constancia.apps.claims.models import Amendment, Document
from constancia.apps.claims.recording import not_ahead, recording
from constancia.apps.claims.services.documents import of_itself
from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import PublicationKind

NOTE = 1000


@dataclass(frozen=True, slots=True)
class DocumentSaid:
    """What a document says of itself, as a person corrects it."""

    title: str
    publisher: str
    kind: PublicationKind
    language: Language
    published: date | None
    address: str = ""


def correct_document(
    actor: User, number: int, said: DocumentSaid, *, note: str, at: datetime | None = None
) -> None:
    """From now on the document says this of itself; one that was withdrawn stands again. `note`: why.

    Neither its text nor its file changes, and no claim: to have it read so, `read_again`.
    Raises NotAllowed; NotFound (`claims.document_not_found`); InputRefused `claims.document_reason`,
    `claims.document_unchanged`, `claims.document_ahead`, `claims.title`, `claims.address`, and what
    `names.written` raises.
    """
    allow(actor, Permission.CLAIMS_WORK)
    reason = _reason(note)
    title, publisher, address = of_itself(said.title, said.publisher, said.address)
    with recording(at) as known_at:
        not_ahead("claims.document_ahead", said.published, known_at)
        old = document_of(number)
        new = Amendment(
            document_id=number,
            title=title,
            publisher=publisher,
            kind=said.kind.value,
            language=said.language,
            published=said.published,
            address=address,
            note=reason,
            known_at=known_at,
            recorded_by=actor,
        )
        if not is_withdrawn(number) and all(getattr(old, name) == getattr(new, name) for name in OF_ITSELF):
            raise InputRefused("claims.document_unchanged")
        new.save()


def withdraw_document(actor: User, number: int, *, note: str, at: datetime | None = None) -> None:
    """It was entered in error: what is said in it counts nowhere any more. `note`: why.

    Raises NotAllowed; NotFound (`claims.document_not_found`); InputRefused `claims.document_reason`,
    `claims.document_withdrawn`.
    """
    allow(actor, Permission.CLAIMS_WORK)
    reason = _reason(note)
    with recording(at) as known_at:
        old: Document = open_document(number)
        said = {name: getattr(old, name) for name in OF_ITSELF}
        Amendment(
            document_id=number, **said, withdrawn=True, note=reason, known_at=known_at, recorded_by=actor
        ).save()


def _reason(note: str) -> str:
    reason = written(note, limit=NOTE)
    if not reason:
        raise InputRefused("claims.document_reason")
    return reason
