"""Backups that somebody changed, planted, cut or mixed up, and processes that died over them: each is refused
with its own code, nothing is decrypted before that, and nothing partial is left."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from constancia.domain.errors import ConstanciaError, StoreRefused
from constancia.infra.backup import age, checking, examining, members, restoring, store, writing
from constancia.infra.home import STAGING, Home
from tests.support.backups import INSIDE, KEYS, NIGHT, Register, kept_evidence


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """Two nights of backups with three evidence files."""
    register = Register(tmp_path / "respaldos")
    evidence = kept_evidence(tmp_path / "evidencias")
    for _ in range(2):
        register.back_up(evidence=evidence)
    return register


def restore(register: Register, target: Path, *by: x25519.Identity, name: str | None = None) -> None:
    with restoring.staging(target) as home:
        main, keys = restoring.verified(register.store, register.key, name)
        restoring.unpack(register.store, main.manifest, keys.manifest, by or register.people[:1], home)


def refused(register: Register, folder: Path, *by: x25519.Identity) -> str:
    """The code with which a restore is refused; nothing of it is left."""
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(ConstanciaError) as found:
        restore(register, folder / "nueva", *by)
    assert sorted(path.name for path in folder.iterdir()) == before
    return found.value.code


def newest(register: Register) -> Path:
    return register.folder / register.store.names()[-1]


def test_what_holds_is_restored_whole_by_either_person(register: Register, tmp_path: Path) -> None:
    for person in register.people:
        target = tmp_path / f"nueva-{person.to_public()}"
        restore(register, target, person)
        for name, content in (INSIDE | KEYS).items():
            assert (target / name).read_bytes() == content
        assert len(list((target / "evidencias").glob("??/*"))) == 3
        assert target.stat().st_mode & 0o777 == 0o700


def test_a_folder_where_anything_stands_is_never_restored_over(register: Register, tmp_path: Path) -> None:
    target = tmp_path / "nueva"
    target.mkdir()
    (target / "carta.txt").write_text("mía")
    assert refused(register, tmp_path) == "home.taken"
    assert (target / "carta.txt").read_text() == "mía"


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def _main(register: Register) -> Path:
    return newest(register) / store.MAIN


def _evidence(register: Register) -> Path:
    return next((register.folder / store.EVIDENCE).glob("??/*"))


Spoil = Callable[[Register], object]
SPOILED: dict[str, tuple[Spoil, str]] = {
    "a bit of the register": (lambda r: flip(_main(r), 5_000), "backup.file_changed"),
    "the last bit of the register": (lambda r: flip(_main(r), -1), "backup.file_changed"),
    "a bit of the age header": (lambda r: flip(_main(r), 3), "backup.not_age"),
    "the register cut": (lambda r: os.truncate(_main(r), 70_000), "backup.file_short"),
    "the register away": (lambda r: _main(r).unlink(), "backup.file_missing"),
    "a bit of the list of evidence": (
        lambda r: flip(newest(r) / store.INDEX, 5),
        "backup.file_changed",
    ),
    "a bit of the signature": (lambda r: flip(newest(r) / store.NOTE, -9), "backup.signature"),
    "the signature away": (lambda r: (newest(r) / store.NOTE).unlink(), "backup.file_missing"),
    "the manifest away": (lambda r: (newest(r) / store.MANIFEST).unlink(), "backup.file_missing"),
    "a bit of evidence": (lambda r: flip(_evidence(r), 20), "backup.evidence_changed"),
    "evidence away": (lambda r: _evidence(r).unlink(), "backup.evidence_missing"),
    "all keys away": (lambda r: shutil.rmtree(r.folder / store.KEYS), "backup.keys_gone"),
    "everything away": (lambda r: [shutil.rmtree(r.folder / n) for n in r.store.names()], "backup.none"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_row_5_what_is_damaged_is_named_before_anything_is_decrypted(
    what: str, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil, code = SPOILED[what]
    spoil(register)
    monkeypatch.setattr(age, "decrypting", None)
    assert refused(register, tmp_path) == code
    with pytest.raises(ConstanciaError) as found:
        examining.examine(register.folder, register.key, None)
    assert found.value.code == code, "a check without secrets says the same"


def test_older_keys_which_would_bring_back_what_was_erased_are_never_taken_by_themselves(
    register: Register, tmp_path: Path
) -> None:
    flip(register.store.keys(last := register.store.names()[-1]), 2_000)
    assert refused(register, tmp_path) == "backup.file_changed"
    register.store.keys(last).unlink()
    assert refused(register, tmp_path) == "backup.keys_gone"
    first = register.store.names()[0]
    assert checking.keys_for(register.store, register.key, first).manifest.name == first


def test_a_file_of_another_backup_of_the_same_register_is_refused(register: Register, tmp_path: Path) -> None:
    first, last = register.store.names()
    shutil.copy(register.store.main(first), register.store.main(last))
    assert refused(register, tmp_path) == "backup.file_swapped"


def test_an_older_backup_under_a_newer_name_is_refused(register: Register, tmp_path: Path) -> None:
    first = register.folder / register.store.names()[0]
    shutil.copytree(first, register.folder / "20991231T000000Z-ffff")
    assert refused(register, tmp_path) == "backup.renamed"


def test_the_manifest_of_another_night_is_refused(register: Register, tmp_path: Path) -> None:
    first, last = (register.folder / name for name in register.store.names())
    shutil.copy(first / store.NOTE, last / store.NOTE)
    assert refused(register, tmp_path) == "backup.manifest_changed"


def test_a_backup_planted_by_a_stranger_who_knows_the_recipients_is_refused(
    register: Register, tmp_path: Path
) -> None:
    """age says for whom a file is, never from whom: the stranger's opens with our identities."""
    stranger = Register(tmp_path / "plantado", people=register.people, nights=7)
    planted = stranger.back_up()
    restore(stranger, tmp_path / "se-abre")
    shutil.copytree(stranger.folder / planted, register.folder / planted)
    shutil.copy(stranger.store.keys(planted), register.store.keys(planted))
    assert refused(register, tmp_path) == "backup.other_register"
    # The stranger may as well write our key into the manifest, and sign with another.
    path = register.folder / planted / store.MANIFEST
    path.write_bytes(path.read_bytes().replace(str(stranger.key).encode(), str(register.key).encode()))
    assert refused(register, tmp_path) == "backup.signature"


def test_fewer_recipients_than_were_signed_are_told(register: Register, tmp_path: Path) -> None:
    with _main(register).open("wb") as file, age.encrypting(file, [register.people[0].to_public()]) as (s, _):
        s.write(bytes(200_000))
    assert refused(register, tmp_path) == "backup.recipients_differ"


def test_a_wrong_identity_is_told_from_a_damaged_file(register: Register, tmp_path: Path) -> None:
    assert refused(register, tmp_path, x25519.Identity.generate()) == "backup.wrong_identity"


def test_a_file_exchanged_between_the_check_and_the_reading_is_refused(
    register: Register, tmp_path: Path
) -> None:
    """Whoever sits in the store could wait for the check; what is read is hashed once more."""
    with pytest.raises(ConstanciaError) as found, restoring.staging(tmp_path / "nueva") as home:
        main, keys = restoring.verified(register.store, register.key)
        shutil.copy(register.store.main(register.store.names()[0]), _main(register))
        restoring.unpack(register.store, main.manifest, keys.manifest, register.people, home)
    assert found.value.code == "backup.file_changed"
    assert not (tmp_path / "nueva").exists()


def test_a_signed_backup_that_holds_something_else_is_refused(register: Register, tmp_path: Path) -> None:
    del register.inside["llave.json"]
    register.back_up()
    assert refused(register, tmp_path) == "backup.content"


def test_a_backup_of_a_newer_program_is_not_restored_by_an_older_one(
    register: Register, tmp_path: Path
) -> None:
    register.software = "999.0.1"
    register.back_up()
    assert refused(register, tmp_path) == "backup.newer_program"


def test_the_last_backup_of_this_machine_taken_away_is_noticed(register: Register, tmp_path: Path) -> None:
    home = Home(tmp_path)
    last = register.store.names()[-1]
    (tmp_path / "respaldos.json").write_text(f'{{"name": "{last}", "made": "{NIGHT.isoformat()}"}}')
    assert examining.examine(register.folder, register.key, home).manifest.name == last
    shutil.rmtree(register.folder / last)
    with pytest.raises(ConstanciaError) as found:
        examining.examine(register.folder, register.key, home)
    assert found.value.code == "backup.newest_gone"


def _die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _nth(function: Callable[..., Any], number: int) -> Callable[..., Any]:
    left = [number]

    def wrapped(*given: Any, **more: Any) -> Any:
        left[0] -= 1
        return _die() if left[0] == 0 else function(*given, **more)

    return wrapped


def killed(work: Callable[[], object]) -> None:
    """Runs the work in a child that kills itself on the way."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(7)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


MOMENTS = [
    ("constancia.infra.backup.restoring.members.unpack", 1),
    ("constancia.infra.backup.members._write", 3),
    ("constancia.infra.backup.restoring.members.unpack", 2),
    ("shutil.copyfile", 2),
    ("os.rename", 1),
]


@pytest.mark.parametrize(("where", "number"), MOMENTS)
def test_row_6_kill_9_during_a_restore_leaves_no_register_and_the_next_one_clears_up(
    where: str, number: int, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sitio"
    with monkeypatch.context() as patched:
        module, _, name = where.rpartition(".")
        target = {"shutil": shutil, "os": os}.get(module, members)
        patched.setattr(target, name, _nth(getattr(target, name), number))
        killed(lambda: restore(register, folder / "nueva"))
    assert not (folder / "nueva").exists()
    (left,) = folder.iterdir()
    assert left.name.startswith(STAGING)
    assert not Home(left).exists, "half a register must open for nobody"
    with pytest.raises(StoreRefused):
        Home.find(left)
    restore(register, folder / "nueva")
    assert [path.name for path in folder.iterdir()] == ["nueva"]


def test_a_restore_that_is_still_at_work_is_not_cleared_away(register: Register, tmp_path: Path) -> None:
    with restoring.staging(tmp_path / "sitio" / "nueva") as home:
        with pytest.raises(StoreRefused), restoring.staging(tmp_path / "sitio" / "nueva"):
            raise StoreRefused("backup.none")
        assert home.path.exists()


def test_row_8_a_full_disk_during_a_restore_leaves_nothing(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(restoring.shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space"):
        restore(register, tmp_path / "sitio" / "nueva")
    assert list((tmp_path / "sitio").iterdir()) == []


@pytest.mark.parametrize("what", ["sign", "sealed"])
def test_row_6_kill_9_during_a_backup_leaves_no_backup_and_no_copy_of_keys_for_ever(
    what: str, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_before = register.store.names()
    with monkeypatch.context() as patched:
        patched.setattr(writing, what, _nth(getattr(writing, what), 2 if what == "sealed" else 1))
        killed(register.back_up)
    assert register.store.names() == from_before
    register.nights += 1  # the next one bears another name
    name = register.back_up()
    assert {path.stem for path in (register.folder / store.KEYS).iterdir()} == {*from_before, name}
    assert not list(register.folder.glob(f"{store.MAKING}*"))


def test_two_backups_at_once_do_not_mix(register: Register) -> None:
    with register.store.making("20260401T000000Z-0000"):
        with pytest.raises(StoreRefused) as found:
            register.back_up()
        assert found.value.code == "backup.busy"
