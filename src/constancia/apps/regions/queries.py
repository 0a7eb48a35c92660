"""What anybody may know of the keys of regions, and what somebody may be shown by them. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.regions.models import Asking, Grant, Holder, RegionKey
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.vocabulary.states import region_code
from constancia.infra import clock, loaded


class Standing(StrEnum):
    """Whether somebody may be shown what a key holds of a case."""

    OPEN = "open"
    CLOSED = "closed"  # they hold the key, and nobody has opened it
    OTHERS = "others"  # they do not hold it: another person must let them


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody may do with a key: `half` is its private half, where it is open to them."""

    region: str
    standing: Standing
    half: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A region's present key: who holds it, and until when it is open in this process (UTC), if it is."""

    number: int
    region: str
    made_at: datetime
    holders: tuple[str, ...]
    until: datetime | None
    mine: bool
    earlier: int


@dataclass(frozen=True, slots=True)
class AskingLine:
    """A request. `mine`: asked by the user; `stage`: "waits", "approved", "refused", "expired"."""

    number: int
    code: str
    region: str
    reason: str
    asked_by: str
    asked_at: datetime
    until: datetime
    stage: str
    mine: bool


def present(regions: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """Region → number and public half of the key that closes what is recorded now; absent if it has none."""
    wanted = {region for region in regions if region}
    rows = RegionKey.objects.filter(region__in=wanted).order_by("pk").values_list("region", "pk", "public")
    return {region: (number, bytes(public)) for region, number, public in rows} if wanted else {}


def private_half(key: int) -> bytes | None:
    """The private half of that key while it is open here, for as long as whoever opened it may be here."""
    found = loaded.find(key)
    if found is None:
        return None
    by = User.objects.filter(pk=found.by).first()
    if by is None or not by.may_enter or by.epoch != found.epoch or not may(by, Permission.SOURCE_SEALED):
        loaded.drop(key)
        return None
    return found.private


def access(user: User, code: str, keys: Iterable[int]) -> dict[int, Access]:
    """For each of `keys` (numbers), what `user` may be shown by it of the case called `code`."""
    wanted = set(keys)
    if not wanted:
        return {}
    region_of = dict(RegionKey.objects.filter(pk__in=wanted).values_list("pk", "region"))
    grants = Grant.objects.filter(key__in=wanted, holder__user=user).values_list("key_id", flat=True)
    theirs = {key for key in grants if may_hold(user, region_of[key])}
    if theirs != wanted:
        let = Asking.objects.filter(asked_by=user, code=code, approved=True, until__gt=clock.now())
        regions = set(let.values_list("region", flat=True))
        theirs |= {key for key in wanted if region_of.get(key) in regions}
    found = {}
    for key in wanted:
        half = private_half(key) if key in theirs else None
        stands = Standing.OTHERS if key not in theirs else Standing.OPEN if half else Standing.CLOSED
        found[key] = Access(region_of.get(key, ""), stands, half)
    return found


def holders_of(region: str) -> tuple[str, ...]:
    """The people who can open the present key of a region, by the names the house knows them by."""
    found = present([region]).get(region)
    if found is None:
        return ()
    users = User.objects.filter(holder__grants__key=found[0], is_active=True, away_since=None)
    return tuple(str(user) for user in users.order_by("username"))


def lines(user: User | None) -> list[KeyLine]:
    """The keys of the regions that `user` holds or whose cases they see; None: all, for the command line."""
    latest: dict[str, RegionKey] = {}
    count: dict[str, int] = {}
    for key in RegionKey.objects.all():
        latest[key.region] = key
        count[key.region] = count.get(key.region, 0) + 1
    mine = set(Grant.objects.filter(holder__user=user).values_list("key_id", flat=True)) if user else set()
    reach = scope(user) if user else None
    return [
        KeyLine(
            key.pk,
            region,
            key.made_at,
            holders_of(region),
            one.until if private_half(key.pk) and (one := loaded.find(key.pk)) else None,
            key.pk in mine,
            count[region] - 1,
        )
        for region, key in sorted(latest.items())
        if key.pk in mine or reach is None or region in reach
    ]


def holds(user: User, region: str) -> bool:
    """Whether the user holds a key of the region."""
    return Grant.objects.filter(key__region=region, holder__user=user).exists()


def holder(user: User) -> Holder | None:
    return Holder.objects.filter(user=user).first()


def may_be_given(region: str) -> list[User]:
    """Who has a pair, may see what is sealed in that region, and does not hold its key yet."""
    found = present([region]).get(region)
    users = User.objects.filter(holder__isnull=False).exclude(holder__grants__key=found[0] if found else 0)
    return [user for user in users.order_by("username") if may_hold(user, region)]


def may_hold(user: User, region: str) -> bool:
    """Whether the sealed tier of that region is theirs to see at all."""
    reach = scope(user)
    return may(user, Permission.SOURCE_SEALED) and (reach is None or region in reach)


def askings(user: User) -> list[AskingLine]:
    """The user's own latest requests, and those that wait for an answer of theirs; the latter first."""
    now = clock.now()
    held = set(Grant.objects.filter(holder__user=user).values_list("key__region", flat=True))
    rows = Asking.objects.select_related("asked_by").order_by("-pk")
    own = list(rows.filter(asked_by=user)[:20])
    others = list(rows.filter(region__in=held, approved=None, until__gt=now).exclude(asked_by=user)[:50])
    return [
        AskingLine(
            row.pk, row.code, row.region, row.reason, str(row.asked_by), row.asked_at, row.until,
            _stage(row, now), row.asked_by_id == user.pk,
        )
        for row in (*others, *own)
    ]  # fmt: skip


def waiting(user: User, code: str, region: str) -> bool:
    """Whether the user has asked to see the case and waits for an answer."""
    return Asking.objects.filter(
        asked_by=user, code=code, region=region, approved=None, until__gt=clock.now()
    ).exists()


def asking_of(number: int) -> Asking:
    """Raises NotFound `region.no_asking`."""
    found = (
        Asking.objects.select_related("asked_by").filter(pk=number).first() if 0 < number < 2**63 else None
    )
    if found is None:
        raise NotFound("region.no_asking")
    return found


def _stage(row: Asking, now: datetime) -> str:
    if row.approved is None:
        return "waits" if row.until > now else "expired"
    if not row.approved:
        return "refused"
    return "approved" if row.until > now else "expired"


def copies_abroad(region: str) -> list[tuple[int, str]]:
    """The age files (armored) of every key of a region, by number. Raises InputRefused `region.no_key`."""
    region = region_code(region)
    found = [(key.pk, str(key.abroad)) for key in RegionKey.objects.filter(region=region)]
    if not found:
        raise InputRefused("region.no_key", region=region)
    return found
