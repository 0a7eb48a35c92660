"""`constancia keys`, `mode`, `lock` and `unlock`: in this process where the run's register does not change,
else as a person runs them, on a register of their own."""

from __future__ import annotations

import json
import os
import pty
import re
import termios
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from constancia.infra import keystore, modes, running
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import unlock
from tests.cli.conftest import Command
from tests.cli.test_real_homes import PROGRAM, constancia, environment
from tests.support.sites import opened

PASSPHRASE = "una frase de paso inventada"
OTHER = "otra frase de paso inventada"


@pytest.fixture(scope="module")
def casa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("llaves") / "casa"
    made = constancia("init", "--home", str(folder), CONSTANCIA_PASSPHRASE=PASSPHRASE)
    assert made.returncode == 0, made.stderr
    return folder


def told(casa: Path, *arguments: str, passphrase: str = PASSPHRASE, **more: str) -> dict[str, Any]:
    done = constancia(*arguments, "--home", str(casa), "--json", CONSTANCIA_PASSPHRASE=passphrase, **more)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_every_file_and_every_wrapped_key_moves_to_its_next_epoch(casa: Path) -> None:
    assert told(casa, "keys", "rotate", "db")["epochs"] == {"db": 2, "keyring": 2, "trail": 2}
    assert told(casa, "keys", "rotate", "kek")["epochs"] == {"kek": 2}
    assert told(casa, "keys", "rotate", "django")["epochs"] == {"django": 2}
    epochs = {key["purpose"]: key["epoch"] for key in told(casa, "keys", "list")["keys"]}
    assert (epochs["db"], epochs["sessions"], epochs["kek"], epochs["blind"]) == (2, 1, 2, 1)
    assert told(casa, "user", "list")["users"][0]["username"] == "admin"
    assert told(casa, "ledger", "fsck")["clean"] is True


def test_the_passphrase_is_lost_and_two_shares_open_the_register(casa: Path, tmp_path: Path) -> None:
    recipients = []
    for number in (1, 2, 3):
        made = told(casa, "keys", "new-identity", str(tmp_path / f"persona-{number}"))
        recipients += ["--to", made["recipient"]]
    numbers = ("--of", "3", "--need", "2", "--out", str(tmp_path / "partes"))
    shares = told(casa, "keys", "share", *numbers, *recipients)["shares"]
    assert [share["number"] for share in shares] == [1, 2, 3]
    for number in (1, 3):
        file = tmp_path / "partes" / f"parte-{number}-de-3.age"
        said = told(casa, "keys", "read-share", str(file), "--identity", str(tmp_path / f"persona-{number}"))
        (tmp_path / f"dicha-{number}").write_text(said["words"])
    files = (str(tmp_path / "dicha-1"), str(tmp_path / "dicha-3"))
    told(casa, "keys", "open-with-shares", *files, CONSTANCIA_NEW_PASSPHRASE=OTHER)
    refused = constancia("user", "list", "--home", str(casa), CONSTANCIA_PASSPHRASE=PASSPHRASE)
    assert refused.stderr.startswith("[store.wrong_passphrase]")
    told(casa, "keys", "passphrase", passphrase=OTHER, CONSTANCIA_NEW_PASSPHRASE=PASSPHRASE)
    kinds = [way["kind"] for way in told(casa, "keys", "list")["ways"]]
    assert kinds == ["passphrase", "shares"]


def test_a_new_root_leaves_the_passphrase_and_names_what_is_to_be_made_anew(
    casa: Path, tmp_path: Path
) -> None:
    home = Home.at(casa)
    wrong = constancia("keys", "rotate", "root", "--home", str(casa), "--key-file", str(tmp_path / "no"),
                       CONSTANCIA_PASSPHRASE=PASSPHRASE)  # fmt: skip
    assert wrong.stderr.startswith("[store.key_file]")
    done = told(casa, "keys", "rotate", "root")
    assert (done["kept"], done["gone"]) == (["passphrase"], ["shares"])
    assert done["epochs"]["totp"] == done["epochs"]["blind"] == 2
    assert keystore.read(home).following == ()
    assert set(keystore.read(home).carried) >= {"ledger-hechos/1", "retries/1", "blind/1"}
    assert "totp/1" not in keystore.read(home).carried
    assert told(casa, "fsck")["clean"] is True
    assert told(casa, "ledger", "fsck")["clean"] is True
    # What was killed before the rows had followed is followed at the next start.
    with mock.patch.dict(os.environ, {"CONSTANCIA_PASSPHRASE": PASSPHRASE}):
        root = unlock(home)
    replace(keystore.read(home), following=("blind", "totp")).write(home, root.derive("keystore/1"))
    assert told(casa, "fsck")["clean"] is True
    assert keystore.read(home).following == ()


@pytest.fixture
def closed(casa: Path) -> Iterator[Path]:
    yield casa
    Home.at(casa).mode_file.unlink(missing_ok=True)


def test_lock_ends_the_site_and_only_a_person_opens_the_register_again(closed: Path) -> None:
    home = Home.at(closed)
    serve = [*PROGRAM, "serve", "--home", str(closed)]
    with opened(serve, environment(CONSTANCIA_PASSPHRASE=PASSPHRASE)):
        assert running.is_served(home)
        second = constancia("serve", "--home", str(closed), "--port", "0", CONSTANCIA_PASSPHRASE=PASSPHRASE)
        assert (second.returncode, second.stderr.split("]")[0]) == (7, "[serve.running")
        busy = constancia("keys", "rotate", "kek", "--home", str(closed), CONSTANCIA_PASSPHRASE=PASSPHRASE)
        assert (busy.returncode, busy.stderr.split("]")[0]) == (2, "[keys.serving")
        # No passphrase is given: whoever stands at the machine can close it.
        done = constancia("lock", "--home", str(closed), "--json")
        assert json.loads(done.stdout) == {"mode": "locked", "site_ended": True}
        assert not running.is_served(home)
    for command in (("serve", "--port", "0"), ("search", "algo"), ("mode", "normal")):
        refused = constancia(*command, "--home", str(closed), CONSTANCIA_PASSPHRASE=PASSPHRASE)
        assert refused.returncode != 0
        assert refused.stderr.startswith(("[store.closed]", "[cli.passphrase_needed]")), refused.stderr
    assert modes.state(home).mode is modes.Mode.CLOSED
    assert "Abierto" in by_hand([*PROGRAM, "unlock", "--home", str(closed)], PASSPHRASE)
    assert told(closed, "mode", "show")["mode"] == "normal"
    events = told(closed, "user", "list")
    assert events["users"]


def by_hand(command: list[str], typed: str) -> str:
    """What a command says to somebody who types `typed` at a terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, environment())
    said = os.read(terminal, 1024)
    # What is typed before the terminal stops showing it is thrown away.
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.05)
    os.write(terminal, typed.encode() + b"\n")
    try:
        while piece := os.read(terminal, 1024):
            said += piece
    except OSError:  # the terminal is gone with the command
        pass
    os.waitpid(pid, 0)
    os.close(terminal)
    return said.decode()


@pytest.mark.django_db
def test_the_mode_is_told_changed_and_given_back(here: Command, suite_home: Home) -> None:
    try:
        assert here("mode", "show", "--json").json["mode"] == "normal"
        assert here("mode", "read-only").code == 2
        assert "mudanza" in here("mode", "read-only", "--reason", "mudanza").out
        assert here("doctor", "--json").json["mode"]["mode"] == "read-only"
        assert here("mode", "normal", "--json").json["mode"] == "normal"
    finally:
        suite_home.mode_file.unlink(missing_ok=True)


@pytest.mark.django_db
def test_the_keys_are_listed_in_words_and_nothing_that_opens_is_shown(
    here: Command, suite_home: Home
) -> None:
    shown = here("keys", "list").out
    assert "frase de paso" in shown
    assert "Argon2id" in shown
    assert not re.search(r"[A-Za-z0-9+/]{40}", shown)


@pytest.mark.django_db
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    here: Command, admin: Any, suite_home: Home, tmp_path: Path
) -> None:
    before = suite_home.keystore.read_bytes()
    inside = str(suite_home.path / "llave.txt")
    for arguments, code in (
        (("keys", "rotate", "raiz"), "cli.value"),
        (("keys", "file", inside), "keys.beside"),
        (("keys", "remove", "9"), "keys.no_such_way"),
        (("keys", "remove", "1"), "keys.last_way"),
        (("keys", "share", "--of", "2", "--need", "2", "--to", "age1x", "--out", "x"), "share.count"),
        (("keys", "open-with-shares", str(tmp_path / "no")), "share.file"),
    ):
        result = here(*arguments)
        assert result.err.startswith(f"[{code}]"), result.err
        assert result.code == 2
    assert suite_home.keystore.read_bytes() == before
