"""Opening the keys that somebody holds, in the memory of this process, and closing them again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_out

from constancia.apps.accounts import throttle
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.regions.models import Grant, RegionKey
from constancia.apps.regions.queries import holder, present
from constancia.domain.errors import InputRefused, IntegrityBroken, NotAllowed
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import clock, loaded, regional, trail
from constancia.infra.loaded import Loaded
from constancia.infra.regional import Pair
from constancia.infra.writer import writing

LONGEST = timedelta(hours=10)
"""As long as a session lasts at most."""
LIMITS = ((5, timedelta(minutes=15)),)
ABOUT = "region"


def open_keys(user: User, passphrase: str, lasts: timedelta = LONGEST) -> list[str]:
    """Open every key that `user` holds, for as long as `lasts` (at most LONGEST); the regions.

    Raises NotAllowed (`region.wait` after too many wrong passphrases), InputRefused (`region.no_pair`,
    `region.passphrase`, `region.none_held`), IntegrityBroken (`region.grant`, `region.planted`).
    """
    private = private_of(user, passphrase)
    grants = list(Grant.objects.filter(holder__user=user).select_related("key"))
    if not grants:
        raise InputRefused("region.none_held")
    until = clock.now() + min(lasts, LONGEST)
    opened = [(grant.key, _opened(grant, private, user)) for grant in grants]
    regions = sorted({key.region for key, _ in opened})
    said = {"regions": regions, "minutes": int(min(lasts, LONGEST).total_seconds() // 60)}
    trail.note(user.pk, Deed.REGION_OPENED, ABOUT, None, said=said)
    for key, half in opened:
        loaded.load(Loaded(key.pk, half, until, user.pk, user.epoch))
    return regions


def close(user: User, region: str) -> None:
    """Close the keys of a region for everybody. Whoever may see what is sealed may; closing harms nobody."""
    allow(user, Permission.SOURCE_SEALED)
    dropped = [
        loaded.drop(key) for key in RegionKey.objects.filter(region=region).values_list("pk", flat=True)
    ]
    if any(dropped):
        trail.note(user.pk, Deed.REGION_CLOSED, ABOUT, None, said={"regions": [region]})


def signed_out(sender: Any, user: Any = None, **_: Any) -> None:
    """Whoever leaves closes what they opened."""
    if isinstance(user, User):
        close_of(user)


# Nobody can open a key without this module.
user_logged_out.connect(signed_out, dispatch_uid="constancia.regions")


def close_of(user: User) -> None:
    """Close the keys that `user` opened."""
    keys = RegionKey.objects.values_list("pk", "region") if loaded.any_by(user.pk) else ()
    regions = sorted({region for key, region in keys if loaded.drop_by(key, user.pk)})
    if regions:
        trail.note(user.pk, Deed.REGION_CLOSED, ABOUT, None, said={"regions": regions})


def private_of(user: User, passphrase: str) -> bytes:
    """The private half of the user's own pair. Raises as `open_keys`."""
    allow(user, Permission.SOURCE_SEALED)
    mine = holder(user)
    if mine is None:
        raise InputRefused("region.no_pair")
    mark = throttle.mark(f"region-holder/{user.pk}")
    try:
        throttle.refuse_if_too_many(mark, LIMITS, "region.wait")
    except NotAllowed:
        trail.note(user.pk, Deed.REGION_OPENED, ABOUT, None, outcome=Outcome.REFUSED)
        raise
    private = regional.open_slot(mine.slot, user.pk, passphrase)
    if private is None:
        with writing(guarded=False):
            throttle.count(mark)
        trail.note(user.pk, Deed.REGION_OPENED, ABOUT, None, outcome=Outcome.REFUSED)
        raise InputRefused("region.passphrase")
    throttle.forget(mark)
    return private


def half_in_hand(user: User, region: str, private: bytes) -> dict[int, bytes]:
    """Number → private half of every key of a region that the holder of `private` was given."""
    grants = Grant.objects.filter(holder__user=user, key__region=region).select_related("key")
    found = {grant.key_id: _opened(grant, private, user) for grant in grants}
    now = present([region]).get(region)
    if now is None or now[0] not in found:
        raise NotAllowed("region.not_holder")
    return found


def _opened(grant: Grant, private: bytes, user: User) -> bytes:
    half = regional.granted(private, grant.key_id, user.pk, bytes(grant.closed))
    # Somebody who can write into the table could have put a public half of their own there.
    if Pair.of(half).public != bytes(grant.key.public):
        raise IntegrityBroken("region.planted", region=grant.key.region)
    return half
