"""Which lists and entries are whose: the same answer for "not yours" and "does not exist"."""

from __future__ import annotations

from django.db.models import QuerySet

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.matching.models import Entry, NameList
from constancia.domain.errors import NotFound


def lists_of(user: User) -> QuerySet[NameList]:
    """The lists that `user` may open: all, for who works with lists; else those that the user sent."""
    found: QuerySet[NameList] = NameList.objects.all()
    if may(user, Permission.LIST_WORK):
        return found
    return found.filter(recorded_by=user) if may(user, Permission.LIST_SEND) else found.none()


def list_of(user: User, number: int) -> NameList:
    """Raises NotFound (`list.not_found`)."""
    found = lists_of(user).select_related("recorded_by", "earlier").filter(pk=number).first()
    if found is None:
        raise NotFound("list.not_found")
    return found


def entry_of(user: User, number: int) -> Entry:
    """An entry, by primary key, with its list; for who works with lists. Raises NotFound, NotAllowed."""
    allow_work(user)
    found: Entry | None = Entry.objects.select_related("of_list").filter(pk=number).first()
    if found is None:
        raise NotFound("list.no_such_entry")
    return found


def allow_work(user: User) -> None:
    """Deciding who is who takes the list, the register and its names. Raises NotAllowed."""
    for permission in (Permission.LIST_WORK, Permission.CASE_BROWSE, Permission.IDENTITY_READ):
        allow(user, permission)
