"""The openings of a month, by user: how many, why, and what is unusual."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register.models import CaseRegion
from constancia.apps.register.noting import PERSON
from constancia.apps.register.policy import zone
from constancia.apps.register.revealing import OPENINGS
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import trail, unlocked

NIGHT = (22, 6)
"""From which hour to which, in the organisation's zone, work is unusual."""
DEEDS = (*OPENINGS, Deed.COMPARED.value)


@dataclass(frozen=True, slots=True)
class UserMonth:
    """What one user opened. `persons`: different people; `busiest`: the most in one hour of the clock.

    Unusual: `outside`, openings of people who are not of the user's regions (of who has any); `night`;
    `refused`, beyond the hour's limit; `many`, whether the busiest hour came near it.
    """

    who: str
    role: str
    openings: int
    persons: int
    compared: int
    deeds: Mapping[str, int]
    reasons: Mapping[str, int]
    outside: int
    night: int
    busiest: int
    many: bool
    refused: int

    @property
    def unusual(self) -> bool:
        return bool(self.outside or self.night or self.refused or self.many)


def openings_of(user: User, month: date) -> list[UserMonth]:
    """Those who opened or compared anything in the month of that day, the unusual first.

    Raises NotAllowed.
    """
    allow(user, Permission.TRAIL_READ)
    start, end = _month(month)
    marks = ",".join("?" * len(DEEDS))
    found = trail.events(
        f"at >= ? AND at < ? AND deed IN ({marks})", (trail.micros(start), trail.micros(end), *DEEDS)
    )
    of_user: dict[int, list[trail.Event]] = defaultdict(list)
    for one in found:
        if one.actor is not None:
            of_user[one.actor].append(one)
    regions = _regions({one.number for one in found if one.about == PERSON and one.number is not None})
    people = User.objects.in_bulk(list(of_user))
    told = [_told(people[pk], some, regions) for pk, some in of_user.items() if pk in people]
    told.sort(key=lambda one: (-one.refused, -one.outside, -one.night, not one.many, -one.openings, one.who))
    return told


def _told(who: User, found: Sequence[trail.Event], regions: Mapping[int, set[str]]) -> UserMonth:
    done = [one for one in found if one.outcome is Outcome.DONE]
    opened = [one for one in done if one.deed is not Deed.COMPARED and one.about == PERSON]
    mine = {str(region) for region in who.regions or ()}
    hours: dict[tuple[date, int], set[int]] = defaultdict(set)
    for one in opened:
        local = one.at.astimezone(zone())
        hours[local.date(), local.hour].add(one.number or 0)
    busiest = max((len(some) for some in hours.values()), default=0)
    late, early = NIGHT
    return UserMonth(
        who=str(who),
        role=who.role,
        openings=len(opened),
        persons=len({one.number for one in opened}),
        compared=sum(int(one.said.get("n", 0)) for one in done if one.deed is Deed.COMPARED),
        deeds=Counter(one.deed.value for one in opened),
        reasons=Counter(str(one.said.get("reason", "")) for one in opened),
        outside=sum(1 for one in opened if mine and not mine & regions.get(one.number or 0, set())),
        night=sum(1 for one in opened if not early <= one.at.astimezone(zone()).hour < late),
        busiest=busiest,
        many=3 * busiest >= 2 * max(1, unlocked.home().settings.openings_per_hour),
        refused=sum(1 for one in found if one.outcome is Outcome.REFUSED),
    )


def _regions(persons: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for person, region in CaseRegion.objects.filter(person__in=persons).values_list("person", "region"):
        found[person].add(region)
    return found


def _month(day: date) -> tuple[datetime, datetime]:
    first = day.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return datetime.combine(first, time(0), zone()), datetime.combine(after, time(0), zone())
