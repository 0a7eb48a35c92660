"""Writes what others said into the demonstration, through the ordinary services."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from constancia.apps.accounts.models import User
from constancia.apps.claims import services
from constancia.apps.claims.access import document_of
from constancia.apps.demo.sayings import Promised, SaidDocument, Sayings, Uttered

TAKEN_IN, NOTED = time(18, 0), time(20, 0)
A_MINUTE = timedelta(minutes=1)


def write(said: Sayings, people: dict[str, User], zone: ZoneInfo) -> None:
    """Day by day: documents in the evening of the day they were published, every claim confirmed, a minute
    each; then what was promised, and what the documents tell of what was said in public."""
    desk, second = people[said.by], people[said.confirms]
    documents: dict[str, int] = {}
    published = {one.key: one.published for one in said.documents}
    days: list[tuple[date, int, SaidDocument | Promised | Uttered]] = [
        *((one.published, 0, one) for one in said.documents),
        *((one.recorded or one.announced_on, 1, one) for one in said.announcements),
        *((published[one.document], 2, one) for one in said.statements),
    ]
    for day, _order, one in sorted(days, key=lambda entry: entry[:2]):
        at = datetime.combine(day, TAKEN_IN if isinstance(one, SaidDocument) else NOTED, zone)
        match one:
            case SaidDocument():
                documents[one.key] = _document(desk, second, one, at)
            case Promised():
                services.announce(desk, _announcement(one, documents), at=at)
            case Uttered():
                given = services.StatementGiven(
                    one.said_on, one.speaker, one.mark, document=documents[one.document]
                )
                services.add_statement(desk, given, at=at)


def _document(desk: User, second: User, document: SaidDocument, at: datetime) -> int:
    given = services.DocumentGiven(
        title=document.title,
        publisher=document.publisher,
        kind=document.kind,
        language="es",
        published=document.published,
        text=document.text,
    )
    number = services.add_document(desk, given, read=False, at=at).document
    text = document_of(number).text
    for claim in document.claims:
        at += A_MINUTE
        services.add_claim(second, number, claim.claim(text), at=at)
    return number


def _announcement(promised: Promised, documents: dict[str, int]) -> services.AnnouncementGiven:
    return services.AnnouncementGiven(
        title=promised.title,
        claimant=promised.claimant,
        announced_on=promised.announced_on,
        value=promised.value,
        qualifier=promised.qualifier,
        category=promised.category,
        window_start=promised.window[0],
        window_end=promised.window[1],
        note=promised.source,
        document=documents.get(promised.document),
    )
