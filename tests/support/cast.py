"""A cast of invented users whose rights never change, and a small hand for recording."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from constancia.apps.accounts.models import RoleChange, User
from constancia.apps.register.models import Person
from constancia.apps.register.services import FactGiven, SourceGiven, add_facts, new_case
from constancia.domain.dates import ImpreciseDate
from constancia.domain.vocabulary.terms import IdentityVerdict, Reliability, Role, SourceKind
from constancia.infra import clock


def _user(name: str, role: Role, regions: tuple[str, ...] = ()) -> User:
    user = User(
        username=name, display_name=name.title(), role=role, regions=list(regions), created_at=clock.now()
    )
    user.set_unusable_password()
    user.save()
    RoleChange.objects.create(user=user, role=role, regions=list(regions), active=True, at=clock.now())
    return user


@pytest.fixture
def desk(db: None) -> User:
    return _user("delfina", Role.DESK)


@pytest.fixture
def second(db: None) -> User:
    return _user("segundo", Role.DESK)


@pytest.fixture
def lara(db: None) -> User:
    return _user("laura", Role.COORDINATOR, ("lara",))


@pytest.fixture
def zulia(db: None) -> User:
    return _user("zulay", Role.COORDINATOR, ("zulia",))


@pytest.fixture
def lawyer(db: None) -> User:
    return _user("abelardo", Role.LAWYER)


@pytest.fixture
def volunteer(db: None) -> User:
    return _user("violeta", Role.VOLUNTEER)


def on(day: str) -> ImpreciseDate:
    """A day known exactly."""
    moment = date.fromisoformat(day)
    return ImpreciseDate(day, moment, moment, day)


SEEN = SourceGiven(SourceKind.OWN_LAWYER, "Abogada de la casa", Reliability.A)
TOLD = SourceGiven(SourceKind.RELATIVE, "Hermana", Reliability.B)
NewCase = Callable[..., Person]


def judge(user: User, one: Person, other: Person, verdict: IdentityVerdict, reason: str) -> int:
    """`user` says whether two people are one. Returns the fact's number."""
    told = FactGiven("identity_judgement", {"other": other.code, "verdict": verdict.value, "reason": reason})
    return add_facts(user, one.code, facts=[told], source=TOLD)[0]


@pytest.fixture
def case() -> NewCase:
    """case(user, "Name", arrested="2026-01-08", state="lara", released=None, source=SEEN, more=())."""
    return _case


def _case(
    user: User,
    name: str,
    arrested: str = "2026-01-08",
    state: str = "lara",
    released: str | None = None,
    source: SourceGiven = SEEN,
    more: tuple[FactGiven, ...] = (),
    **arrest: Any,
) -> Person:
    facts = [
        FactGiven("name", {"full": name}),
        FactGiven("arrest", {"state": state, **arrest}, on(arrested)),
        *more,
    ]
    if released:
        facts.append(FactGiven("release", {"release": "under_measures"}, on(released)))
    return new_case(user, facts=facts, source=source)
