"""A new root key: all stays readable, the old one opens nothing, and a crash at any step is gone on from."""

from __future__ import annotations

import hmac
import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra import carrying, clock, keystore, rotation, sharing, succession
from constancia.infra.home import Home
from constancia.infra.key_inventory import KEYS
from constancia.infra.keystore import Slot
from constancia.infra.rotation import FILES, file_of
from constancia.infra.secrets_unlock import RootKey, add_key_file, change_passphrase, same_way, unlock
from constancia.infra.sqlcipher.connection import open_encrypted
from tests.infra.test_rotation import NewHome, codec, house, whole
from tests.support.houses import CHEAP, PASSPHRASE

__all__ = ["house"]


@pytest.fixture(autouse=True)
def _no_keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONSTANCIA_PASSPHRASE", "CONSTANCIA_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


def exchanged(home: Home, root: RootKey, *key_files: Path) -> RootKey:
    def rewrap(slot: Slot, new: RootKey) -> Slot | None:
        return same_way(slot, root, new, PASSPHRASE, key_files)

    return succession.begin(home, root, rewrap)


def after_a_start(home: Home) -> RootKey:
    """Unlocks as a start does, and reads everything back."""
    found = succession.settle(home, unlock(home, PASSPHRASE))
    assert keystore.read(home).succession == {}
    whole(home)
    return found


def test_everything_is_under_the_new_root_and_the_old_one_opens_nothing(house: tuple[Home, RootKey]) -> None:
    home, root = house
    old_store = home.keystore.read_bytes()
    before = {purpose: root.current(purpose) for purpose in FILES}
    new = exchanged(home, root)
    assert after_a_start(home).derive("x/1") == new.derive("x/1") != root.derive("x/1")
    for purpose in FILES:
        with pytest.raises(StoreRefused, match=r"store\.wrong_key"):
            open_encrypted(file_of(home, purpose), before[purpose])
    assert b"sub" not in home.keystore.read_bytes()
    # An old copy of llave.json with the old passphrase gives the old root, which opens nothing here.
    home.keystore.write_bytes(old_store)
    with pytest.raises(StoreRefused, match=r"store\.wrong_key"):
        open_encrypted(home.database, unlock(home, PASSPHRASE).current("db"))


def test_what_could_not_be_made_anew_is_carried_along_and_all_else_is_another_key(
    house: tuple[Home, RootKey],
) -> None:
    home, root = house
    new = exchanged(home, root)
    for one in KEYS:
        if one.follows == "carried":
            assert new.current(one.purpose) == root.current(one.purpose)
            assert new.carries(f"{one.purpose}/1")
        else:
            assert new.current(one.purpose) != root.current(one.purpose)
    assert new.derive("blind/1") == root.derive("blind/1")
    assert new.earlier("totp") == root.derive("totp/1")
    assert new.earlier("retries") == root.derive("retries/1")
    assert keystore.read(home).following == ("blind", "totp")
    # Once more: nothing of the root before the last is left but what is kept for good.
    after = exchanged(home, succession.followed(home, new, "totp"))
    assert after.derive("totp/1") != root.derive("totp/1")
    assert after.derive("blind/1") == root.derive("blind/1")
    assert after.current("ledger-hechos") == root.current("ledger-hechos")
    whole(home)


def test_every_way_of_opening_is_made_for_the_new_root_or_is_gone(
    house: tuple[Home, RootKey], tmp_path: Path
) -> None:
    home, root = house
    kept, lost = tmp_path / "uno.llave", tmp_path / "otro.llave"
    add_key_file(home, root, kept)
    add_key_file(home, root, lost)
    recipients = [sharing.new_identity(tmp_path / f"persona-{number}") for number in (1, 2)]
    sharing.share_out(home, root, 2, recipients, tmp_path / "partes")
    new = exchanged(home, root, kept)
    assert [slot["kind"] for slot in keystore.read(home).slots] == ["passphrase", "keyfile"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CONSTANCIA_KEY_FILE", str(kept))
        assert unlock(home).derive("x/1") == new.derive("x/1")
        patched.setenv("CONSTANCIA_KEY_FILE", str(lost))
        with pytest.raises(StoreRefused, match=r"store\.wrong_key_file"):
            unlock(home)


def test_without_a_way_to_the_new_root_nothing_changes(house: tuple[Home, RootKey]) -> None:
    home, root = house
    before = home.keystore.read_bytes()
    with pytest.raises(InputRefused, match=r"keys\.last_way"):
        succession.begin(home, root, lambda slot, new: None)
    assert home.keystore.read_bytes() == before
    whole(home)


def test_a_file_that_somebody_has_open_keeps_it_from_beginning(house: tuple[Home, RootKey]) -> None:
    home, root = house
    used = open_encrypted(home.trail, root.current("trail"), isolation_level=None)
    used.execute("BEGIN")
    used.execute("SELECT * FROM note").fetchall()
    before = home.keystore.read_bytes()
    with pytest.raises(InputRefused, match=r"keys\.in_use"):
        exchanged(home, root)
    assert home.keystore.read_bytes() == before
    used.close()
    whole(home)


class Killed(BaseException):
    """What no handler of errors stops."""


def fatal_step(patched: pytest.MonkeyPatch, fatal: int, end: Callable[[], object]) -> None:
    """The `fatal`-th thing that reaches the disk is not done any more: `end` ends it all."""
    count, unlink = 0, Path.unlink

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count > fatal:
                end()
            return real(*arguments, **options)

        return call

    patched.setattr(os, "replace", counted(os.replace))
    patched.setattr(os, "pwrite", counted(os.pwrite))
    patched.setattr(rotation, "rekey", counted(rotation.rekey))
    patched.setattr(rotation, "rewrap", counted(rotation.rewrap))
    # A process that is killed tidies nothing up.
    patched.setattr(Path, "unlink", lambda *of, **how: None if count > fatal else unlink(*of, **how))


def kill() -> None:
    raise Killed


def test_killed_at_any_step_the_next_start_goes_on_and_all_is_there(house: tuple[Home, RootKey]) -> None:
    home, _ = house
    roots = []
    for fatal in range(40):
        root = after_a_start(home)
        roots.append(root.derive("x/1"))
        with pytest.MonkeyPatch.context() as patched:
            fatal_step(patched, fatal, kill)
            try:
                exchanged(home, root)
            except Killed:
                ended = False
            else:
                ended = True
        after = after_a_start(home)
        # Either nothing was begun, or the whole is done.
        assert (after.derive("x/1") == root.derive("x/1")) == (fatal == 0)
        if ended:
            break
    assert ended
    assert fatal > 12
    assert len(set(roots)) == len(roots) - 1


def test_killed_again_while_it_goes_on_it_still_ends(house: tuple[Home, RootKey]) -> None:
    home, root = house
    for fatal in (2, 3, 1, 2, 4):
        with pytest.MonkeyPatch.context() as patched, pytest.raises(Killed):
            fatal_step(patched, fatal, kill)
            if keystore.read(home).succession:
                succession.settle(home, unlock(home, PASSPHRASE))
            else:
                exchanged(home, root)
    assert after_a_start(home).derive("x/1") != root.derive("x/1")


@pytest.mark.faults
def test_row_06_kill_9_in_the_middle_of_a_new_root_loses_nothing(house: tuple[Home, RootKey]) -> None:
    home, _ = house
    for fatal in (1, 4, 9, 14):
        root = after_a_start(home)
        child = os.fork()
        if child == 0:
            try:
                fatal_step(pytest.MonkeyPatch(), fatal, lambda: os.kill(os.getpid(), signal.SIGKILL))
                exchanged(home, root)
            finally:
                os._exit(0)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        assert after_a_start(home).derive("x/1") != root.derive("x/1")


def test_shares_open_a_register_whose_exchange_was_interrupted(
    house: tuple[Home, RootKey], tmp_path: Path
) -> None:
    home, root = house
    people = [tmp_path / f"persona-{number}" for number in (1, 2)]
    holders = sharing.share_out(home, root, 2, [sharing.new_identity(one) for one in people], tmp_path / "p")
    with pytest.MonkeyPatch.context() as patched, pytest.raises(Killed):
        fatal_step(patched, 3, kill)
        exchanged(home, root)
    given = [sharing.decrypt_share(one.file, who) for one, who in zip(holders, people, strict=True)]
    found = succession.settle(home, sharing.open_with(home, given))
    assert found.derive("x/1") == unlock(home, PASSPHRASE).derive("x/1")
    whole(home)


def test_the_root_to_come_is_believed_only_as_it_was_written(house: tuple[Home, RootKey]) -> None:
    home, root = house
    with pytest.MonkeyPatch.context() as patched, pytest.raises(Killed):
        fatal_step(patched, 1, kill)
        exchanged(home, root)
    told = json.loads(home.keystore.read_bytes())
    told["succession"]["epochs"]["db"] = 7
    home.keystore.write_text(json.dumps(told))
    with pytest.raises(StoreRefused, match=r"store\.keystore"):
        unlock(home, PASSPHRASE)


def test_a_key_that_is_remembered_for_a_week_is_destroyed_then(house: tuple[Home, RootKey]) -> None:
    home, root = house
    new = exchanged(home, root)
    assert succession.tidied(home, new) is new
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        after = succession.tidied(home, new)
    assert after.earlier("retries") is None
    assert after.earlier("totp") == root.derive("totp/1")
    assert "retries/1" not in unlock(home, PASSPHRASE)._carried


def test_a_carried_key_moved_to_another_label_is_refused(new_home: NewHome) -> None:
    home, root = new_home()
    store = keystore.read(home)
    swapped = {"ledger-casos/1": store.carried["ledger-hechos/1"]}
    keystore.Keystore(store.slots, carried=swapped).write(home, root.derive("keystore/1"))
    with pytest.raises(StoreRefused, match=r"store\.keystore"):
        unlock(home, PASSPHRASE)


def test_who_opened_it_before_cannot_bring_the_old_root_back(house: tuple[Home, RootKey]) -> None:
    """Somebody was being asked for another passphrase while somebody else exchanged the root."""
    home, root = house
    exchanged(home, root)
    before = home.keystore.read_bytes()
    for deed in (
        lambda: change_passphrase(home, root, "otra frase inventada", cost=CHEAP),
        lambda: add_key_file(home, root, home.path.parent / "x.llave"),
        lambda: rotation.rotate_django(home, root),
        lambda: rotation.rotate_kek(home, root),
        lambda: exchanged(home, root),
        lambda: succession.followed(home, root, "totp"),
    ):
        with pytest.raises(StoreRefused, match=r"keys\.root_changed"):
            deed()
    assert home.keystore.read_bytes() == before
    whole(home)


def test_a_register_from_before_there_were_carried_keys_follows_too(house: tuple[Home, RootKey]) -> None:
    home, root = house
    store = carrying.without(keystore.read(home), set(keystore.read(home).carried))
    store.write(home, root.derive("keystore/1"))
    assert json.loads(home.keystore.read_bytes())["version"] == 2
    old = unlock(home, PASSPHRASE)
    new = exchanged(home, old)
    assert new.current("ledger-hechos") == old.derive("ledger-hechos/1")
    with codec(home, new) as one:
        assert one.blind("import_row", "x") == _blind(old, "import_row", "x")


def _blind(root: RootKey, label: str, text: str) -> str:
    return hmac.digest(root.derive("blind/1"), label.encode() + b"\x00" + text.encode(), "sha256").hex()
