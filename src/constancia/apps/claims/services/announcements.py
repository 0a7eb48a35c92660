"""Announcing, correcting and withdrawing, and attributing releases to what was announced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims.access import claim_row, document_of
from constancia.apps.claims.models import Announcement, Attribution, Claim, Document
from constancia.apps.claims.recording import not_ahead, recording
from constancia.apps.claims.standing import Standing, standings
from constancia.apps.claims.versions import announcement_of, number_of
from constancia.apps.register.access import person_of
from constancia.apps.register.models import Detention
from constancia.domain.claims.claim import FILTERS
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import Qualifier

LARGEST = 10**9
TITLE, CLAIMANT, CATEGORY, NOTE, FILTER = 200, 200, 300, 1000, 300


@dataclass(frozen=True, slots=True)
class AnnouncementGiven:
    """An announcement as a person enters it.

    `value` None: no number was given. `window_start` None: the day of the announcement. `window_end` None:
    open. `claim` and `document`: numbers; a claim brings its document.
    """

    title: str
    claimant: str
    announced_on: date
    value: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    category: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    window_start: date | None = None
    window_end: date | None = None
    list_given: bool = False
    note: str = ""
    claim: int | None = None
    document: int | None = None


def announce(actor: User, given: AnnouncementGiven, *, at: datetime | None = None) -> int:
    """Keeps an announcement; returns its number.

    Raises NotAllowed; NotFound (`claim.not_found`, `claims.document_not_found`); InputRefused
    `announcement.title`, `announcement.claimant`, `announcement.number`, `announcement.ahead`,
    `announcement.window`, `announcement.claim` (not confirmed), `claim.filter`, and what `names.written`
    raises.
    """
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        row = _row(given, actor, known_at)
        row.save()
    return int(row.pk)


def correct_announcement(
    actor: User, number: int, given: AnnouncementGiven, *, at: datetime | None = None
) -> None:
    """From now on the announcement reads so; one that was withdrawn stands again.

    Raises as `announce`, and NotFound (`announcement.not_found`).
    """
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        old = announcement_of(number)
        row = _row(given, actor, known_at)
        row.first_id = number_of(old)
        row.save()


def withdraw_announcement(actor: User, number: int, *, note: str, at: datetime | None = None) -> None:
    """It was entered in error: releases are no longer attributed to it. `note`: why.

    Raises NotAllowed, NotFound (`announcement.not_found`); InputRefused `announcement.withdrawn`,
    `announcement.reason`.
    """
    allow(actor, Permission.CLAIMS_WORK)
    reason = written(note, limit=NOTE)
    if not reason:
        raise InputRefused("announcement.reason")
    with recording(at) as known_at:
        old = open_announcement(number)
        copied = {
            one.attname: getattr(old, one.attname)
            for one in Announcement._meta.concrete_fields
            if not one.primary_key
        }
        changed = {
            "first_id": number_of(old),
            "note": reason,
            "withdrawn": True,
            "known_at": known_at,
            "recorded_by_id": actor.pk,
        }
        Announcement(**{**copied, **changed}).save()


def attribute(
    actor: User,
    code: str,
    detention: int,
    announcement: int | None,
    *,
    note: str = "",
    at: datetime | None = None,
) -> None:
    """The release from that detention belongs to the announcement (None: to none), whatever the windows say.

    Raises NotAllowed; NotFound (`case.not_found`: also for a case that is not the actor's and a detention of
    somebody else; `announcement.not_found`); InputRefused `announcement.withdrawn`.
    """
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        found = number_of(open_announcement(announcement)) if announcement is not None else None
        _attribution(actor, code, detention, found, note, known_at).save()


def take_back_attribution(
    actor: User, code: str, detention: int, *, note: str = "", at: datetime | None = None
) -> None:
    """From now on the windows say again where the release belongs. Raises as `attribute`, and InputRefused
    `announcement.not_attributed` where nobody has decided on it."""
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        row = _attribution(actor, code, detention, None, note, known_at)
        last = Attribution.objects.filter(detention=row.detention).order_by("pk").last()
        if last is None or last.taken_back:
            raise InputRefused("announcement.not_attributed")
        row.taken_back = True
        row.save()


def open_announcement(number: int) -> Announcement:
    """The announcement as it stands. Raises NotFound; InputRefused `announcement.withdrawn`."""
    found = announcement_of(number)
    if found.withdrawn:
        raise InputRefused("announcement.withdrawn")
    return found


def _attribution(
    actor: User, code: str, detention: int, announcement: int | None, note: str, known_at: datetime
) -> Attribution:
    person = person_of(actor, code)
    found = Detention.objects.filter(pk=detention, person=person).first()
    if found is None:
        raise NotFound("case.not_found")
    return Attribution(
        detention=found,
        announcement_id=announcement,
        note=written(note, limit=NOTE),
        known_at=known_at,
        decided_by=actor,
    )


def _row(given: AnnouncementGiven, actor: User, known_at: datetime) -> Announcement:
    title, claimant = written(given.title, limit=TITLE), written(given.claimant, limit=CLAIMANT)
    if not title:
        raise InputRefused("announcement.title")
    if not claimant:
        raise InputRefused("announcement.claimant")
    if given.value is not None and not 1 <= given.value <= LARGEST:
        raise InputRefused("announcement.number")
    not_ahead("announcement.ahead", given.announced_on, known_at)
    start = given.window_start or given.announced_on
    if given.window_end is not None and given.window_end < start:
        raise InputRefused("announcement.window")
    claim, document = _backing(given)
    return Announcement(
        title=title,
        claimant=claimant,
        announced_on=given.announced_on,
        value=given.value,
        qualifier=given.qualifier.value,
        category=written(given.category, limit=CATEGORY),
        filters=_filters(given.filters),
        window_start=start,
        window_end=given.window_end,
        list_given=given.list_given,
        note=written(given.note, limit=NOTE),
        claim=claim,
        document=document,
        known_at=known_at,
        recorded_by=actor,
    )


def _backing(given: AnnouncementGiven) -> tuple[Claim | None, Document | None]:
    """The claim and the document that the announcement rests on."""
    if given.claim is None:
        return None, document_of(given.document) if given.document is not None else None
    claim = claim_row(given.claim)
    if standings(claim.document.claims.all())[claim.pk] is not Standing.CONFIRMED:
        raise InputRefused("announcement.claim")
    return claim, claim.document


def _filters(filters: Mapping[str, str]) -> dict[str, str]:
    for name in filters:
        if name not in FILTERS:
            raise InputRefused("claim.filter", name=name[:40])
    return {name: written(value, limit=FILTER) for name, value in filters.items() if value}
