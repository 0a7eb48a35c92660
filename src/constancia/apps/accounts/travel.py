"""Travel mode: a person switches their own account off; only somebody else switches it on again.

Whoever is forced at a border to give a password has nothing to open: no answer differs from that to a wrong
password, and the person cannot undo it.
"""

from __future__ import annotations

from datetime import date, timedelta

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.accounts.sessions import end_sessions
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import clock, trail
from constancia.infra.writer import writing

LONGEST = timedelta(days=366)


def begin(by: User | None, user: User, until: date, today: date) -> User:
    """Nobody gets in as `user` from now on; sessions and links end. `until` is what they say of their return.

    `by` is the user, or None for the holder of the key. The date opens nothing by itself.
    Raises InputRefused `account.travel_until`, `account.disabled`; NotAllowed.
    """
    if by is not None and by.pk != user.pk:
        raise NotAllowed("account.not_allowed", permission=Permission.OWN_ACCOUNT.value)
    if not today < until <= today + LONGEST:
        raise InputRefused("account.travel_until")
    with writing(guarded=False):
        user = User.objects.get(pk=user.pk)
        if not user.is_active:
            raise InputRefused("account.disabled")
        user.away_since, user.away_until = user.away_since or clock.now(), until
        user.save(update_fields=["away_since", "away_until"])
        user.links.filter(used_at=None).delete()
    end_sessions(user)
    trail.note(by.pk if by else None, Deed.TRAVEL_BEGAN, "user", user.pk, said={"until": until.isoformat()})
    return user


def end(by: User | None, user: User) -> User:
    """Lets `user` in again. Never by themselves: another administrator, or the holder of the key.

    Raises NotAllowed `account.travel_own`, `account.not_allowed`.
    """
    if by is not None:
        allow(by, Permission.PEOPLE_MANAGE)
        if by.pk == user.pk:
            raise NotAllowed("account.travel_own")
    with writing(guarded=False):
        user = User.objects.get(pk=user.pk)
        user.away_since = user.away_until = None
        user.save(update_fields=["away_since", "away_until"])
    trail.note(by.pk if by else None, Deed.TRAVEL_ENDED, "user", user.pk)
    return user
