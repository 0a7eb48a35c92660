"""What a store of backups tells without any secret, and what expires in it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from constancia.domain.errors import InputRefused, IntegrityBroken, StoreRefused
from constancia.domain.ledger.note import SIGNATURE, Key
from constancia.infra.backup import checking, examining, keys, seen, state, store
from constancia.infra.home import Home
from tests.support.backups import NIGHT, Register, kept_evidence


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(tmp_path / "respaldos")


def test_keys_expire_after_their_day_and_the_newest_never(register: Register) -> None:
    first, second = register.back_up(), register.back_up()
    after = timedelta(days=35)
    assert checking.overdue(register.store, NIGHT + after - timedelta(seconds=1)) == []
    assert checking.overdue(register.store, NIGHT + after) == [first]
    assert checking.overdue(register.store, NIGHT + 100 * after) == [first]
    register.store.keys(second).unlink()
    assert checking.overdue(register.store, NIGHT + 100 * after) == [], (
        "now the first is the last that is left"
    )


def test_a_manifest_that_cannot_be_read_does_not_keep_keys_for_ever(register: Register) -> None:
    first, _ = register.back_up(), register.back_up()
    (register.folder / first / store.MANIFEST).write_bytes(b"{}")
    assert checking.overdue(register.store, NIGHT + timedelta(days=34)) == []
    assert checking.overdue(register.store, NIGHT + timedelta(days=35)) == [first]


def test_an_old_backup_is_checked_without_its_expired_keys(register: Register) -> None:
    first, second = register.back_up(), register.back_up()
    register.store.keys(first).unlink()
    found = examining.examine(register.folder, register.key, None, name=first)
    assert (found.manifest.name, found.keys, found.backups, found.days_old(NIGHT)) == (first, second, 2, 0)


def test_a_part_that_is_only_a_little_wrong_is_wrong(register: Register, tmp_path: Path) -> None:
    register.back_up(evidence=kept_evidence(tmp_path / "e"))
    path = next((register.folder / store.EVIDENCE).glob("??/*"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(IntegrityBroken):
        examining.examine(register.folder, register.key, None)
    assert examining.examine(register.folder, register.key, None, quick=True).evidence == 3, "sizes alone"


def test_evidence_is_copied_once_and_put_back_where_it_is_gone(register: Register, tmp_path: Path) -> None:
    evidence = kept_evidence(tmp_path / "e")
    register.back_up(evidence=evidence)
    path = next((register.folder / store.EVIDENCE).glob("??/*"))
    before = path.stat().st_ino
    register.back_up(evidence=evidence)
    assert path.stat().st_ino == before
    path.unlink()
    register.back_up(evidence=evidence)
    assert examining.examine(register.folder, register.key, None).evidence == 3


def test_a_folder_that_is_none_or_empty_is_said(register: Register, tmp_path: Path) -> None:
    for folder, code in ((tmp_path / "nada", "backup.folder"), (tmp_path, "backup.none")):
        with pytest.raises(StoreRefused) as refused:
            examining.examine(folder, register.key, None)
        assert refused.value.code == code


def test_the_key_comes_from_the_person_then_from_this_machine_and_only_then_from_the_store(
    register: Register, tmp_path: Path
) -> None:
    register.back_up()
    home = Home(tmp_path)
    assert keys.pinned(register.store, None, None) == ((register.key,), False)
    assert keys.pinned(register.store, None, home) == ((register.key,), False)
    ours = Register(tmp_path / "otra")
    state.note(home, log_key=str(ours.key))
    assert keys.pinned(register.store, None, home) == ((ours.key,), True)
    assert keys.pinned(register.store, str(register.key), home) == ((register.key,), True)
    policy = tmp_path / "politica.txt"
    cases = str(register.key).replace("hechos", "casos")
    policy.write_text(f"log {cases}\nlog {register.key} https://casa.example\nquorum none\n")
    assert keys.pinned(register.store, str(policy), home) == ((register.key,), True)


def test_of_a_log_that_changed_its_key_any_of_its_keys_speaks_for_a_backup(
    register: Register, tmp_path: Path
) -> None:
    name = register.back_up()
    later = Key(register.key.name, SIGNATURE, b"n" * 32)
    both = tmp_path / "llaves.txt"
    both.write_text(f"{later}\n{register.key}\n{later}\n")
    assert keys.read(str(both)) == (later, register.key)
    assert register.store.found(name, keys.read(str(both))).manifest.name == name
    with pytest.raises(StoreRefused, match=r"backup\.other_register"):
        register.store.found(name, later)


@pytest.mark.parametrize("given", ["", "x", "a/hechos/1+00000000+AAAA", "/nada", "\x00", "x" * 5000])
def test_what_is_no_key_of_a_log_is_refused(given: str) -> None:
    with pytest.raises(InputRefused) as refused:
        keys.read(given)
    assert refused.value.code == "backup.log_key"


def test_what_was_seen_is_a_folder_or_a_file_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "hechos").mkdir()
    (tmp_path / "hechos" / "checkpoint").write_bytes(b"uno")
    (tmp_path / "sello.txt").write_bytes(b"dos")
    assert seen.notes([tmp_path, tmp_path / "sello.txt"]) == [b"uno", b"dos"]
    for wrong in (tmp_path / "nada", tmp_path / "hechos"):
        with pytest.raises(StoreRefused) as refused:
            seen.notes([wrong])
        assert refused.value.code == "backup.seen"
