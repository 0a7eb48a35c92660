"""Who holds a region's key: a pair for each person, keys, and giving and taking them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.ledger.services.appending import append_notice
from constancia.apps.regions.models import Grant, Holder, RegionKey
from constancia.apps.regions.queries import holder, may_hold, present, private_half
from constancia.apps.regions.services import opening
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.states import region_code
from constancia.infra import clock, loaded, regional, trail
from constancia.infra.keystore import Cost
from constancia.infra.regional import Pair
from constancia.infra.secrets_unlock import check_passphrase
from constancia.infra.writer import writing

COST = Cost()


def make_pair(user: User, passphrase: str) -> None:
    """A pair for somebody who has none, under a passphrase that only they know.

    Raises NotAllowed, InputRefused (`passphrase.short`, `region.pair_there`).
    """
    allow(user, Permission.SOURCE_SEALED)
    check_passphrase(passphrase)
    if holder(user) is not None:
        raise InputRefused("region.pair_there")
    pair = Pair.new()
    slot = regional.holder_slot(pair.private, user.pk, passphrase, COST)
    with writing():
        if Holder.objects.filter(user=user).exists():
            raise InputRefused("region.pair_there")
        Holder.objects.create(user=user, public=pair.public, slot=slot, made_at=clock.now())
        _noted(user, "region-pair", {"user": user.pk})


def change_passphrase(user: User, old: str, new: str) -> None:
    """Raises as `opening.open_keys`, and InputRefused `passphrase.short`."""
    check_passphrase(new)
    private = opening.private_of(user, old)
    slot = regional.holder_slot(private, user.pk, new, COST)
    with writing():
        Holder.objects.filter(user=user).update(slot=slot)
        _noted(user, "region-passphrase", {"user": user.pk})


def forget_pair(by: User | None, user: User) -> None:
    """Take somebody's pair away with all that was given to it: a passphrase that was lost, or somebody who
    left. They make another, and are given the keys again; where nobody else holds one, by the copy abroad."""
    if by is not None:
        allow(by, Permission.PEOPLE_MANAGE)
    with writing():
        Holder.objects.filter(user=user).delete()
        _noted(by, "region-pair-gone", {"user": user.pk})
    opening.close_of(user)


def make_key(region: str, users: Sequence[User], recipients: Sequence[str]) -> int:
    """The first key of a region, given to `users`, with a copy for `recipients` abroad; its number. Nothing
    that was recorded before is closed by it. For the holder of the register's key.

    Raises InputRefused: `region.unknown`, `region.has_key`, and as `_made`.
    """
    region = region_code(region)
    if not region:
        raise InputRefused("region.unknown")
    if region in present([region]):
        raise InputRefused("region.has_key", region=region)
    return _made(region, users, recipients, "region-key")


def turn(region: str, recipients: Sequence[str]) -> int:
    """Another key for a region, given to whoever holds the present one and may still see what is sealed
    there: after somebody left. The earlier ones go on opening what they closed, for whoever still holds them.
    Raises InputRefused `region.no_key` and as `_made`."""
    region = region_code(region)
    number, _ = _present(region)
    grants = Grant.objects.filter(key=number).select_related("holder__user").order_by("pk")
    users = [grant.holder.user for grant in grants if may_hold(grant.holder.user, region)]
    return _made(region, users, recipients, "region-turn")


def give(actor: User, region: str, user: User) -> None:
    """Whoever holds a region's key, which is open, gives it to somebody else.

    Raises NotAllowed (`region.not_holder`), InputRefused (`region.no_key`, `region.closed`, and as `_able`).
    """
    region = region_code(region)
    allow(actor, Permission.SOURCE_SEALED)
    number, _ = _present(region)
    if not Grant.objects.filter(key=number, holder__user=actor).exists():
        raise NotAllowed("region.not_holder")
    halves = {
        key: half
        for key in Grant.objects.filter(key__region=region, holder__user=actor).values_list(
            "key_id", flat=True
        )
        if (half := private_half(key)) is not None
    }
    if number not in halves:
        raise InputRefused("region.closed", region=region)
    _give(actor, region, user, halves)


def give_with(giver: User, passphrase: str, region: str, user: User) -> None:
    """The same at the command line, where `giver` types their passphrase. Raises as both."""
    region = region_code(region)
    _present(region)
    private = opening.private_of(giver, passphrase)
    _give(giver, region, user, opening.half_in_hand(giver, region, private))


def take_away(region: str, user: User) -> None:
    """Take a region's keys away from somebody; `turn` it afterwards. Raises InputRefused: `region.no_key`,
    `region.not_held`, `region.last_holder`."""
    region = region_code(region)
    _present(region)
    with writing():
        _leave_one(region, user)
        gone, _ = Grant.objects.filter(key__region=region, holder__user=user).delete()
        if not gone:
            raise InputRefused("region.not_held", region=region)
        _noted(None, "region-taken", {"region": region, "user": user.pk})
    _close_opened_by(user, region)


def recover(region: str, copy: str, user: User) -> int:
    """Give a region's key to `user` by the text of the copy abroad; the key's number.

    Raises InputRefused: `region.no_key`, `region.copy`, `region.copy_of_other`, and as `_able`.
    """
    region = region_code(region)
    _present(region)
    private = regional.heard(copy)
    public = Pair.of(private).public
    numbers = [key.pk for key in RegionKey.objects.filter(region=region) if bytes(key.public) == public]
    if not numbers:
        raise InputRefused("region.copy_of_other", region=region)
    with writing():
        for number in numbers:
            _grant(number, private, _able(user, region))
        _noted(None, "region-recovered", {"region": region, "user": user.pk})
    return numbers[-1]


def _made(region: str, users: Sequence[User], recipients: Sequence[str], what: str) -> int:
    """Raises InputRefused: `region.nobody`, `region.no_copy`, `share.recipient`, and as `_able`."""
    if not users:
        raise InputRefused("region.nobody")
    if not recipients:
        raise InputRefused("region.no_copy")
    holders = [_able(user, region) for user in users]
    pair = Pair.new()
    with writing():
        number = (RegionKey.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        abroad = regional.copy_abroad(pair.private, region, number, recipients)
        RegionKey.objects.create(
            id=number,
            region=region,
            public=pair.public,
            abroad=abroad,
            recipients=list(recipients),
            made_at=clock.now(),
        )
        for one in holders:
            _grant(number, pair.private, one)
        _noted(None, what, {"region": region, "holders": len(holders), "copies": len(recipients)})
    return number


def _give(actor: User, region: str, user: User, halves: Mapping[int, bytes]) -> None:
    with writing():
        one = _able(user, region)
        for number, half in sorted(halves.items()):
            _grant(number, half, one)
        _noted(actor, "region-given", {"region": region, "user": user.pk})


def _grant(number: int, private: bytes, one: Holder) -> None:
    closed = regional.grant(private, number, bytes(one.public), one.user_id)
    Grant.objects.update_or_create(
        key_id=number, holder=one, defaults={"closed": closed, "given_at": clock.now()}
    )


def _able(user: User, region: str) -> Holder:
    """Raises InputRefused `region.may_not` (the region is not theirs to see), `region.other_has_no_pair`."""
    if not may_hold(user, region):
        raise InputRefused("region.may_not", username=user.username)
    one = holder(user)
    if one is None:
        raise InputRefused("region.other_has_no_pair", username=user.username)
    return one


def _present(region: str) -> tuple[int, bytes]:
    found = present([region]).get(region)
    if found is None:
        raise InputRefused("region.no_key", region=region)
    return found


def _leave_one(region: str, user: User) -> None:
    """Raises InputRefused `region.last_holder` where nobody else would hold the present key."""
    number, _ = _present(region)
    others = Grant.objects.filter(key=number).exclude(holder__user=user)
    if Grant.objects.filter(key=number, holder__user=user).exists() and not others.exists():
        raise InputRefused("region.last_holder", region=region)


def _close_opened_by(user: User, region: str) -> None:
    for key in RegionKey.objects.filter(region=region).values_list("pk", flat=True):
        loaded.drop_by(key, user.pk)


def _noted(by: User | None, what: str, said: dict[str, str | int]) -> None:
    """In the trail and in the log, as every change of keys. Inside `writing()`."""
    details: dict[str, str | int] = {"what": what, **said}
    event = trail.note(by.pk if by else None, Deed.KEY_CHANGED, said=details)
    # The event's number also keeps apart what is said twice in a week: the log takes each entry once.
    told = {name: value for name, value in details.items() if name != "user"}
    append_notice("keys", {**told, "event": event}, clock.now())
