"""The restore exercise: a small real register is backed up, lost, restored and gone on with; and older
backups never bring back what was erased, nor fork the log."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from constancia.infra.backup import age, members, store
from constancia.infra.home import STAGING
from constancia.infra.sqlcipher.connection import open_encrypted
from tests.attacks import keeping
from tests.attacks.conftest import House, code, constancia, environment
from tests.support.planted import PLANTED

ROOT = Path(__file__).parents[2]
FIGURES = ("figures", "show", "held", "--as-of", "2026-01-15", "--json")


@dataclass(frozen=True)
class Kept:
    """A register with its backups, its people abroad, and what it said before it was lost."""

    house: House
    folder: Path
    identities: tuple[Path, Path]
    log_key: str
    said: dict[str, Any]

    def restore(
        self, target: Path, *more: str, person: int = 0, **env: str
    ) -> subprocess.CompletedProcess[str]:
        arguments = ("restore", str(self.folder), "--into", str(target), "--json", *more)
        identity = ("--identity", str(self.identities[person]), "--log-key", self.log_key)
        return constancia(target, *arguments, *identity, CONSTANCIA_KEY_FILE=str(self.house.key), **env)


def deed(house: House, what: str, path: Path | None = None) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.keeping", what, str(path or house.path)],
        env=environment(CONSTANCIA_KEY_FILE=str(house.key), PYTHONPATH=f"{ROOT / 'src'}:{ROOT}"),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def told(house: House) -> dict[str, Any]:
    """Figures, and what both checks count."""
    said = {}
    for name, arguments in (("figures", FIGURES), ("fsck", ("fsck", "--json"))):
        done = house.run(*arguments)
        assert done.returncode == 0, done.stderr
        said[name] = json.loads(done.stdout)
    del said["figures"]["known_at"]
    return said


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, _register: Path) -> Kept:
    folder = tmp_path_factory.mktemp("respaldado")
    shutil.copytree(_register / "casa", folder / "casa")
    house = House(folder / "casa", Path(shutil.copy2(_register / "llave.txt", folder / "llave.txt")))
    identities = []
    for name in ("ana", "bea"):
        secret, recipient = age.new_identity()
        (folder / name).write_text(secret)
        identities.append((folder / name, recipient))
    (house.path / "respaldo-destinatarios.txt").write_text("\n".join(one for _, one in identities))
    deed(house, "prepare")
    said = told(house)
    made = house.run("backup", "--to", str(folder / "respaldos"), "--json")
    assert made.returncode == 0, made.stderr
    sealed = house.run("ledger", "seal")
    assert sealed.returncode == 0, sealed.stderr
    files = tuple(path for path, _ in identities)
    return Kept(house, folder / "respaldos", (files[0], files[1]), json.loads(made.stdout)["log_key"], said)


def test_the_exercise_what_was_lost_is_restored_says_the_same_and_goes_on(kept: Kept, tmp_path: Path) -> None:
    checked = kept.house.run(
        "backup", "check", str(kept.folder), "--identity", str(kept.identities[0]), "--open", "--json"
    )
    assert checked.returncode == 0, checked.stderr
    found = json.loads(checked.stdout)
    assert (found["logged"], found["evidence"], found["recipients"]) == (True, 2, 2)
    assert found["decrypted"]
    assert found["opened"]

    done = kept.restore(tmp_path / "nueva", "--seen", str(kept.house.path / "bitacora"), person=1)
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert (outcome["people"], outcome["without_key"], outcome["confirmed"]) == (2, 0, True)
    again = House(tmp_path / "nueva", kept.house.key)
    assert told(again) == kept.said
    assert deed(again, "look") == {
        "found": [1, 1],
        "papers": [True, True],
        "edition": '{"figura": 2}',
        "enters": "admin",
    }
    # The seal after the backup was seen: nothing is written before it is taken back.
    assert outcome["behind"] == 64
    assert again.refused("ledger", "seal") == (5, "ledger.restored")
    assert again.refused("backup", "--to", str(tmp_path / "otros")) == (5, "ledger.restored")
    recovered = again.run("ledger", "recover", "--from", str(kept.house.path / "bitacora"))
    assert recovered.returncode == 0, recovered.stderr
    assert again.run("ledger", "seal").returncode == 0
    assert again.run("ledger", "fsck").returncode == 0


def test_row_12_a_restore_that_nobody_told_what_was_published_last_is_read_only(
    kept: Kept, tmp_path: Path
) -> None:
    assert kept.restore(tmp_path / "nueva").returncode == 0
    again = House(tmp_path / "nueva", kept.house.key)
    assert again.refused("ledger", "seal") == (5, "ledger.restored_unconfirmed")
    assert again.refused("ledger", "recover") == (5, "ledger.restored_unconfirmed"), "its own copy is as old"
    assert told(again) == kept.said, "it can be read meanwhile"
    assert again.run("ledger", "recover", "--nothing-newer").returncode == 0
    assert again.run("ledger", "seal").returncode == 0


def test_row_24_somebody_erased_after_an_old_backup_stays_erased_in_it(kept: Kept, tmp_path: Path) -> None:
    shutil.copytree(kept.house.path, tmp_path / "casa")
    shutil.copytree(kept.folder, tmp_path / "respaldos")
    house = House(tmp_path / "casa", kept.house.key)
    old = store.BackupStore(tmp_path / "respaldos").names()[0]
    assert deed(house, "erase") == {"erased": True}
    made = house.run("backup", "--to", str(tmp_path / "respaldos"))
    assert made.returncode == 0, made.stderr
    later = Kept(house, tmp_path / "respaldos", kept.identities, kept.log_key, {})
    done = later.restore(tmp_path / "nueva", "--name", old)
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert (outcome["backup"], outcome["without_key"]) == (old, 1)
    assert outcome["keys_of"] != old
    assert deed(House(tmp_path / "nueva", house.key), "look")["found"] == [1, 0]


def test_a_register_of_one_generation_is_restored_with_the_keys_of_a_later_one(
    kept: Kept, tmp_path: Path
) -> None:
    shutil.copytree(kept.house.path, tmp_path / "casa")
    shutil.copytree(kept.folder, tmp_path / "respaldos")
    house = House(tmp_path / "casa", kept.house.key)
    old = store.BackupStore(tmp_path / "respaldos").names()[0]
    for what in ("db", "kek"):
        rotated = house.run("keys", "rotate", what)
        assert rotated.returncode == 0, rotated.stderr
    made = house.run("backup", "--to", str(tmp_path / "respaldos"))
    assert made.returncode == 0, made.stderr
    later = Kept(house, tmp_path / "respaldos", kept.identities, kept.log_key, {})
    for name in (old, store.BackupStore(tmp_path / "respaldos").names()[1]):
        checked = house.run(
            *("backup", "check", str(later.folder), "--name", name, "--json"),
            *("--identity", str(kept.identities[0]), "--open"),
        )
        assert checked.returncode == 0, checked.stderr
        done = later.restore(tmp_path / name, "--name", name)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["keys_of"] != old
        assert deed(House(tmp_path / name, house.key), "look")["found"] == [1, 1]
        assert not list((tmp_path / name).glob("llave-de-claves*"))


def test_a_register_of_before_a_new_root_is_restored_with_the_keys_of_after_it(
    kept: Kept, tmp_path: Path
) -> None:
    shutil.copytree(kept.house.path, tmp_path / "casa")
    shutil.copytree(kept.folder, tmp_path / "respaldos")
    house = House(tmp_path / "casa", kept.house.key)
    before = house.root()
    old = store.BackupStore(tmp_path / "respaldos").names()[0]
    rotated = house.run("keys", "rotate", "root", "--json")
    assert rotated.returncode == 0, rotated.stderr
    assert json.loads(rotated.stdout)["kept"] == ["keyfile"]
    assert house.root().derive("db/1") != before.derive("db/1")
    for check in (("fsck",), ("ledger", "fsck")):
        done = house.run(*check)
        assert done.returncode == 0, done.stderr
    assert deed(house, "look")["found"] == [1, 1]
    made = house.run("backup", "--to", str(tmp_path / "respaldos"))
    assert made.returncode == 0, made.stderr
    later = Kept(house, tmp_path / "respaldos", kept.identities, kept.log_key, {})
    # The keys are under the new root, the register under the old one; both open with the same key file.
    for name in (old, store.BackupStore(tmp_path / "respaldos").names()[1]):
        done = later.restore(tmp_path / name, "--name", name)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["keys_of"] != old
        assert deed(House(tmp_path / name, house.key), "look")["found"] == [1, 1]
        assert not list((tmp_path / name).glob("llave-de-claves*"))
    assert House(tmp_path / old, house.key).root().derive("db/1") == before.derive("db/1")
    # Where what opened the register then is not what opens it now, both are needed.
    other = tmp_path / "otra.llave"
    for arguments in (("keys", "file", str(other), "--replace"), ("backup", "--to", str(later.folder))):
        done = house.run(*arguments)
        assert done.returncode == 0, done.stderr
        house = House(house.path, other)
    refused = later.restore(tmp_path / "nada", "--name", old)
    assert code(refused) == "backup.keys_of_another_root"
    assert not (tmp_path / "nada").exists()


def test_no_name_stands_in_what_a_backup_is_made_of_but_in_keys(kept: Kept, tmp_path: Path) -> None:
    """Search words and digests are left out of the copy: with the register's key alone no name is read."""
    names = store.BackupStore(kept.folder).names()
    identity = age.identities(kept.identities[0])
    path = kept.folder / names[0] / store.MAIN
    with age.decrypting(path, identity, store.hashed(path).sha256) as stream:
        members.unpack(stream, tmp_path)
    connection = open_encrypted(tmp_path / "registro.db", kept.house.root().derive("db/1"))
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert "register_person" in tables
    for table in tables:
        rows = repr(connection.execute(f'SELECT * FROM "{table}"').fetchall())
        assert not [one for one in (*PLANTED, "ramon", "zoe") if one in rows], table
    connection.close()


def test_whoever_leaves_takes_everything_that_still_opens_and_only_after_typing_the_name(
    kept: Kept, tmp_path: Path
) -> None:
    target = tmp_path / "todo"
    assert kept.house.refused("export-all", "--to", str(target)) == (4, "leaving.not_confirmed")
    assert (
        kept.house.refused("export-all", "--to", str(target), "--confirm", "x")[1] == "leaving.not_confirmed"
    )
    inside = kept.house.path / "todo"
    assert (
        kept.house.refused("export-all", "--to", str(inside), "--confirm", "Constancia")[1]
        == "leaving.inside"
    )
    named = ("export-all", "--to", str(target), "--confirm", "Constancia")
    assert kept.house.refused(*named)[1] == "approval.reason"
    assert list(tmp_path.iterdir()) == []
    done = kept.house.run(*named, "--reason", "nos vamos", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["files"], told["closed"], told["damaged"], told["unopened"]) == (2, 0, 0, [])
    facts = [json.loads(line) for line in (target / "register_fact.jsonl").read_text().splitlines()]
    assert "Ramón Plantado Peña" in {one["sealed"]["full"] for one in facts if one["kind"] == "name"}
    papers = [json.loads(line) for line in (target / "register_evidence.jsonl").read_text().splitlines()]
    assert {one["title"] for one in papers} == {"Acta"}
    assert all((target / one["exported_file"]).read_bytes() == keeping.PAPER for one in papers)
    assert "password" not in (target / "accounts_user.jsonl").read_text()
    assert '"exported"' in (target / "auditoria.jsonl").read_text()
    assert (target / "bitacora" / "hechos" / "checkpoint").is_file()
    for path in (target, *target.glob("*.jsonl")):
        assert not path.stat().st_mode & 0o077
    assert kept.house.refused("export-all", "--to", str(target), "--confirm", "Constancia")[1] == "home.taken"


def test_no_plaintext_of_the_register_lies_anywhere_in_the_store(kept: Kept) -> None:
    marks = [one.encode() for one in (*PLANTED, "Acta inventada", "figura", "SQLite format 3")]
    for path in kept.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [mark for mark in marks if mark in content], path.name


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("--log-key", ""), "backup.log_key"),
        (("--identity", "/nada"), "backup.identity"),
        (("--name", "20200101T000000Z-0000"), "backup.not_found"),
        (("--seen", "/nada"), "backup.seen"),
    ],
)
def test_a_restore_with_something_wrong_says_it_and_leaves_nothing(
    change: tuple[str, str], expected: str, kept: Kept, tmp_path: Path
) -> None:
    arguments = _with(kept, tmp_path / "nueva", *change)
    done = constancia(tmp_path / "nueva", *arguments, CONSTANCIA_KEY_FILE=str(kept.house.key))
    assert done.returncode in (2, 5)
    assert code(done) == expected
    assert list(tmp_path.iterdir()) == []


def test_without_a_key_of_the_log_nothing_is_believed(kept: Kept, tmp_path: Path) -> None:
    arguments = (
        "restore",
        str(kept.folder),
        "--into",
        str(tmp_path / "n"),
        "--identity",
        str(kept.identities[0]),
    )
    done = constancia(tmp_path / "n", *arguments, CONSTANCIA_KEY_FILE=str(kept.house.key))
    assert code(done) == "backup.log_key_needed"
    assert kept.log_key in done.stderr


def test_a_wrong_passphrase_leaves_nothing_of_a_restore(kept: Kept, tmp_path: Path) -> None:
    other = tmp_path / "otra.llave"
    other.write_text(kept.house.key.read_text().replace("a", "b"))
    other.chmod(0o600)
    arguments = _with(kept, tmp_path / "sitio" / "nueva")
    done = constancia(tmp_path / "n", *arguments, CONSTANCIA_KEY_FILE=str(other))
    assert code(done) in ("store.wrong_key_file", "store.key_file")
    assert not [path for path in (tmp_path / "sitio").iterdir() if path.name.startswith(STAGING)]


def test_a_backup_without_two_people_or_inside_the_register_is_not_made(kept: Kept, house: House) -> None:
    recipients = house.path / "respaldo-destinatarios.txt"
    assert house.refused("backup", "--to", str(kept.folder)) == (2, "backup.recipients_missing")
    recipients.write_text(str(x25519.Identity.generate().to_public()))
    assert house.refused("backup", "--to", str(kept.folder)) == (2, "backup.recipients_few")
    recipients.write_text("\n".join(str(x25519.Identity.generate().to_public()) for _ in "ab"))
    assert house.refused("backup", "--to", str(house.path / "respaldos")) == (2, "backup.inside")
    assert len(store.BackupStore(kept.folder).names()) == 1
    findings = json.loads(house.run("doctor", "--json").stdout)["findings"]
    assert "backup.failed" in {one["code"] for one in findings}


def _with(kept: Kept, target: Path, *change: str) -> list[str]:
    given = {"--identity": str(kept.identities[0]), "--log-key": kept.log_key, "--into": str(target)}
    if change:
        given[change[0]] = change[1]
    return ["restore", str(kept.folder), *(word for pair in given.items() for word in pair)]
