"""The mode of a register survives a restart, and what is read-only takes no write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.register.models import Assignment, PendingReview
from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock, modes, trail
from constancia.infra.home import Home
from constancia.infra.modes import Mode
from constancia.infra.writer import writing
from tests.support.cast import NewCase


@pytest.fixture
def house(suite_home: Home) -> Iterator[Home]:
    yield suite_home
    suite_home.mode_file.unlink(missing_ok=True)


def test_it_is_kept_in_the_home_with_its_reason(new_home: Callable[..., Any]) -> None:
    home = new_home()[0]
    assert modes.state(home).mode is Mode.NORMAL
    modes.change(home, Mode.READ_ONLY, "  mudanza \n de servidor ")
    again = modes.state(Home.at(home.path))
    assert (again.mode, again.reason) == (Mode.READ_ONLY, "mudanza de servidor")
    assert home.mode_file.stat().st_mode & 0o777 == 0o600
    assert modes.change(home, Mode.NORMAL).reason == ""


def test_what_was_closed_goes_back_to_what_it_was(new_home: Callable[..., Any]) -> None:
    home = new_home()[0]
    modes.change(home, Mode.READ_ONLY, "mudanza")
    for _ in range(2):
        assert modes.change(home, Mode.CLOSED).lasting is Mode.READ_ONLY
    assert modes.reopen(home).mode is Mode.READ_ONLY
    assert modes.reopen(home).reason == "mudanza"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "a\x07b"])
def test_read_only_needs_a_reason_of_one_line(new_home: Callable[..., Any], reason: str) -> None:
    home = new_home()[0]
    with pytest.raises(InputRefused, match=r"mode\.reason"):
        modes.change(home, Mode.READ_ONLY, reason)
    assert not home.mode_file.exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"mode": "open"}', b"\xff", b"[" * 200_000])
def test_a_mode_that_cannot_be_read_means_that_nothing_is_written(
    new_home: Callable[..., Any], content: bytes
) -> None:
    home = new_home()[0]
    home.mode_file.write_bytes(content)
    assert modes.state(home).mode is Mode.READ_ONLY


@pytest.mark.django_db
def test_in_read_only_every_write_is_refused_and_signing_in_and_the_trail_go_on(house: Home) -> None:
    ana = accounts.create_user(None, "ana", "Ana", Role.DESK, password="cuatro caballos bajo el samán")
    modes.change(house, Mode.READ_ONLY, "mudanza")
    with pytest.raises(StoreRefused) as caught, writing():
        pytest.fail("written")
    assert caught.value.code == "store.read_only_mode"
    with pytest.raises(StoreRefused, match="read_only_mode"):
        accounts.create_user(None, "luis", "Luis", Role.DESK)
    assert accounts.authenticate("ana", "cuatro caballos bajo el samán") == ana
    accounts.disable(None, ana)
    assert trail.note(ana.pk, Deed.SIGN_IN) > 0
    modes.change(house, Mode.NORMAL)
    accounts.create_user(None, "luis", "Luis", Role.DESK)
    assert User.objects.filter(username="luis").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("many", [False, True])
def test_a_write_that_forgot_to_ask_is_refused_too(
    house: Home, desk: User, lawyer: User, case: NewCase, many: bool
) -> None:
    person = case(desk, "Nombre Inventado")

    def forgotten() -> None:
        row = Assignment(user=lawyer, person=person, active=True, recorded_at=clock.now(), recorded_by=desk)
        Assignment.objects.bulk_create([row]) if many else row.save()

    modes.change(house, Mode.READ_ONLY, "mudanza")
    with pytest.raises(StoreRefused, match="read_only_mode"):
        forgotten()
    with pytest.raises(StoreRefused, match="read_only_mode"):
        PendingReview.objects.update(kind="x")
    modes.change(house, Mode.NORMAL)
    forgotten()
    assert Assignment.objects.count() == 1
