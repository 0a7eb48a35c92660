"""A file becomes a document in two steps: its text is taken out, and a person looks before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.claims.models import Arrival
from constancia.apps.claims.services.documents import Added, DocumentGiven, add_document
from constancia.domain.claims.reading import LIMIT
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.vocabulary.terms import PublicationKind
from constancia.infra import clock, unlocked
from constancia.infra.evidence import Stored
from constancia.infra.inbox import Inbox
from constancia.infra.texts import Extracted, extract
from constancia.infra.writer import writing

KEPT = timedelta(days=1)
FIELDS = ("title", "publisher", "language", "published", "address", "kind")


def receive(
    actor: User, content: bytes, *, name: str = "", media: str = "", typed: Mapping[str, str] | None = None
) -> int:
    """Takes the text out of a file and keeps both until somebody has looked. Returns the arrival's number.

    `typed`: what the sender wrote of it; it goes before what the file says of itself.
    Raises NotAllowed, TextRefused as `infra.texts.extract`, InputRefused as `hold`; nothing is kept then.
    """
    allow(actor, Permission.CLAIMS_WORK)
    return hold(actor, content, extract(content, name=name, media=media), typed)


def hold(actor: User, content: bytes, extracted: Extracted, typed: Mapping[str, str] | None = None) -> int:
    """The same for a file whose text has been taken out already. Those of other days go away.

    Raises NotAllowed; InputRefused `claims.text_too_long` for more than is ever read.
    """
    allow(actor, Permission.CLAIMS_WORK)
    if len(extracted.text) > LIMIT:
        raise InputRefused("claims.text_too_long", limit=LIMIT)
    given = _given(extracted)
    given |= {field: value for field, value in (typed or {}).items() if field in FIELDS and value}
    for old in Arrival.objects.filter(received_at__lt=clock.now() - KEPT):
        _forget(old)
    subject = uuid4().bytes
    unlocked.codec().create_subjects([subject])
    stored = _inbox().put(subject, BytesIO(content))
    with writing():
        made = Arrival.objects.create(
            file=stored.name,
            subject=subject,
            sha256=stored.sha256,
            size=stored.size,
            given=given,
            received_at=clock.now(),
            received_by=actor,
        )
    return int(made.pk)


def arrival(actor: User, number: int) -> dict[str, Any]:
    """What was taken out of a file: `text`, `media`, `notes`, and the fields of a document as JSON.

    Raises NotFound (`claims.arrival_not_found`), for those too who take in no documents.
    """
    given: dict[str, Any] = _arrival(actor, number).given
    return given


def keep(actor: User, number: int, given: DocumentGiven, *, again: bool = False) -> Added:
    """The document as a person has checked it, with the file that it came as. Raises as `add_document`."""
    found = _arrival(actor, number)
    stored = Stored(found.file, found.sha256, found.size)
    content = b"".join(_inbox().read(bytes(found.subject), stored))
    whole = DocumentGiven(
        title=given.title,
        publisher=given.publisher,
        kind=given.kind,
        language=given.language,
        published=given.published,
        text=given.text,
        address=given.address,
        file=content,
        media_type=str(found.given["media"]),
    )
    added = add_document(actor, whole, again=again)
    _forget(found)
    return added


def discard(actor: User, number: int) -> None:
    """Takes the file away. Raises NotFound."""
    _forget(_arrival(actor, number))


def _given(extracted: Extracted) -> dict[str, Any]:
    published: date | None = extracted.published
    return {
        "text": extracted.text,
        "media": extracted.media,
        "notes": list(extracted.notes),
        "title": extracted.title,
        "publisher": extracted.publisher,
        "language": extracted.language,
        "published": published.isoformat() if published else "",
        "address": extracted.address,
        "kind": PublicationKind.ARTICLE.value,
    }


def _arrival(actor: User, number: int) -> Arrival:
    found = Arrival.objects.filter(pk=number).first() if may(actor, Permission.CLAIMS_WORK) else None
    if found is None:
        raise NotFound("claims.arrival_not_found")
    return found


def _forget(one: Arrival) -> None:
    with writing():
        one.delete()
    _inbox().take_away(one.file)
    unlocked.codec().forget(bytes(one.subject))


def _inbox() -> Inbox:
    return Inbox(unlocked.home().path / "recibidos", unlocked.codec())
