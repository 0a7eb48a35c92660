from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import MATRIX, Permission, allow, may, scope
from constancia.domain.errors import NotAllowed
from constancia.domain.vocabulary.terms import Role


def somebody(role: str, regions: list[str] | None = None, active: bool = True) -> User:
    return User(username="x", display_name="X", role=role, regions=regions or [], is_active=active)


def test_every_role_stands_in_the_table() -> None:
    assert set(MATRIX) == set(Role)


def test_a_role_that_nobody_knows_may_do_nothing() -> None:
    assert not any(may(somebody("superuser"), permission) for permission in Permission)


def test_a_disabled_administrator_may_do_nothing() -> None:
    nobody = somebody(Role.ADMINISTRATOR, active=False)
    assert not any(may(nobody, permission) for permission in Permission)
    assert scope(nobody) == frozenset()


def test_a_volunteer_records_and_does_not_browse() -> None:
    volunteer = somebody(Role.VOLUNTEER)
    assert may(volunteer, Permission.CASE_RECORD)
    assert not may(volunteer, Permission.CASE_BROWSE)
    assert not may(volunteer, Permission.FIGURES_READ)


def test_a_reader_reads_figures_what_others_say_and_what_was_published_and_nothing_else() -> None:
    assert MATRIX[Role.READER] == {
        Permission.OWN_ACCOUNT,
        Permission.FIGURES_READ,
        Permission.CLAIMS_READ,
        Permission.EDITION_READ,
    }


def test_only_the_administrator_manages_people() -> None:
    assert [role for role in Role if Permission.PEOPLE_MANAGE in MATRIX[role]] == [Role.ADMINISTRATOR]
    with pytest.raises(NotAllowed):
        allow(somebody(Role.DESK), Permission.PEOPLE_MANAGE)


def test_a_coordinator_reaches_the_regions_of_the_role_and_the_desk_all() -> None:
    assert scope(somebody(Role.COORDINATOR, ["lara"])) == {"lara"}
    assert scope(somebody(Role.DESK)) is None
    for role in (Role.LAWYER, Role.VOLUNTEER, Role.READER):
        assert scope(somebody(role, ["lara"])) == frozenset()
