"""`constancia backup …`: what the commands say that need no register of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519

from constancia.infra import clock
from tests.cli.conftest import Command
from tests.support.backups import NIGHT, Register


def test_a_new_identity_is_written_once_and_its_public_half_said(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "ana.txt"
    said = run("backup", "identity", "--out", str(path), "--json").json
    secret = path.read_text().splitlines()[1]
    assert str(x25519.Identity.from_str(secret).to_public()) == said["recipient"]
    assert path.stat().st_mode & 0o777 == 0o600
    again = run("backup", "identity", "--out", str(path))
    assert (again.code, again.err.split("]")[0]) == (2, "[backup.identity_taken")
    assert secret in path.read_text()


def test_backup_alone_asks_where_to(run: Command) -> None:
    found = run("backup")
    assert found.code in (0, 2)
    assert "check" in found.out or "--to" in found.err


def test_a_check_from_any_machine_says_with_which_key_it_was_made(run: Command, tmp_path: Path) -> None:
    register = Register(tmp_path / "respaldos")
    register.back_up()
    nowhere = ("--home", str(tmp_path / "nada"))
    with clock.frozen(NIGHT):
        told = run(*nowhere, "backup", "check", str(register.folder))
        assert told.code == 0, told.err
        assert str(register.key) in told.out
        pinned = run(*nowhere, "backup", "check", str(register.folder), "--log-key", str(register.key))
        assert str(register.key) not in pinned.out
    late = run(*nowhere, "backup", "check", str(register.folder), "--log-key", str(register.key), "--json")
    assert (late.code, late.err.split("]")[0]) == (5, "[backup.old")
    assert json.loads(late.out)["good"], "what is old may still be good"


@pytest.mark.django_db
def test_pruning_needs_a_folder_of_backups(here: Command, admin: Any, tmp_path: Path) -> None:
    found = here("backup", "prune", str(tmp_path / "nada"))
    assert (found.code, found.err.split("]")[0]) == (5, "[backup.folder")
