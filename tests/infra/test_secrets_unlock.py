"""From a passphrase or a key file to the root key; every wrong turn is a sentence of our own."""

from __future__ import annotations

import copy
import json
import pickle
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import (
    RootKey,
    change_passphrase,
    create_secret,
    read_key_file,
    unlock,
    write_key_file,
)
from tests.support.houses import CHEAP, PASSPHRASE

NewHome = Callable[..., tuple[Home, RootKey]]


@pytest.fixture(autouse=True)
def _no_keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONSTANCIA_PASSPHRASE", raising=False)
    monkeypatch.delenv("CONSTANCIA_KEY_FILE", raising=False)


def test_the_passphrase_gives_the_same_root_key_each_time(new_home: NewHome) -> None:
    home, root = new_home()
    assert unlock(home, PASSPHRASE).derive("db/1") == root.derive("db/1")


def test_another_passphrase_is_refused_and_changes_nothing(new_home: NewHome) -> None:
    home, _ = new_home()
    before = home.keystore.read_bytes()
    with pytest.raises(StoreRefused, match=r"store\.wrong_passphrase"):
        unlock(home, PASSPHRASE + "x")
    assert home.keystore.read_bytes() == before


def test_composed_and_decomposed_accents_are_the_same_passphrase(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "casa")
    create_secret(home, "corazón de la montaña", cost=CHEAP)
    unlock(home, unicodedata.normalize("NFD", "corazón de la montaña"))


def test_a_short_passphrase_is_refused_and_no_key_is_written(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "casa")
    with pytest.raises(InputRefused, match=r"passphrase\.short"):
        create_secret(home, "corta", cost=CHEAP)
    assert not home.keystore.exists()


def test_a_home_gets_only_one_root_key(new_home: NewHome) -> None:
    home, _ = new_home()
    with pytest.raises(StoreRefused, match=r"home\.taken"):
        create_secret(home, PASSPHRASE, cost=CHEAP)


def test_row_01_without_any_key_the_register_stays_locked(new_home: NewHome) -> None:
    home, _ = new_home()
    with pytest.raises(StoreRefused, match=r"store\.locked"):
        unlock(home)


def test_the_environment_and_the_prompt_unlock_too(
    new_home: NewHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, root = new_home()
    assert unlock(home, ask=lambda: PASSPHRASE).derive("x") == root.derive("x")
    monkeypatch.setenv("CONSTANCIA_PASSPHRASE", PASSPHRASE)
    assert unlock(home, ask=lambda: pytest.fail("asked")).derive("x") == root.derive("x")


def test_a_key_file_unlocks_and_says_whose_key_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home.create(tmp_path / "casa", demonstration=True)
    root = create_secret(home, key_file=home.keyfile)
    assert unlock(home).derive("x") == root.derive("x")
    assert "DEMOSTRACIÓN" in home.keyfile.read_text()
    assert home.keyfile.stat().st_mode & 0o777 == 0o600
    elsewhere = home.keyfile.rename(tmp_path / "llave")
    monkeypatch.setenv("CONSTANCIA_KEY_FILE", str(elsewhere))
    assert unlock(home).derive("x") == root.derive("x")


def test_a_home_may_have_both_a_passphrase_and_a_key_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home.create(tmp_path / "casa")
    root = create_secret(home, PASSPHRASE, key_file=tmp_path / "llave", cost=CHEAP)
    assert unlock(home, PASSPHRASE).derive("x") == root.derive("x")
    monkeypatch.setenv("CONSTANCIA_KEY_FILE", str(tmp_path / "llave"))
    assert unlock(home).derive("x") == root.derive("x")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o666, 0o610])
def test_a_key_file_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    write_key_file(tmp_path / "llave", False)
    (tmp_path / "llave").chmod(mode)
    with pytest.raises(StoreRefused) as caught:
        read_key_file(tmp_path / "llave")
    assert caught.value.code == "store.key_file_mode"
    assert caught.value.params == {"file": "llave", "mode": f"{mode:04o}"}


def test_the_key_file_of_another_register_is_refused(
    new_home: NewHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home.create(tmp_path / "casa")
    create_secret(home, key_file=tmp_path / "llave")
    write_key_file(tmp_path / "otra", False)
    monkeypatch.setenv("CONSTANCIA_KEY_FILE", str(tmp_path / "otra"))
    with pytest.raises(StoreRefused, match=r"store\.wrong_key_file"):
        unlock(home)


@pytest.mark.parametrize(
    "content",
    ["", "hola", "constancia-key-1 zz", "constancia-key-1 00ff", "constancia-key-2 " + "00" * 32, "\x00"],
)
def test_what_is_no_key_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "llave"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(StoreRefused, match=r"store\.key_file$"):
        read_key_file(path)


@pytest.mark.parametrize("what", ["absent", "folder", "binary"])
def test_a_key_file_that_cannot_be_read_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / "llave"
    if what == "folder":
        path.mkdir(mode=0o700)
    elif what == "binary":
        path.write_bytes(b"\xff\xfe\x00")
        path.chmod(0o600)
    with pytest.raises(StoreRefused, match=r"store\.key_file$"):
        read_key_file(path)


def test_a_key_file_is_never_written_over_another(tmp_path: Path) -> None:
    write_key_file(tmp_path / "llave", False)
    with pytest.raises(StoreRefused, match=r"store\.key_file$"):
        write_key_file(tmp_path / "llave", False)


def _spoil(home: Home, change: Callable[[dict[str, Any]], object]) -> None:
    found = json.loads(home.keystore.read_bytes())
    change(found)
    home.keystore.write_text(json.dumps(found))


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found.update(version=4),
        lambda found: found.pop("slots"),
        lambda found: found["slots"][0].pop("kind"),
        lambda found: found["slots"][0].update(memory_kib=64 * 1024 * 1024),
        lambda found: found["slots"][0].update(passes=10**6),
        lambda found: found["slots"][0].update(lanes="many"),
        lambda found: found["slots"][0].update(salt="¿?"),
        lambda found: found["slots"][0].update(salt="AAAA"),
        lambda found: found["slots"][0].update(wrapped="AAAA"),
    ],
)
def test_a_spoilt_keystore_is_our_own_refusal(
    new_home: NewHome, change: Callable[[dict[str, Any]], object]
) -> None:
    home, _ = new_home()
    _spoil(home, change)
    with pytest.raises(StoreRefused, match=r"store\.(keystore|wrong_passphrase)"):
        unlock(home, PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_keystore_that_is_no_json_is_our_own_refusal(new_home: NewHome, content: bytes) -> None:
    home, _ = new_home()
    home.keystore.write_bytes(content)
    with pytest.raises(StoreRefused, match=r"store\.keystore"):
        unlock(home, PASSPHRASE)


def test_a_changed_passphrase_replaces_the_old_one(new_home: NewHome) -> None:
    home, root = new_home()
    change_passphrase(home, root, "otra frase inventada", cost=CHEAP)
    assert unlock(home, "otra frase inventada").derive("x") == root.derive("x")
    with pytest.raises(StoreRefused, match=r"store\.wrong_passphrase"):
        unlock(home, PASSPHRASE)


def test_each_purpose_has_a_key_of_its_own() -> None:
    root = RootKey(bytes(32))
    keys = [root.derive(label) for label in ("db/1", "db/2", "kek/1", "blind/1", "django/1", "keyring/1")]
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {32}


def test_a_root_key_is_neither_printed_nor_stored() -> None:
    root = RootKey(b"s" * 32)
    assert b"s".hex() * 4 not in repr(root)
    assert "ssss" not in repr(root)
    with pytest.raises(TypeError):
        pickle.dumps(root)
    with pytest.raises(TypeError):
        copy.deepcopy(root)


def test_nothing_in_the_keystore_is_the_root_key(new_home: NewHome) -> None:
    home, root = new_home()
    assert root._secret.hex() not in home.keystore.read_text()
    assert home.keystore.stat().st_mode & 0o777 == 0o600
