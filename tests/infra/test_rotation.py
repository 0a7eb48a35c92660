"""New epochs of keys: all stays readable, the old key opens nothing, a crash in between is mended."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra import clock, keystore, rotation, unlocked
from constancia.infra.codec import SubjectCodec
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.rotation import FILES, file_of, rotate_django, rotate_files, rotate_kek, settle
from constancia.infra.secrets_unlock import RootKey, unlock
from constancia.infra.sqlcipher.connection import open_encrypted
from tests.support.houses import PASSPHRASE

NewHome = Callable[..., tuple[Home, RootKey]]
PERSON = bytes(15) + b"\x01"


@pytest.fixture
def house(new_home: NewHome) -> tuple[Home, RootKey]:
    """A home with a row in each of its encrypted files, one with its log beside it, and a sealed name."""
    home, root = new_home()
    for purpose in FILES:
        made = open_encrypted(
            file_of(home, purpose), root.current(purpose), create=True, isolation_level=None
        )
        made.execute("CREATE TABLE note(v TEXT)")
        made.execute("INSERT INTO note VALUES (?)", (purpose,))
        made.close()
    with codec(home, root) as one:
        one.create_subjects([PERSON])
        (home.path / "sellado").write_bytes(one.seal(PERSON, "x", b"Nombre Inventado"))
    return home, root


class codec:  # noqa: N801 - used as a block
    """The codec of a home, as `unlocked` makes it."""

    def __init__(self, home: Home, root: RootKey) -> None:
        self._ring = KeyRing(home.keyring, root.current("keyring"))
        epoch = root.epoch("kek")
        self._made = SubjectCodec(
            self._ring,
            root.derive(f"kek/{epoch}"),
            root.current("blind"),
            epoch=epoch,
            earlier=lambda epoch: root.derive(f"kek/{epoch}"),
            lasting=root.derive("blind/1"),
        )

    def __enter__(self) -> SubjectCodec:
        return self._made

    def __exit__(self, *error: object) -> None:
        self._ring.close()


def whole(home: Home) -> RootKey:
    """Unlocks as a start does, and reads everything back."""
    root = settle(home, unlock(home, PASSPHRASE))
    assert keystore.read(home).pending == {}
    for purpose in FILES:
        opened = open_encrypted(file_of(home, purpose), root.current(purpose))
        assert opened.execute("SELECT v FROM note").fetchall() == [(purpose,)]
        assert opened.execute("PRAGMA cipher_integrity_check").fetchall() == []
        opened.close()
    with codec(home, root) as one:
        assert one.open(PERSON, "x", (home.path / "sellado").read_bytes()) == b"Nombre Inventado"
    assert not list(home.path.glob(f"*{rotation.SUFFIX}*"))
    return root


def test_the_files_are_encrypted_anew_and_the_old_key_opens_none(house: tuple[Home, RootKey]) -> None:
    home, root = house
    before = {purpose: file_of(home, purpose).read_bytes() for purpose in FILES}
    rotate_files(home, root)
    after = whole(home)
    for purpose in FILES:
        assert after.epoch(purpose) == 2
        assert file_of(home, purpose).read_bytes()[4096:] != before[purpose][4096:]
        assert file_of(home, purpose).stat().st_mode & 0o777 == 0o600
        with pytest.raises(StoreRefused, match=r"store\.wrong_key"):
            open_encrypted(file_of(home, purpose), root.derive(f"{purpose}/1"))
    rotate_files(home, after)
    assert whole(home).epoch("db") == 3


def test_every_subject_key_is_wrapped_anew_and_the_old_one_opens_none(house: tuple[Home, RootKey]) -> None:
    home, root = house
    rotate_kek(home, root)
    after = whole(home)
    ring = KeyRing(home.keyring, after.current("keyring"))
    assert ring.epochs() == {2: 1}
    ring.close()
    with codec(home, after) as one:
        one.create_subjects([bytes(16)])
    assert KeyRing(home.keyring, after.current("keyring")).epochs() == {2: 2}
    # What somebody kept of the first epoch is of no use for what the ring holds now.
    thief = SubjectCodec(KeyRing(home.keyring, after.current("keyring")), root.derive("kek/1"), b"x")
    with pytest.raises(Exception, match=r"codec\.keyring"):
        thief.open(PERSON, "x", (home.path / "sellado").read_bytes())


class Killed(BaseException):
    """What no handler of errors stops."""


def steps(monkeypatch: pytest.MonkeyPatch, fatal: int) -> None:
    """The `fatal`-th thing that reaches the disk, a written keystore or a file's new name, is the last."""
    count = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count > fatal:
                raise Killed
            return real(*arguments, **options)

        return call

    monkeypatch.setattr(rotation.os, "replace", counted(rotation.os.replace))
    monkeypatch.setattr(rotation, "rekey", counted(rotation.rekey))
    monkeypatch.setattr(rotation, "_rewrap", counted(rotation._rewrap))
    # A process that is killed tidies nothing up.
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)


@pytest.mark.parametrize("rotate", [rotate_files, rotate_kek])
def test_killed_at_any_step_it_is_readable_and_goes_on(
    house: tuple[Home, RootKey], rotate: Callable[[Home, RootKey], RootKey]
) -> None:
    home, _ = house
    for fatal in range(20):
        root = whole(home)
        with pytest.MonkeyPatch.context() as patched:
            steps(patched, fatal)
            try:
                rotate(home, root)
            except Killed:
                ended = False
            else:
                ended = True
        whole(home)
        if ended:
            break
    assert ended
    assert fatal > 2


def test_a_file_that_somebody_has_open_is_not_touched(house: tuple[Home, RootKey]) -> None:
    home, root = house
    used = open_encrypted(home.database, root.current("db"), isolation_level=None)
    used.execute("BEGIN")
    used.execute("SELECT * FROM note").fetchall()
    before = home.database.read_bytes()
    with pytest.raises(InputRefused, match=r"keys\.in_use"):
        rotate_files(home, root)
    assert home.database.read_bytes() == before
    used.close()
    whole(home)


def test_who_waits_for_the_file_while_it_is_made_anew_writes_nothing_into_the_old_one(
    house: tuple[Home, RootKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, root = house
    real, waiting = rotation.os.replace, []

    def replace(one: Any, other: Any) -> None:
        # Opened under the old name, as a program does that was started a moment before.
        if Path(other) == home.database:
            waiting.append(os.open(home.database, os.O_RDWR))
        real(one, other)

    monkeypatch.setattr(rotation.os, "replace", replace)
    rotate_files(home, root)
    old = Path(f"/proc/self/fd/{waiting[0]}").read_bytes()
    os.close(waiting[0])
    (home.path / "viejo.db").write_bytes(old)
    with pytest.raises(StoreRefused, match=r"store\.wrong_key"):
        open_encrypted(home.path / "viejo.db", root.derive("db/1"))


def test_the_rest_of_a_broken_attempt_does_not_reach_the_next(house: tuple[Home, RootKey]) -> None:
    home, root = house
    for beside in ("", "-journal", "-wal"):
        (home.path / f"registro.db{rotation.SUFFIX}{beside}").write_bytes(b"\xd9\xd5\x05\xf9" * 2000)
    rotate_files(home, root)
    whole(home)


def test_without_room_on_the_disk_nothing_is_begun(
    house: tuple[Home, RootKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, root = house
    monkeypatch.setattr(rotation.shutil, "disk_usage", lambda _: type("Use", (), {"free": 1000}))
    with pytest.raises(InputRefused, match=r"keys\.room"):
        rotate_files(home, root)
    whole(home)


def test_what_signs_sessions_moves_on_and_the_one_before_is_known(house: tuple[Home, RootKey]) -> None:
    home, root = house
    assert rotate_django(home, root).current("django") == root.derive("django/2")
    assert keystore.read(home).retired_at("django") is not None
    assert whole(home).epoch("django") == 2


@pytest.fixture(autouse=True)
def _no_keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONSTANCIA_PASSPHRASE", "CONSTANCIA_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_what_was_signed_in_the_epoch_before_holds_for_ten_hours_and_no_longer(settings: Any) -> None:
    now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    old, settings.SECRET_KEY = "o" * 50, "n" * 50
    settings.SECRET_KEY_FALLBACKS = unlocked.SecretsBefore([old], now + timedelta(hours=10))
    signed = signing.Signer(key=old, fallback_keys=[]).sign("x")
    with clock.frozen(now + timedelta(hours=9, minutes=59)):
        assert signing.Signer().unsign(signed) == "x"
    with clock.frozen(now + timedelta(hours=10)), pytest.raises(signing.BadSignature):
        signing.Signer().unsign(signed)
