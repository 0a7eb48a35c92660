"""Which lawyers a case is assigned to."""

from __future__ import annotations

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register.access import person_of, within_reach
from constancia.apps.register.models import Assignment
from constancia.domain.errors import NotFound
from constancia.domain.vocabulary.terms import Role


@within_reach
def defence(user: User, code: str) -> list[User]:
    """The lawyers the case is assigned to now: of each, the latest row counts."""
    person = person_of(user, code)
    latest: dict[int, Assignment] = {}
    for row in Assignment.objects.filter(person=person).order_by("id").select_related("user"):
        latest[row.user_id] = row
    return [row.user for row in latest.values() if row.active and row.user.is_active]


def lawyers(user: User) -> list[User]:
    """Everybody a case can be assigned to, for those who assign."""
    allow(user, Permission.CASE_ASSIGN)
    return list(User.objects.filter(role=Role.LAWYER.value, is_active=True).order_by("display_name"))


def lawyer(user: User, username: str) -> User:
    """One of them. Raises NotFound (`case.no_such_lawyer`)."""
    for found in lawyers(user):
        if found.username == username:
            return found
    raise NotFound("case.no_such_lawyer")
