"""The encrypted file is checked before it is trusted, and a refusal leaves the folder as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from constancia.domain.errors import StoreRefused
from constancia.infra.sqlcipher import connection as opening
from constancia.infra.sqlcipher.connection import open_encrypted, vacuum_into

KEY = bytes(range(32))
MARK = "MARCA-INVENTADA"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An encrypted file with one marked row, closed."""
    path = tmp_path / "registro.db"
    made = open_encrypted(path, KEY, create=True, isolation_level=None)
    made.execute("CREATE TABLE t(v TEXT)")
    made.execute("INSERT INTO t VALUES (?)", (MARK,))
    made.close()
    return path


def _folder(path: Path) -> dict[str, bytes]:
    # The index shared by running processes holds their locks, which come and go with every reader.
    return {
        each.name: b"" if each.name.endswith("-shm") else each.read_bytes() for each in path.parent.iterdir()
    }


def _refusal(path: Path, key: bytes = KEY, **options: Any) -> str:
    before = _folder(path)
    with pytest.raises(StoreRefused) as caught:
        open_encrypted(path, key, **options)
    assert _folder(path) == before
    return caught.value.code


def test_what_was_written_is_read_back_with_the_key(file: Path) -> None:
    assert open_encrypted(file, KEY).execute("SELECT v FROM t").fetchall() == [(MARK,)]


def test_the_file_gives_nothing_away_and_is_for_its_owner_alone(file: Path) -> None:
    assert MARK.encode() not in file.read_bytes()
    assert not file.read_bytes().startswith(b"SQLite format 3")
    assert file.stat().st_mode & 0o777 == 0o600


def test_row_01_a_wrong_key_is_refused_and_nothing_changes(
    file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _refusal(file, bytes(32)) == "store.wrong_key"
    assert capfd.readouterr() == ("", "")


def test_row_01_a_wrong_key_is_refused_while_the_register_is_in_use(file: Path) -> None:
    used = open_encrypted(file, KEY, isolation_level=None)
    used.execute("INSERT INTO t VALUES ('second')")
    assert _refusal(file, bytes(32)) == "store.wrong_key"
    assert used.execute("SELECT count(*) FROM t").fetchone() == (2,)


def test_row_01_the_standard_library_and_no_key_at_all_find_no_database(file: Path) -> None:
    before = _folder(file)
    for library in (sqlite3, driver):
        plain = library.connect(file)
        with pytest.raises(library.DatabaseError, match="not a database"):
            plain.execute("SELECT count(*) FROM sqlite_master").fetchall()
        plain.close()
    assert _folder(file) == before


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_row_01_a_key_of_another_length_is_refused_before_the_file_is_touched(
    file: Path, length: int
) -> None:
    assert _refusal(file, b"k" * length) == "store.key_length"


@pytest.mark.parametrize("create", [False, True])
def test_row_02_a_plaintext_file_in_place_of_the_register_is_refused(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "registro.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE t(v)")
    plain.commit()
    plain.close()
    assert _refusal(path, create=create) == "store.plaintext"


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "registro.db") == "store.missing"


def test_an_empty_file_is_no_register(tmp_path: Path) -> None:
    path = tmp_path / "registro.db"
    path.touch()
    assert _refusal(path) == "store.missing"


def test_a_file_of_noise_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "registro.db"
    path.write_bytes(bytes(range(256)) * 64)
    assert _refusal(path) == "store.wrong_key"


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "registro.db").mkdir()
    with pytest.raises(StoreRefused, match=r"store\.unreadable"):
        open_encrypted(tmp_path / "registro.db", KEY)


class _Misspelling:
    """A driver whose key pragma never arrives, as with a misspelt one."""

    def __getattr__(self, name: str) -> Any:
        return getattr(driver, name)

    @staticmethod
    def connect(path: str, **options: Any) -> Any:
        class Connection(driver.Connection):
            def execute(self, sql: str, *args: Any) -> Any:
                return super().execute(sql.replace("PRAGMA key", "PRAGMA kye"), *args)

        return driver.connect(path, factory=Connection, **options)


def test_row_03_a_misspelt_key_pragma_would_make_a_plaintext_file(tmp_path: Path) -> None:
    plain = _Misspelling.connect(str(tmp_path / "x.db"))
    plain.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    plain.execute("CREATE TABLE t(v)")
    plain.commit()
    assert (tmp_path / "x.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("existing", [False, True])
def test_row_03_a_misspelt_key_pragma_is_refused(
    file: Path, tmp_path: Path, existing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "driver", _Misspelling())
    path = file if existing else tmp_path / "otro.db"
    assert _refusal(path, create=not existing) == "store.not_encrypting"


def test_row_03_a_library_that_does_not_encrypt_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "driver", sqlite3)
    assert _refusal(tmp_path / "registro.db", create=True) == "store.not_encrypting"


def test_every_protective_pragma_is_on(file: Path) -> None:
    opened = open_encrypted(file, KEY, cache_mb=7)
    found = {
        name: opened.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "recursive_triggers",
            "secure_delete",
            "trusted_schema",
            "cell_size_check",
            "foreign_keys",
            "cache_size",
        )
    }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "foreign_keys": 1,
        "cache_size": -7 * 1024,
    }


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH '{path}' AS other",
        "DETACH main",
        "SELECT load_extension('x')",
        "PRAGMA rekey = 'x'",
        "PRAGMA synchronous = OFF",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA trusted_schema = ON",
        "PRAGMA journal_mode = DELETE",
        "VACUUM INTO '{path}'",
    ],
)
def test_no_statement_can_take_a_protection_off_or_reach_another_file(file: Path, sql: str) -> None:
    opened = open_encrypted(file, KEY, isolation_level=None)
    with pytest.raises(driver.DatabaseError, match=r"not authorized|authorization denied"):
        opened.execute(sql.format(path=file.parent / "other.db"))
    assert not (file.parent / "other.db").exists()


def test_a_copy_is_encrypted_with_the_same_key(file: Path, tmp_path: Path) -> None:
    opened = open_encrypted(file, KEY, isolation_level=None)
    vacuum_into(opened, tmp_path / "copia.db")
    assert MARK.encode() not in (tmp_path / "copia.db").read_bytes()
    assert open_encrypted(tmp_path / "copia.db", KEY).execute("SELECT v FROM t").fetchall() == [(MARK,)]
    with pytest.raises(driver.DatabaseError):
        opened.execute("ATTACH 'x' AS y")


def test_a_word_without_its_accent_finds_the_word_with_it(file: Path) -> None:
    opened = open_encrypted(file, KEY, isolation_level=None)
    opened.execute("CREATE VIRTUAL TABLE f USING fts5(x, tokenize = 'unicode61 remove_diacritics 2')")
    opened.execute("INSERT INTO f VALUES ('Trasladada a Tocorón')")
    assert opened.execute("SELECT count(*) FROM f WHERE f MATCH 'tocoron'").fetchone() == (1,)


def test_a_flipped_bit_is_noticed(file: Path) -> None:
    damaged = bytearray(file.read_bytes())
    damaged[4096 + 100] ^= 1
    file.write_bytes(damaged)
    with pytest.raises((StoreRefused, driver.DatabaseError)):
        open_encrypted(file, KEY).execute("SELECT v FROM t").fetchall()
