"""The folder of a register as accidents and other people leave it: each command says what is wrong."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError as DjangoOperationalError
from sqlcipher3.dbapi2 import OperationalError

from constancia.domain.errors import DeploymentRefused, StoreRefused
from constancia.infra import faults
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.secrets_unlock import unlock
from constancia.infra.sqlcipher.connection import open_encrypted
from tests.attacks.conftest import House, code, constancia
from tests.support.houses import PASSPHRASE


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file but those that the engine keeps beside a database while it is open."""
    files = [
        path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".db-wal", ".db-shm")
    ]
    return {path.name: path.read_bytes() for path in files}


def test_the_register_of_these_tests_is_sound(house: House) -> None:
    assert house.run("fsck").returncode == 0
    found = json.loads(house.run("doctor", "--json").stdout)
    assert "store" in found["checked"]
    of_this_machine = {"doctor.swap", "doctor.core", "doctor.disk", "doctor.organisation"}
    assert not {one["code"] for one in found["findings"]} - of_this_machine


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda home, other: (home / "registro.db").write_bytes(b""), "store.missing"),
        (lambda home, other: (home / "registro.db").write_bytes(os.urandom(40_960)), "store.wrong_key"),
        (lambda home, other: shutil.copy2(other / "registro.db", home), "store.wrong_key"),
        (lambda home, other: shutil.copy2(other / "llave.json", home), "store.wrong_key_file"),
        (lambda home, other: (home / "llave.json").unlink(), "store.keystore"),
    ],
    ids=["empty", "noise", "another register's", "another register's key", "without keystore"],
)
def test_a_database_that_is_not_this_registers_is_refused_and_left_alone(
    house: House, other: Path, damage: Callable[[Path, Path], object], expected: str
) -> None:
    damage(house.path, other)
    before = state_of(house.path)
    told = house.run("user", "list")
    assert (told.returncode, code(told)) == (5, expected)
    after = state_of(house.path)
    assert {name: after[name] for name in before} == before


def test_row_05_one_altered_byte_anywhere_in_the_database_is_found(house: House) -> None:
    database = house.path / "registro.db"
    with database.open("r+b") as file:
        file.seek(database.stat().st_size // 2 + 100)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    told = house.run("fsck")
    assert (told.returncode, code(told)) == (6, "fsck.damaged")


def test_a_lost_keyring_is_not_replaced_by_an_empty_one(house: House) -> None:
    (house.path / "claves.db").unlink()
    told = house.run("rebuild")
    assert (told.returncode, code(told)) == (5, "store.keyring_gone")
    assert not (house.path / "claves.db").exists()
    assert code(house.run("search", "plantado")) == "store.missing"


def test_the_keyring_of_another_register_is_refused_and_the_doctor_says_so(house: House, other: Path) -> None:
    shutil.copy2(other / "claves.db", house.path)
    assert code(house.run("search", "plantado")) == "store.wrong_key"
    found = json.loads(house.run("doctor", "--json").stdout)["findings"]
    assert "store.wrong_key" in [one["code"] for one in found]


def test_an_older_keyring_is_named_by_the_check_and_by_the_doctor(house: House) -> None:
    # As after restoring yesterday's keyring: it opens, and lacks the keys of today's people.
    home = Home.at(house.path)
    home.keyring.unlink()
    KeyRing.create(home.keyring, house.root().derive("keyring/1")).close()
    told = house.run("fsck")
    assert (told.returncode, told.stderr.partition("]")[0]) == (6, "[fsck.differences")
    assert json.loads(house.run("fsck", "--json").stdout)["unreadable"] > 0
    found = json.loads(house.run("doctor", "--json").stdout)["findings"]
    assert "doctor.keyless" in [one["code"] for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "[" * 200_000,
        '{"version": 1, "slots": {"kind": 1}}',
        '{"version": 9, "slots": []}',
        "\x00",
    ],
    ids=["list", "nothing", "deep", "slots", "version", "nul"],
)
def test_a_keystore_that_is_none_is_refused(new_home: Callable[..., tuple[Home, object]], text: str) -> None:
    home, _ = new_home()
    home.keystore.write_text(text)
    with pytest.raises(StoreRefused, match=r"store\.keystore"):
        unlock(home, PASSPHRASE)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 200_000,
        "x = " + "9" * 5000,
        'zone = "../../etc/passwd"',
        "zone = 1",
        'zone = "Luna"',
        "=",
        "openings_per_hour = -1",
        "openings_per_hour = true",
        'comparisons_per_hour = "muchas"',
        "comparisons_per_hour = 99999999999",
    ],
    ids=[
        "deep",
        "digits",
        "path",
        "number",
        "moon",
        "broken",
        "less than none",
        "yes",
        "words",
        "more than many",
    ],
)
def test_settings_that_do_not_serve_are_refused(
    new_home: Callable[..., tuple[Home, object]], text: str
) -> None:
    home, _ = new_home()
    home.settings_file.write_text(text)
    with pytest.raises(DeploymentRefused, match=r"home\.settings"):
        _ = Home.at(home.path).settings


def test_a_home_that_is_a_file_or_of_nobody_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "papel"
    place.write_text("mío")
    for refusal, action in (
        ("home.missing", lambda: Home.find(place)),
        ("home.missing", lambda: Home.find("~nadie-de-aqui/casa")),
        ("home.not_a_folder", lambda: Home.create(place)),
    ):
        with pytest.raises(StoreRefused) as caught:
            action()
        assert caught.value.code == refusal
    told = constancia(place, "demo", "--no-serve")
    assert (told.returncode, code(told)) == (7, "demo.folder")
    assert place.read_text() == "mío"


def test_a_home_that_cannot_be_written_is_refused_in_a_sentence(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The administrator of a machine may write everywhere but on a disk that is mounted for reading.
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))
    with pytest.raises(StoreRefused, match=r"store\.read_only"):
        open_encrypted(house.path / "registro.db", house.root().derive("db/1"))


def test_a_full_disk_is_called_so_and_not_a_broken_database() -> None:
    full = OperationalError("database or disk is full")
    for problem in (full, OSError(errno.ENOSPC, "x"), DjangoOperationalError("database or disk is full")):
        assert faults.is_full(problem)
    assert not faults.is_full(OperationalError("database is locked"))
    assert not faults.is_full(OSError(errno.EACCES, "x"))


def test_a_file_in_pieces_beside_its_log_is_still_opened_with_its_key(tmp_path: Path) -> None:
    """A disk that fills while pages are carried over leaves the file in pieces and the log whole."""
    key, path = os.urandom(32), tmp_path / "a.db"
    connection = open_encrypted(path, key, create=True, isolation_level=None)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.executemany("INSERT INTO t VALUES (zeroblob(3000))", [()] * 50)
    log = path.with_name("a.db-wal").read_bytes()
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    first = path.read_bytes()[:4096]
    connection.close()
    path.write_bytes(first)  # its first page tells of fifty others, which are only in the log
    path.with_name("a.db-wal").write_bytes(log)
    again = open_encrypted(path, key)
    assert again.execute("SELECT count(*) FROM t").fetchone() == (50,)
    again.close()


def test_a_register_half_made_leaves_nothing_in_a_folder_that_was_there(tmp_path: Path) -> None:
    folder, key = tmp_path / "casa", tmp_path / "llave.txt"
    folder.mkdir()
    (folder / "carta.txt").write_text("mía")
    options = ("--no-passphrase", "--key-file", str(key))
    told = constancia(folder, "init", "--administrator", "A B", *options)
    assert (told.returncode, code(told)) == (2, "account.username")
    assert [path.name for path in tmp_path.rglob("*")] == ["casa", "carta.txt"]
    assert constancia(folder, "init", *options).returncode == 0
    assert (folder / "carta.txt").read_text() == "mía"


def test_papers_laid_beside_an_unfinished_demonstration_are_not_deleted_with_it(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "casa", demonstration=True)
    (home.path / "carta.txt").write_text("mía")
    told = constancia(home.path, "demo", "--no-serve")
    assert (told.returncode, code(told)) == (7, "demo.folder")
    assert (home.path / "carta.txt").read_text() == "mía"


def test_a_key_file_with_loose_bits_or_of_another_register_does_not_open(house: House) -> None:
    named = {"CONSTANCIA_PASSPHRASE": "otra frase"}
    assert house.run("user", "list", **named).returncode == 0
    house.key.chmod(0o644)
    assert code(house.run("user", "list", **named)) == "store.key_file_mode"
    house.key.chmod(0o600)
    house.key.write_text("constancia-key-1 " + "00" * 32)
    assert code(house.run("user", "list", **named)) == "store.wrong_key_file"
    house.key.write_text("basura")
    assert code(house.run("user", "list", **named)) == "store.key_file"
    house.key.unlink()
    assert code(house.run("user", "list", **named)) == "store.key_file"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("CONSTANCIA_CACHE_MB", "mucho", "settings.number"),
        ("CONSTANCIA_HOSTS", "casa.example,*", "settings.hosts"),
        ("DATABASE_URL", "sqlite:///x", "settings.database_url"),
    ],
)
def test_surroundings_that_are_not_safe_are_refused_at_the_start(
    house: House, name: str, value: str, expected: str
) -> None:
    told = house.run("user", "list", **{name: value})
    assert (told.returncode, code(told)) == (7, expected)


def test_row_11_a_staging_copy_with_the_production_key_does_not_seal_until_somebody_says_so(
    house: House, papers: Path, tmp_path: Path
) -> None:
    assert house.run("ledger", "seal").returncode == 0
    shutil.copytree(house.path, tmp_path / "prueba")
    copy = House(tmp_path / "prueba", house.key)
    before = copy.run("ledger", "checkpoint", "--json").stdout
    assert copy.refused("ledger", "seal") == (5, "ledger.elsewhere")
    assert copy.refused("ledger", "recover") == (5, "ledger.elsewhere")
    assert copy.run("ledger", "checkpoint", "--json").stdout == before
    found = json.loads(copy.run("doctor", "--json").stdout)["findings"]
    assert "ledger.elsewhere" in {one["code"] for one in found}
    # What is not signed goes on, so that nothing is lost of a register that was moved in a hurry.
    papers_of = (str(papers / "lista.csv"), "--mapping", str(papers / "mapa.toml"), "--yes")
    assert copy.run("import", *papers_of).returncode == 0
    assert house.run("ledger", "seal").returncode == 0
    # The original is the one that is gone: the copy takes over, and then the original is the copy.
    for expected in ({"moved": True, "how": "folder"}, {"moved": False, "how": None}):
        assert json.loads(copy.run("ledger", "moved", "--yes", "--json").stdout) == expected
    assert copy.run("ledger", "seal").returncode == 0
    assert json.loads(copy.run("ledger", "fsck", "--json").stdout)["clean"]
    shutil.copyfile(copy.path / "lugar.json", house.path / "lugar.json")
    assert house.refused("ledger", "seal") == (5, "ledger.elsewhere")


def test_a_copy_that_nobody_is_there_to_ask_for_is_not_moved(house: House, tmp_path: Path) -> None:
    assert house.run("ledger", "seal").returncode == 0
    shutil.copytree(house.path, tmp_path / "prueba")
    copy = House(tmp_path / "prueba", house.key)
    assert copy.run("ledger", "moved").returncode != 0
    assert copy.refused("ledger", "seal") == (5, "ledger.elsewhere")
