"""`constancia witness`: made, told what to watch, opened and looked at without any register."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from constancia.domain.ledger.note import COSIGNATURE, Key
from constancia.infra import clock
from constancia.infra.witness import folder
from constancia.infra.witness.answering import add_checkpoint
from constancia.infra.witness.client import Witness, cosignature
from tests.cli.conftest import Command
from tests.support.logs import ORIGIN, Log

PROGRAM = [sys.executable, "-c", "from constancia.cli.main import run; run()"]


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "testigo")


@pytest.fixture
def watching(run: Command, place: str) -> str:
    assert run("witness", "init", "testigo.ejemplo.org/w1", "--folder", place).code == 0
    assert run("witness", "add-log", str(Log().key), "--folder", place).code == 0
    return place


def test_a_witness_is_made_and_tells_its_public_key(run: Command, place: str) -> None:
    told = run("witness", "init", "testigo.ejemplo.org/w1", "--folder", place, "--json").json
    key = Key.read(told["key"])
    assert (key.name, key.kind) == ("testigo.ejemplo.org/w1", COSIGNATURE)
    assert sorted(path.name for path in Path(place).iterdir()) == ["testigo.db", "testigo.llave"]
    assert told["key"] in run("witness", "show", "--folder", place).out


def test_a_witness_is_not_made_over_another(run: Command, watching: str) -> None:
    before = (Path(watching) / folder.KEY).read_bytes()
    told = run("witness", "init", "otro", "--folder", watching)
    assert (told.code, told.err.split("]")[0]) == (5, "[witness.taken")
    assert (Path(watching) / folder.KEY).read_bytes() == before


def test_a_name_that_does_not_serve_makes_no_folder(run: Command, place: str) -> None:
    assert run("witness", "init", "dos palabras", "--folder", place).code == 2
    assert not Path(place).exists()


@pytest.mark.parametrize("key", ["hola", "", str(Key("w", COSIGNATURE, bytes(32))), str(Log().key)[:-4]])
def test_what_is_no_key_of_a_log_is_refused(key: str, run: Command, watching: str) -> None:
    told = run("witness", "add-log", key, "--folder", watching)
    assert (told.code, told.err.split("]")[0]) == (2, "[witness.log_key")


def test_a_log_added_twice_is_watched_once(run: Command, watching: str) -> None:
    assert run("witness", "add-log", str(Log().key), "--folder", watching, "--json").json["added"] is False


def test_a_folder_without_a_witness_is_said_to_lack_it(run: Command, place: str) -> None:
    for command in (["show"], ["serve"], ["add-log", str(Log().key)]):
        told = run("witness", *command, "--folder", place)
        assert (told.code, told.err.split("]")[0]) == (5, "[witness.missing")


def test_what_it_saw_is_shown(run: Command, watching: str) -> None:
    signer, store = folder.opened(Path(watching))
    add_checkpoint(store, signer, Log().request(0, 5), 1_780_000_000)
    (log,) = run("witness", "show", "--folder", watching, "--json").json["logs"]
    assert (log["origin"], log["size"], log["keys"]) == (ORIGIN, 5, [str(Log().key)])
    assert log["seen_at"].startswith("2026-05-28T20:26:40")
    assert "2026-05-28 20:26 UTC" in run("witness", "show", "--folder", watching).out


def test_two_histories_are_an_alarm_with_its_own_exit_code(run: Command, watching: str) -> None:
    signer, store = folder.opened(Path(watching))
    add_checkpoint(store, signer, Log().request(0, 5), 1_780_000_000)
    add_checkpoint(store, signer, Log().request(3, 9, old=5), 1_780_000_000)
    assert run("witness", "show", "--folder", watching).code == 0
    add_checkpoint(store, signer, Log(fork=2).request(5, 5), 1_780_000_000)
    told = run("witness", "show", "--folder", watching, "--json")
    assert (told.code, told.err.split("]")[0]) == (6, "[witness.split")
    assert told.json["logs"][0]["refused"] == {"split": 1, "unproven": 1, "older": 0}
    alarm = run("witness", "show", "--folder", watching)
    assert Log(fork=2).note(5).decode() in alarm.out + "\n"
    assert Log().note(9).decode() not in alarm.out


def test_it_serves_on_the_real_server_and_writes_nothing_of_who_asks(watching: str, tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CONSTANCIA_", "DJANGO_"))}
    source, home = Path(__file__).parents[2] / "src", tmp_path / "no hay registro"
    environment = {**kept, "PYTHONPATH": str(source), "CONSTANCIA_HOME": str(home)}
    command = [*PROGRAM, "witness", "serve", "--folder", watching, "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        signer, _ = folder.opened(Path(watching))
        known, log = Witness(signer.key, found[0]), Log()
        for older, size in ((0, 5), (5, 9), (0, 14)):
            asked = cosignature(
                known, log.note(size), log.key, log.prove_to(size), older=older, now=clock.now(), seconds=30
            )
            assert asked.refused is None, asked.refused
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert "127.0.0.1" not in out + err
    assert err == ""
    assert not home.exists()


def test_no_framework_and_no_register_are_needed(watching: str) -> None:
    program = (
        "import sys\n"
        "from constancia.cli.main import app\n"
        f"try:\n    app(['witness', 'show', '--json', '--folder', {watching!r}])\n"
        "except SystemExit as end: assert not end.code\n"
        "heavy = {'django', 'duckdb', 'numpy', 'sqlcipher3', 'granian'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["name"] == "testigo.ejemplo.org/w1"
