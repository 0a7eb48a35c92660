"""Who sees which case: the same answer for "not yours" and "does not exist"."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.register.histories import SEALED_KINDS
from constancia.apps.register.models import Assignment, CaseRegion, Erased, Person
from constancia.domain.errors import NotFound
from constancia.domain.vocabulary.terms import Role
from constancia.infra import barrier


def visible(user: User) -> QuerySet[Person]:
    """The people whose case `user` may open: all, those of the user's regions, or those assigned. Never the
    erased."""
    people = Person.objects.exclude(pk__in=Erased.objects.values("person"))
    if not may(user, Permission.CASE_BROWSE):
        return people.none()
    regions = scope(user)
    if regions is None:
        return people
    if user.role == Role.LAWYER:
        latest = (
            Assignment.objects.filter(person=OuterRef("pk"), user=user).order_by("-id").values("active")[:1]
        )
        return people.filter(pk__in=assigned(user)).annotate(_mine=Subquery(latest)).filter(_mine=True)
    return people.filter(Exists(CaseRegion.objects.filter(person=OuterRef("pk"), region__in=sorted(regions))))


def assigned(user: User) -> QuerySet[Assignment, int]:
    """Persons ever assigned to `user`; the latest row says whether still."""
    return Assignment.objects.filter(user=user).values_list("person_id", flat=True)


def reach_of(user: User) -> barrier.Reach | None:
    """What `visible` lets `user` see, for the second barrier; None for everything."""
    if not may(user, Permission.CASE_BROWSE):
        return barrier.Reach()
    regions = scope(user)
    if regions is None:
        return None
    return barrier.Reach(assigned_to=user.pk) if user.role == Role.LAWYER else barrier.Reach(regions)


P = ParamSpec("P")
R = TypeVar("R")


def within_reach(function: Callable[Concatenate[User, P], R]) -> Callable[Concatenate[User, P], R]:
    """Marks a function that shows cases to the user it takes first: on PostgreSQL the server gives it no row
    of a case that is not the user's, whatever it asks for. What it gives must be read by then: no generator,
    no queryset."""

    @wraps(function)
    def narrowed(user: User, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with barrier.narrowed(reach_of(user)):
            return function(user, *args, **kwargs)

    return narrowed


@within_reach
def person_of(user: User, code: str) -> Person:
    """The person called `code`, if `user` may see the case. Raises NotFound (`case.not_found`)."""
    found = visible(user).filter(code=code).first()
    if found is None:
        raise NotFound("case.not_found")
    return found


def may_know_of(user: User, kind: str) -> bool:
    """Whether `user` may know that a fact of that kind was recorded: of the sealed tier, few may."""
    return kind not in SEALED_KINDS or may(user, Permission.SOURCE_SEALED)


Rows = TypeVar("Rows", bound=Model)


def only_visible(rows: QuerySet[Rows], user: User) -> QuerySet[Rows]:
    """Those of `rows` (each with a `person`) whose case `user` may open.

    Who sees the whole register gets `rows` as they are: the database would join every one of them. For a
    coordinator each row is asked about by itself: SQLite would gather everybody visible before the first.
    """
    if not may(user, Permission.CASE_BROWSE):
        return rows.none()
    regions = scope(user)
    if regions is None:
        return rows
    if user.role == Role.LAWYER:
        return rows.filter(person__in=visible(user))
    near = CaseRegion.objects.filter(person=OuterRef("person_id"), region__in=sorted(regions))
    return rows.filter(Exists(near), ~Exists(Erased.objects.filter(person=OuterRef("person_id"))))


def in_regions(user: User) -> QuerySet[CaseRegion] | None:
    """Where regions decide what `user` sees: who is in them, the erased too, out of an index made for it.
    None for everybody else. On PostgreSQL the second barrier does not hold this table: what is shown must
    come from one that it holds."""
    regions = scope(user)
    if not regions or not may(user, Permission.CASE_BROWSE):
        return None
    return CaseRegion.objects.filter(region__in=sorted(regions)).order_by()
