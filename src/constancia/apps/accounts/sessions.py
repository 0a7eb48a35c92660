"""The open sessions of a user: seen, ended one by one or all at once."""

from __future__ import annotations

from django.db.models import F

from constancia.apps.accounts.middleware import ABSOLUTE, IDLE
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.domain.errors import NotFound
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import clock, session_file, trail
from constancia.infra.session_file import Visit
from constancia.infra.writer import writing


def open_sessions(user: User) -> list[Visit]:
    """The user's own that would still be answered, the one used last first."""
    now = clock.now().timestamp()
    return [
        visit
        for visit in session_file.visits(user.pk, now)
        if now - visit.seen <= IDLE.total_seconds() and now - visit.began <= ABSOLUTE.total_seconds()
    ]


def end_one(user: User, mark: str) -> None:
    """Ends a session of the user's own. Raises NotFound `account.session_unknown`."""
    if not session_file.end(user.pk, only=mark[:64]):
        raise NotFound("account.session_unknown")
    trail.note(user.pk, Deed.SESSION_REVOKED, "user", user.pk, said={"ended": 1})


def end_others(user: User, present: str) -> int:
    """Ends all sessions of the user's but the one with the key `present`. How many."""
    count = session_file.end(user.pk, keep=present)
    trail.note(user.pk, Deed.SESSION_REVOKED, "user", user.pk, said={"ended": count})
    return count


def end_all(by: User | None, user: User) -> int:
    """An administrator, or the holder of the key, ends every session of somebody: a lost telephone."""
    if by is not None:
        allow(by, Permission.PEOPLE_MANAGE)
    count = end_sessions(user)
    trail.note(by.pk if by else None, Deed.SESSION_REVOKED, "user", user.pk, said={"ended": count})
    return count


def end_sessions(user: User) -> int:
    """Ends every session of `user`, whose signature (`epoch`) they no longer bear."""
    with writing(guarded=False):
        User.objects.filter(pk=user.pk).update(epoch=F("epoch") + 1)
    user.refresh_from_db(fields=["epoch"])
    return session_file.end(user.pk)
