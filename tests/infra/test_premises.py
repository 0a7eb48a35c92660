"""What of a home is refused before anything is opened, and what is said aloud."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from constancia.domain.errors import ConstanciaError, DeploymentRefused, StoreRefused
from constancia.infra import premises
from constancia.infra.home import Home
from constancia.infra.sqlcipher.connection import open_encrypted


@pytest.fixture
def home(new_home: Callable[..., Any]) -> Home:
    """A sound home with all four encrypted files."""
    made, root = new_home()
    for path, purpose in ((made.database, "db"), (made.sessions, "sessions"), (made.trail, "trail")):
        open_encrypted(path, root.current(purpose), create=True).close()
    premises.check(made)
    assert isinstance(made, Home)
    return made


FILES = ["registro.db", "claves.db", "sesiones.db", "auditoria.db"]


@pytest.mark.parametrize("name", FILES)
def test_row_02_a_plaintext_database_in_place_of_any_encrypted_file_is_refused(home: Home, name: str) -> None:
    (home.path / name).unlink()
    plain = sqlite3.connect(home.path / name)
    plain.execute("CREATE TABLE t(v)")
    plain.commit()
    plain.close()
    (home.path / name).chmod(0o600)
    before = (home.path / name).read_bytes()
    with pytest.raises(StoreRefused) as caught:
        premises.check(home)
    assert (caught.value.code, caught.value.params) == ("store.plaintext", {"file": name})
    assert (home.path / name).read_bytes() == before


@pytest.mark.parametrize("name", [*FILES, "llave.json"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_can_reach_is_refused_with_the_chmod_to_type(
    home: Home, name: str, mode: int
) -> None:
    (home.path / name).chmod(mode)
    with pytest.raises(DeploymentRefused) as caught:
        premises.check(home)
    assert caught.value.code == "start.mode"
    assert caught.value.params == {"file": str(home.path / name), "mode": f"{mode:04o}", "wanted": "600"}


@pytest.mark.parametrize("mode", [0o755, 0o701, 0o710])
def test_a_folder_that_others_can_enter_is_refused(home: Home, mode: int) -> None:
    home.path.chmod(mode)
    with pytest.raises(DeploymentRefused) as caught:
        premises.check(home)
    assert caught.value.params == {"file": str(home.path), "mode": f"{mode:04o}", "wanted": "700"}


@pytest.mark.parametrize("name", [*FILES, "llave.json", "constancia.toml", "modo.json"])
def test_a_link_in_place_of_a_file_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    path = home.path / name
    if path.exists():
        path.rename(tmp_path / name)
    path.symlink_to(tmp_path / name)
    with pytest.raises(DeploymentRefused) as caught:
        premises.check(home)
    assert (caught.value.code, caught.value.params) == ("start.link", {"file": name})


def test_a_folder_above_that_anybody_may_change_is_named(home: Home) -> None:
    above = home.path.parent
    above.chmod(0o777)
    assert _named(home, "doctor.parents") == [{"folder": str(above.resolve())}]
    above.chmod(0o1777)
    assert _named(home, "doctor.parents") == []


def _named(home: Home, code: str) -> list[dict[str, str | int]]:
    return [one.params for one in premises.warnings(home) if one.code == code]


def _codes(found: Any) -> list[str]:
    return [one.code for one in found if isinstance(one, ConstanciaError)]


def test_a_system_that_collects_memory_of_crashed_programs_is_noticed(tmp_path: Path) -> None:
    pattern = tmp_path / "core_pattern"
    assert _codes(premises.dumps(pattern)) == []
    pattern.write_text("core\n")
    assert _codes(premises.dumps(pattern)) == []
    pattern.write_text("|/usr/lib/systemd/systemd-coredump %P\n")
    assert _codes(premises.dumps(pattern)) == ["doctor.core"]


def test_plain_swap_is_named_and_encrypted_swap_is_not(tmp_path: Path) -> None:
    table, blocks = tmp_path / "swaps", tmp_path / "block"
    for device, name, text in (
        ("dm-1", "dm/uuid", "CRYPT-PLAIN-cryptswap\n"),
        ("dm-2", "dm/uuid", "LVM-abc\n"),
        ("zram0", "backing_dev", "none\n"),
        ("zram1", "backing_dev", "/dev/sda5\n"),
    ):
        (blocks / device / name).parent.mkdir(parents=True)
        (blocks / device / name).write_text(text)
    rows = ("/dev/sda2", "/dev/dm-1", "/dev/dm-2", "/dev/zram0", "/dev/zram1", "/swapfile", "/dev/dm-9")
    table.write_text(
        "Filename Type Size Used Priority\n" + "".join(f"{row} partition 100 0 -2\n" for row in rows)
    )
    assert premises.plain_swaps(table, blocks) == ["sda2", "dm-2", "zram1", "swapfile", "dm-9"]
    assert premises.plain_swaps(tmp_path / "nothing", blocks) == []
