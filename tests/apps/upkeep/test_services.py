"""The mode, the closing and the noting of keys, as an administrator or the holder of the key does them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.ledger.models import Entry, Notice
from constancia.apps.upkeep import queries, services
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.terms import Role
from constancia.infra import modes, running, trail, unlocked
from constancia.infra.home import Home
from constancia.infra.modes import Mode

pytestmark = pytest.mark.django_db
PHRASE = "cuatro caballos bajo el samán"


@pytest.fixture
def house(suite_home: Home) -> Iterator[Home]:
    yield suite_home
    suite_home.mode_file.unlink(missing_ok=True)


@pytest.fixture
def admin() -> User:
    return accounts.create_user(None, "ana", "Ana Prueba", Role.ADMINISTRATOR, password=PHRASE)


def last() -> trail.Event:
    return trail.events(limit=1)[0]


def test_the_mode_is_changed_and_noted(house: Home, admin: User) -> None:
    services.set_mode(admin, Mode.READ_ONLY, "mudanza de servidor")
    assert modes.state(house).mode is Mode.READ_ONLY
    assert (last().actor, last().deed) == (admin.pk, Deed.MODE_CHANGED)
    assert last().said == {"mode": "read-only", "reason": "mudanza de servidor"}
    services.set_mode(None, Mode.NORMAL)
    assert (last().actor, last().said) == (None, {"mode": "normal", "reason": ""})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_changes_closes_or_sees_it(house: Home, role: Role) -> None:
    other = accounts.create_user(None, "otra", "Otra", role, ["lara"] if role is Role.COORDINATOR else ())
    for deed in (
        lambda: services.set_mode(other, Mode.READ_ONLY, "x"),
        lambda: services.close(other, PHRASE, end=lambda: pytest.fail("ended")),
        lambda: queries.ways(other),
        lambda: queries.derived(other, "es"),
        lambda: queries.mode(other),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not house.mode_file.exists()


def test_closing_asks_for_the_password_and_then_ends_the_site(house: Home, admin: User) -> None:
    ended = threading.Event()
    with pytest.raises(InputRefused, match=r"lock\.password"):
        services.close(admin, "otra contraseña larga", end=ended.set)
    assert not house.mode_file.exists()
    services.close(admin, PHRASE, end=ended.set)
    assert ended.wait(10)
    assert modes.state(house).mode is Mode.CLOSED
    assert (last().deed, last().said["mode"]) == (Deed.MODE_CHANGED, "locked")


def test_closing_ends_the_site_even_where_nothing_can_be_noted(
    house: Home, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trail, "note", full)
    monkeypatch.setattr(modes, "write_whole", full)
    ended = threading.Event()
    services.close(admin, PHRASE, end=ended.set)
    assert ended.wait(10)


def test_a_changed_key_is_in_the_trail_and_in_the_log_without_a_secret(house: Home) -> None:
    services.noted("shares", {"need": 2, "of": 3})
    assert (last().deed, last().said) == (Deed.KEY_CHANGED, {"what": "shares", "need": 2, "of": 3})
    notice = Notice.objects.get()
    said = f'{{"event":{last().seq},"need":2,"of":3,"what":"shares"}}'
    assert (notice.kind, notice.text) == ("keys", said)
    assert Entry.objects.get().kind == "keys"
    services.noted("shares", {"need": 2, "of": 3})  # twice in a week
    modes.change(house, Mode.READ_ONLY, "mudanza")
    services.noted("passphrase")
    assert last().said == {"what": "passphrase"}
    assert Notice.objects.count() == 2


def test_nothing_is_rotated_while_the_site_is_open(house: Home) -> None:
    before = unlocked.root().epoch("django")
    with running.serving(house), pytest.raises(InputRefused, match=r"keys\.serving"):
        services.rotate("django")
    assert unlocked.root().epoch("django") == before


def test_the_ways_of_unlocking_are_told_without_what_opens(admin: User) -> None:
    (way,) = queries.ways(admin)
    assert {
        "number": 1,
        "kind": "passphrase",
        "memory_kib": 64,
        "passes": 1,
        "lanes": 1,
    }.items() <= way.items()
    assert not {"wrapped", "salt"} & set(way)
    assert {"purpose": "db", "epoch": 1, "kind": "SQLCipher AES-256", "rotation": "db"}.items() <= next(
        key.items() for key in queries.derived(admin, "en") if key["purpose"] == "db"
    )
