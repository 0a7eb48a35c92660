"""What the register knows of releases, beside what was announced: the domain's progress over stored rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Protocol

from constancia.apps.accounts.models import User
from constancia.apps.claims.models import Announcement, Attribution
from constancia.apps.claims.versions import all_versions, number_of
from constancia.apps.figures import events
from constancia.apps.figures.queries import zone
from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.progress import (
    Announced,
    Attributed,
    Known,
    Progress,
    closed,
    progress,
    standing,
)
from constancia.domain.figures.definition import definition
from constancia.domain.figures.periods import known_instant, microseconds
from constancia.domain.vocabulary.terms import Qualifier
from constancia.infra import clock


@dataclass(frozen=True, slots=True)
class Moment:
    """T, and its day in the organisation's zone."""

    known_at: datetime
    day: date

    @property
    def us(self) -> int:
        """T in microseconds since 1970 UTC."""
        return microseconds(self.known_at)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that was announced, as known at T, and what came of it. `ends`: the last day of each window
    as the rule reckons it, by number; None while it is open."""

    moment: Moment
    latest: dict[int, Announcement]
    progress: dict[int, Progress]
    ends: dict[int, date | None]


def moment_of(known_at: date | datetime | None) -> Moment:
    """T as asked: now without one, and never later than now."""
    now = clock.now()
    instant = min(known_instant(known_at, zone()), now) if known_at is not None else now
    return Moment(instant, instant.astimezone(zone()).date())


class Released(Protocol):
    """Where releases come from: `events.releases`, or the counter of an edition, which leaves some out."""

    def __call__(
        self, first: date, last: date, by: Sequence[str] = (), detentions: Iterable[int] = ()
    ) -> list[events.Release]: ...


def told(
    user: User,
    known_at: date | datetime | None = None,
    rule: str | None = None,
    released: Released | None = None,
) -> Told:
    """All announcements with their progress under a population rule (the house's own)."""
    moment = moment_of(known_at)
    rows = all_versions(Announcement, moment.known_at)
    versions = [announced_of(row) for row in rows]
    stands = standing(versions, moment.us)
    decided = attributions(moment)
    return Told(
        moment=moment,
        latest={number_of(row): row for row in rows},
        progress=progress(
            versions, releases(user, stands, decided, moment, rule, released), decided, moment.us
        ),
        ends={one.number: one.window_end for one in closed(stands)},
    )


def announced_of(row: Announcement) -> Announced:
    """A version in the domain's shape."""
    return Announced(
        number=number_of(row),
        claimant=key_of(row.claimant),
        announced_on=row.announced_on,
        window_start=row.window_start,
        window_end=row.window_end,
        known_at=microseconds(row.known_at),
        value=row.value,
        qualifier=Qualifier(row.qualifier),
        filters=row.filters,
        withdrawn=row.withdrawn,
    )


def attributions(moment: Moment) -> list[Attributed]:
    """What people decided by T, in the order in which they did."""
    return [
        Attributed(detention, announcement, microseconds(known_at), taken_back)
        for detention, announcement, known_at, taken_back in Attribution.objects.filter(
            known_at__lte=moment.known_at
        )
        .order_by("pk")
        .values_list("detention_id", "announcement_id", "known_at", "taken_back")
    ]


def releases(
    user: User,
    stands: Sequence[Announced],
    decided: Iterable[Attributed],
    moment: Moment,
    rule: str | None = None,
    released: Released | None = None,
) -> list[Known]:
    """The releases that may belong to one of the announcements, with the categories that these ask for."""
    if not stands:
        return []
    find = released or partial(events.releases, user, rule=rule)
    found = find(
        min(one.window_start for one in stands),
        max(moment.day, *(one.window_start for one in stands)),
        by=_asked(stands),
        detentions={one.detention for one in decided},
    )
    return [_known(one) for one in found]


def of_detentions(
    user: User, stands: Sequence[Announced], detentions: Iterable[int], moment: Moment
) -> list[Known]:
    """The releases of these detentions, of whatever day, as known at T."""
    among = set(detentions)
    found = events.releases(user, moment.day, moment.day, by=_asked(stands), detentions=among)
    return [
        _known(one) for one in found if one.detention in among and one.known_from <= moment.us < one.known_to
    ]


def _asked(stands: Sequence[Announced]) -> list[str]:
    """The breakdowns that some announcement's filters speak of."""
    named = {name for one in stands for name in one.filters}
    return [name.value for name in definition(events.FIGURE).breakdowns if name.value in named]


def _known(one: events.Release) -> Known:
    """A release in the domain's shape."""
    return Known(
        person=one.person,
        detention=one.detention,
        day=one.day,
        kind=one.kind,
        known_from=one.known_from,
        known_to=one.known_to,
        verified=one.verified,
        categories=one.categories,
    )
