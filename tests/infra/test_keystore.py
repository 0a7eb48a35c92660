"""The keystore: what an older program wrote opens for ever, and what a stranger wrote into it is refused."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra import keystore, modes, secrets_unlock
from constancia.infra.codec import SubjectCodec
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.keystore import Cost
from constancia.infra.modes import Mode
from constancia.infra.rotation import rotate_django, settle
from constancia.infra.secrets_unlock import (
    RootKey,
    add_key_file,
    change_passphrase,
    read_key_file,
    remove_way,
    unlock,
)
from tests.support.houses import CHEAP, PASSPHRASE

NewHome = Callable[..., tuple[Home, RootKey]]
FIRST = Path(__file__).parents[1] / "fixtures" / "keystores"
SEALED_THEN = "01464307711744e2dfccfcc58a93bb67008a834e4084ebbf5a2b5ea6755717324c158e9ec01e269248ec40e2aa"
"""A name sealed by the program that wrote those files, for subject 0 at "fact|name|1"."""


@pytest.fixture(autouse=True)
def _no_keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONSTANCIA_PASSPHRASE", "CONSTANCIA_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def first(tmp_path: Path) -> Home:
    """A home whose keystore and keyring were written before there were epochs."""
    home = Home.create(tmp_path / "casa")
    for name, path in (("llave-1.json", home.keystore), ("claves-1.db", home.keyring)):
        shutil.copyfile(FIRST / name, path)
        path.chmod(0o600)
    return home


def test_what_the_first_program_wrote_opens_and_what_it_sealed_is_read(first: Home) -> None:
    assert json.loads(first.keystore.read_bytes())["version"] == 1
    root = settle(first, unlock(first, PASSPHRASE))
    assert root.current("db").hex() == "b3ba51976f6f175312c0bab9c88b84df8f24c775a1dbda851caa178afafd0311"
    ring = KeyRing(first.keyring, root.current("keyring"))
    codec = SubjectCodec(ring, root.current("kek"), root.derive("blind/1"))
    assert codec.open(bytes(16), "fact|name|1", bytes.fromhex(SEALED_THEN)) == b"Nombre Inventado"
    ring.close()


def test_the_first_change_writes_the_present_form_and_the_key_stays(first: Home) -> None:
    root = unlock(first, PASSPHRASE)
    change_passphrase(first, root, "otra frase inventada", cost=CHEAP)
    assert json.loads(first.keystore.read_bytes())["version"] == keystore.VERSION
    assert unlock(first, "otra frase inventada").current("db") == root.current("db")


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found["epochs"].update(db=7),
        lambda found: found["pending"].update(kek=9),
        lambda found: found["retired"].update(django="2020-01-01T00:00:00+00:00"),
        lambda found: found["slots"].append(dict(found["slots"][0], kind="keyfile")),
        lambda found: found.update(seal="00" * 32),
    ],
)
def test_what_somebody_without_the_key_wrote_into_it_is_refused(
    new_home: NewHome, change: Callable[[dict[str, Any]], object]
) -> None:
    home, root = new_home()
    rotate_django(home, root)
    found = json.loads(home.keystore.read_bytes())
    change(found)
    home.keystore.write_text(json.dumps(found))
    with pytest.raises(StoreRefused, match=r"store\.keystore"):
        unlock(home, PASSPHRASE)


def test_a_key_file_is_added_replaced_and_removed(
    new_home: NewHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, root = new_home()
    add_key_file(home, root, tmp_path / "uno")
    add_key_file(home, root, tmp_path / "dos", replacing=True)
    monkeypatch.setenv("CONSTANCIA_KEY_FILE", str(tmp_path / "dos"))
    assert unlock(home).current("db") == root.current("db")
    monkeypatch.setenv("CONSTANCIA_KEY_FILE", str(tmp_path / "uno"))
    with pytest.raises(StoreRefused, match=r"store\.wrong_key_file"):
        unlock(home)
    assert remove_way(home, root, 1) == "passphrase"
    with pytest.raises(InputRefused, match=r"keys\.last_way"):
        remove_way(home, root, 1)
    with pytest.raises(InputRefused, match=r"keys\.no_such_way"):
        remove_way(home, root, 2)
    assert len(read_key_file(tmp_path / "dos")) == 32


def test_a_closed_register_opens_by_nothing_but_a_person(
    new_home: NewHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, root = new_home()
    add_key_file(home, root, tmp_path / "llave")
    modes.change(home, Mode.CLOSED)
    monkeypatch.setenv("CONSTANCIA_KEY_FILE", str(tmp_path / "llave"))
    monkeypatch.setenv("CONSTANCIA_PASSPHRASE", PASSPHRASE)
    for given in (None, PASSPHRASE):
        with pytest.raises(StoreRefused, match=r"store\.closed"):
            unlock(home, given)
    with pytest.raises(StoreRefused, match=r"store\.locked"):
        unlock(home, by_person=True)
    with pytest.raises(StoreRefused, match=r"store\.wrong_passphrase"):
        unlock(home, ask=lambda: "otra frase de paso", by_person=True)
    assert unlock(home, ask=lambda: PASSPHRASE, by_person=True).current("db") == root.current("db")
    modes.reopen(home)
    assert unlock(home).current("db") == root.current("db")


def test_passphrases_are_derived_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0

    def hashed(*arguments: Any, **options: Any) -> bytes:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        threading.Event().wait(0.01)
        inside -= 1
        return bytes(32)

    monkeypatch.setattr(keystore, "hash_secret_raw", hashed)
    threads = [
        threading.Thread(target=keystore.stretch, args=("x", bytes(16), Cost(64, 1, 1))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_new_passphrase_costs_what_the_design_asks() -> None:
    # RFC 9106 recommends 64 MiB for small memory; the design asks for 256 MiB and three passes.
    assert Cost() == Cost(memory_kib=256 * 1024, passes=3, lanes=4)
    assert secrets_unlock.SHORTEST_PASSPHRASE >= 12


def test_what_a_killed_writer_left_of_the_keystore_is_gone_at_the_next_start(new_home: NewHome) -> None:
    home, root = new_home()
    left = home.keystore.with_name(f".{home.keystore.name}.0a1b2c3d4e5f.tmp")
    shutil.copyfile(home.keystore, left)
    settle(home, root)
    assert not left.exists()
    assert home.keystore.exists()
