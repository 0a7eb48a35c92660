"""The only reader of accounts for pages and commands."""

from __future__ import annotations

from constancia.apps.accounts.models import RoleChange, User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.domain.errors import NotFound
from constancia.domain.vocabulary.terms import Role


def people(by: User | None) -> list[User]:
    """Everybody of the house, active first. `by` None is the holder of the key."""
    if by is not None:
        allow(by, Permission.PEOPLE_MANAGE)
    return list(User.objects.order_by("-is_active", "username"))


def administrators() -> list[User]:
    """Who can manage the people of the house now, by username."""
    found = User.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True, away_since=None)
    return list(found.order_by("username"))


def person(by: User | None, username: str) -> User:
    """One of them by username. Raises NotFound (`account.unknown`)."""
    if by is not None:
        allow(by, Permission.PEOPLE_MANAGE)
    user = User.objects.filter(username=username.strip().casefold()).first()
    if user is None:
        raise NotFound("account.unknown")
    return user


def history(by: User | None, user: User) -> list[RoleChange]:
    """What the user was allowed over time, latest first."""
    if by is not None:
        allow(by, Permission.PEOPLE_MANAGE)
    return list(RoleChange.objects.filter(user=user).select_related("by").order_by("-id"))


def astray() -> int:
    """How many people may do, by their row, something else than their history of roles says last."""
    last = {one.user_id: one for one in RoleChange.objects.order_by("id")}
    return sum(
        (change := last.get(user.pk)) is None
        or (user.role, user.regions, user.is_active) != (change.role, change.regions, change.active)
        for user in User.objects.all()
    )
