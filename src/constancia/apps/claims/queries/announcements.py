"""Announcements with what came of them, as known at T. Numbers are the same for all who may read claims and
figures; the people behind them are only those whose case the user may open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.claims.models import Announcement
from constancia.apps.claims.progressing import (
    Moment,
    Told,
    announced_of,
    attributions,
    moment_of,
    of_detentions,
    told,
)
from constancia.apps.claims.queries.lists import ListCounts, ListedLine, lines_of, standing_of
from constancia.apps.claims.versions import all_versions, announcement_of, latest
from constancia.apps.figures.seeing import codes_seen_by, seen_by
from constancia.apps.register.access import person_of
from constancia.domain.claims.progress import Attribution, Member, Progress, beyond
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.figures.periods import instant_of
from constancia.domain.vocabulary.terms import Qualifier

WHICH = ("verified", "reported", "by_hand")


@dataclass(frozen=True, slots=True)
class AnnouncementLine:
    """One announcement as known at T. `ends`: the last day of its window as reckoned, None while open."""

    number: int
    title: str
    claimant: str
    announced_on: date
    value: int | None
    qualifier: str
    category: str
    filters: Mapping[str, str]
    window_start: date
    window_end: date | None
    ends: date | None
    list_given: bool
    note: str
    claim: int | None
    document: int | None
    document_title: str
    withdrawn: bool
    known_at: datetime
    recorded_by: str
    progress: Progress | None

    @property
    def beyond(self) -> int:
        """Releases attributed to it beyond what it told of; a withdrawn one has none."""
        if self.progress is None:
            return 0
        return beyond(self.value, Qualifier(self.qualifier), self.progress.verified)

    @property
    def came(self) -> Progress:
        """Its progress; a withdrawn one has none. Raises NotFound."""
        if self.progress is None:
            raise NotFound("announcement.not_found")
        return self.progress


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release that belongs to an announcement, of a case that the user may open."""

    code: str
    person: int
    detention: int
    day: date
    kind: str
    verified: bool
    by_hand: bool
    known_from: datetime


@dataclass(frozen=True, slots=True)
class AnnouncementPage:
    """An announcement whole, as known at T. `hidden`: releases of cases that are not the user's."""

    line: AnnouncementLine
    moment: Moment
    versions: tuple[AnnouncementLine, ...]
    releases: tuple[ReleaseLine, ...]
    hidden: int
    counts: ListCounts
    listed: tuple[ListedLine, ...]


@dataclass(frozen=True, slots=True)
class CaseRelease:
    """One release of a case: to which announcement it belongs as known now, and whether a person said so."""

    detention: int
    day: date
    kind: str
    verified: bool
    announcement: int | None
    title: str
    by_hand: bool


def announcements(
    user: User, known_at: date | datetime | None = None, rule: str | None = None
) -> list[AnnouncementLine]:
    """Every announcement that stands as known at T (now), the latest first.

    Raises NotAllowed; InputRefused `figure.rule_unknown`.
    """
    allow(user, Permission.CLAIMS_READ)
    found = told(user, known_at, rule)
    lines = [_line(number, row, found) for number, row in found.latest.items() if not row.withdrawn]
    return sorted(lines, key=lambda line: (line.announced_on, line.number), reverse=True)


def withdrawn_announcements(user: User, known_at: date | datetime | None = None) -> list[AnnouncementLine]:
    """Those that stand no more as known at T, the latest first. Raises NotAllowed."""
    allow(user, Permission.CLAIMS_READ)
    found = latest(Announcement, moment_of(known_at).known_at)
    lines = [_line(number, row, None) for number, row in found.items() if row.withdrawn]
    return sorted(lines, key=lambda line: line.known_at, reverse=True)


def announcement(
    user: User, number: int, known_at: date | datetime | None = None, rule: str | None = None
) -> AnnouncementPage:
    """One announcement as known at T (now), also if it is withdrawn.

    Raises NotAllowed; NotFound (`announcement.not_found`; `announcement.not_yet`: it was not known at T).
    """
    allow(user, Permission.CLAIMS_READ)
    found = told(user, known_at, rule)
    if number not in found.latest:
        known = announcement_of(number)  # raises where there never was one
        raise NotFound("announcement.not_yet", recorded=moment_of(known.known_at).day.isoformat())
    line = _line(number, found.latest[number], found)
    members = line.progress.members(found.moment.us) if line.progress else []
    releases = _releases(user, members)
    listed = standing_of(user, number, line.window_start, found.moment)
    versions = [
        row for row in all_versions(Announcement, found.moment.known_at) if number in (row.pk, row.first_id)
    ]
    return AnnouncementPage(
        line=line,
        moment=found.moment,
        versions=tuple(_line(number, row, None) for row in versions),
        releases=tuple(releases),
        hidden=len(members) - len(releases),
        counts=listed.counts,
        listed=tuple(lines_of(user, listed)),
    )


def announced_people(
    user: User,
    number: int,
    known_at: date | datetime | None = None,
    *,
    at: datetime | None = None,
    which: str = "verified",
    rule: str | None = None,
) -> list[int]:
    """Primary keys of the people behind a number of an announcement, those whose case the user may open.

    `at`: as their release was known at that instant, with the announcement as known at T: a step of its line.
    `which`: verified, reported (and not verified), by_hand. Raises NotAllowed, NotFound; InputRefused
    `figure.which`.
    """
    allow(user, Permission.CLAIMS_READ)
    allow(user, Permission.PEOPLE_BEHIND)
    if which not in WHICH:
        raise InputRefused("figure.which", which=which[:40])
    found = told(user, known_at, rule)
    if number not in found.progress:
        raise NotFound("announcement.not_found")
    instant = moment_of(at).us if at is not None else found.moment.us
    members = found.progress[number].members(min(instant, found.moment.us))
    verified = {one.known.person for one in members if one.known.verified}
    if which == "reported":
        persons = {one.known.person for one in members} - verified
    elif which == "by_hand":
        persons = verified - {one.known.person for one in members if one.known.verified and not one.by_hand}
    else:
        persons = verified
    return seen_by(user, sorted(persons))


def case_releases(user: User, code: str) -> list[CaseRelease]:
    """The releases of a case as known now, for whoever attributes one: also those of long before.

    Raises NotAllowed; NotFound (`case.not_found`).
    """
    allow(user, Permission.CLAIMS_WORK)
    allow(user, Permission.PEOPLE_BEHIND)
    person = person_of(user, code)
    moment = moment_of(None)
    detentions = list(person.detentions.values_list("pk", flat=True))
    rows = all_versions(Announcement, moment.known_at)
    versions = [announced_of(row) for row in rows]
    titles = {row.first_id or row.pk: row.title for row in rows}
    rule = Attribution(versions, attributions(moment), moment.us)
    found: list[CaseRelease] = []
    for known in of_detentions(user, rule.announcements, detentions, moment):
        number, by_hand = rule.of(known)
        found.append(
            CaseRelease(
                known.detention,
                known.day,
                known.kind,
                known.verified,
                number,
                titles.get(number or 0, ""),
                by_hand,
            )
        )
    return found


def _line(number: int, row: Announcement, found: Told | None) -> AnnouncementLine:
    return AnnouncementLine(
        number=number,
        title=row.title,
        claimant=row.claimant,
        announced_on=row.announced_on,
        value=row.value,
        qualifier=row.qualifier,
        category=row.category,
        filters=row.filters,
        window_start=row.window_start,
        window_end=row.window_end,
        ends=found.ends.get(number) if found else row.window_end,
        list_given=row.list_given,
        note=row.note,
        claim=row.claim_id,
        document=row.document_id,
        document_title=row.document.title if row.document else "",
        withdrawn=row.withdrawn,
        known_at=row.known_at,
        recorded_by=str(row.recorded_by),
        progress=found.progress.get(number) if found else None,
    )


def _releases(user: User, members: list[Member]) -> list[ReleaseLine]:
    if not may(user, Permission.PEOPLE_BEHIND):
        return []
    codes = codes_seen_by(user, [one.known.person for one in members])
    return [
        ReleaseLine(
            code=codes[one.known.person],
            person=one.known.person,
            detention=one.known.detention,
            day=one.known.day,
            kind=one.known.kind,
            verified=one.known.verified,
            by_hand=one.by_hand,
            known_from=instant_of(one.known.known_from),
        )
        for one in members
        if one.known.person in codes
    ]
