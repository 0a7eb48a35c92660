"""A key is kept with what it recorded, or not at all."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.retries.models import Kept
from constancia.apps.retries.services import DAYS
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock
from constancia.infra.once import AlreadyDone, sending
from constancia.infra.writer import writing


def record(key: str, name: str, said: bytes = b"") -> None:
    """Somebody joins the house, in a sending with this key."""
    with sending(key, lambda: said or name.encode()):
        accounts.create_user(None, name, name.title(), Role.READER)


def test_the_same_key_records_once_and_says_when(db: None) -> None:
    record("a", "una")
    with pytest.raises(AlreadyDone) as done:
        record("a", "una")
    assert clock.now() - done.value.at < timedelta(minutes=5)
    assert User.objects.filter(username="una").count() == 1


def test_nothing_of_the_second_is_recorded(db: None) -> None:
    record("a", "una", b"lo mismo")
    with pytest.raises(AlreadyDone):
        record("a", "otra", b"lo mismo")
    assert not User.objects.filter(username="otra").exists()


def test_another_key_records_again_and_so_does_none(db: None) -> None:
    record("a", "una")
    record("b", "dos")
    accounts.create_user(None, "tres", "Tres", Role.READER)
    assert User.objects.filter(username__in=["una", "dos", "tres"]).count() == 3
    assert Kept.objects.count() == 2


def test_a_key_with_something_else_in_it_is_refused(db: None) -> None:
    record("a", "una")
    with pytest.raises(InputRefused) as refused:
        record("a", "otra")
    assert refused.value.code == "retry.other"
    assert not User.objects.filter(username="otra").exists()


def test_a_deed_that_is_refused_keeps_no_key_and_can_be_sent_again(db: None) -> None:
    with sending("a", lambda: b"x") as one, pytest.raises(RuntimeError), writing():
        raise RuntimeError
    assert not one.done
    assert not Kept.objects.exists()
    record("a", "una", b"x")
    assert User.objects.filter(username="una").exists()


def test_a_deed_of_two_recordings_is_one_sending(db: None) -> None:
    with sending("a", lambda: b"x") as one:
        accounts.create_user(None, "una", "Una", Role.READER)
        assert one.done
        accounts.create_user(None, "dos", "Dos", Role.READER)
    assert User.objects.filter(username__in=["una", "dos"]).count() == 2


def test_rows_say_neither_the_key_nor_what_was_said(db: None) -> None:
    record("clave-secreta", "zoraida")
    row = Kept.objects.get()
    held = bytes(row.key) + bytes(row.fingerprint)
    assert len(held) == 64
    assert b"clave" not in held
    assert b"zoraida" not in held


def test_keys_are_forgotten_after_their_days(db: None) -> None:
    record("a", "una", b"x")
    with clock.frozen(clock.now() + timedelta(days=DAYS, minutes=1)):
        record("b", "dos")
        assert Kept.objects.count() == 1
        record("a", "tres", b"x")
    assert User.objects.filter(username="tres").exists()


@pytest.mark.django_db(transaction=True)
def test_of_the_same_sent_by_many_at_once_one_is_recorded() -> None:
    told: list[str] = []
    ready = threading.Barrier(4)

    def send(name: str) -> None:
        ready.wait(10)
        try:
            record("a", name, b"lo mismo")
            told.append("recorded")
        except AlreadyDone:
            told.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(f"persona-{n}",)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(told) == ["already"] * 3 + ["recorded"]
    assert User.objects.filter(username__startswith="persona-").count() == 1
