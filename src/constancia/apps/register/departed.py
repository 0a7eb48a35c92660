"""Who is told that a case was erased: those who could see it, and nobody else."""

from __future__ import annotations

from datetime import date

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.register.access import person_of
from constancia.apps.register.models import CaseRegion, Person
from constancia.apps.register.policy import zone
from constancia.domain.errors import NotFound


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
