"""Who is erased, for everything that reads the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.register.access import person_of
from constancia.apps.register.models import CaseRegion, Erased, Person
from constancia.apps.register.policy import zone
from constancia.domain.errors import NotFound

_there: set[str] = set()


def among(persons: Iterable[int]) -> set[int]:
    """Those of `persons` who are erased. There are few of them in all."""
    return everybody() & set(persons)


def everybody() -> set[int]:
    """All the erased, by primary key."""
    return set(Erased.objects.values_list("person_id", flat=True)) if _table_there() else set()


def count() -> int:
    """How many are erased: what is kept in memory of people is let go when this grows."""
    return Erased.objects.count() if _table_there() else 0


def since() -> dict[int, datetime]:
    """Person → from when on nothing is known of them."""
    return dict(Erased.objects.values_list("person_id", "at")) if _table_there() else {}


def erased_on(user: User, code: str) -> date | None:
    """The day on which the case called `code` was erased, for those who could see it: those who see the whole
    register, and the coordinators of the region where it was entered. None for everybody else."""
    if not may(user, Permission.CASE_BROWSE):
        return None
    people = Person.objects.filter(code=code, erased__isnull=False)
    regions = scope(user)
    if regions is not None:
        people = people.filter(pk__in=CaseRegion.objects.filter(region__in=sorted(regions)).values("person"))
    at = people.values_list("erased__at", flat=True).first()
    return None if at is None else at.astimezone(zone()).date()


def person_told(user: User, code: str) -> Person:
    """As `access.person_of`; whoever could see a case that was erased is told so (NotFound `case.erased`)."""
    try:
        return person_of(user, code)
    except NotFound:
        day = erased_on(user, code)
        if day is None:
            raise
        raise NotFound("case.erased", day=day.isoformat()) from None


def _table_there() -> bool:
    """Whether the table is made yet: an earlier migration reads the register before it is."""
    name = str(connection.settings_dict["NAME"])
    if name not in _there and Erased._meta.db_table in connection.introspection.table_names():
        _there.add(name)
    return name in _there
