"""Writes what others said into the demonstration, through the ordinary services."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from constancia.apps.accounts.models import User
from constancia.apps.claims import services
from constancia.apps.claims.access import document_of
from constancia.apps.demo.sayings import Sayings

TAKEN_IN = time(18, 0)
A_MINUTE = timedelta(minutes=1)


def write(said: Sayings, people: dict[str, User], zone: ZoneInfo) -> None:
    """Each document in the evening of the day it was published; every claim confirmed, a minute each."""
    for document in said.documents:
        moment = evening(document.published, zone)
        given = services.DocumentGiven(
            title=document.title,
            publisher=document.publisher,
            kind=document.kind,
            language="es",
            published=document.published,
            text=document.text,
        )
        added = services.add_document(people[said.by], given, read=False, at=moment)
        text = document_of(added.document).text
        for claim in document.claims:
            moment += A_MINUTE
            services.add_claim(people[said.confirms], added.document, claim.claim(text), at=moment)


def evening(day: date, zone: ZoneInfo) -> datetime:
    """The hour at which the desk takes in what the day brought."""
    return datetime.combine(day, TAKEN_IN, zone)
