"""A disk that is really full: a file system of a few megabytes in memory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.conftest import House, code, environment
from tests.support.effort import faults

pytestmark = pytest.mark.faults
ROOT = Path(__file__).parents[2]
SPARE = 3 * 2**20


def mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small(house: House, tmp_path: Path) -> Iterator[House]:
    """The house on a disk that has three megabytes more than it takes."""
    place = tmp_path / "disco"
    place.mkdir()
    taken = sum(path.stat().st_blocks * 512 for path in house.path.rglob("*"))
    if not mount("-t", "tmpfs", "-o", f"size={taken + SPARE},mode=0700", "tmpfs", str(place)):
        pytest.skip("no file system of its own can be mounted here: no disk was filled")
    try:
        shutil.copytree(house.path, place / "casa")
        yield House(place / "casa", house.key)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(house: House) -> Path:
    """A file that takes the rest of the disk."""
    file = house.path.parent / "relleno"
    with file.open("wb", buffering=0) as filler:
        for piece in (65536, 4096):
            with pytest.raises(OSError, match="No space left"):
                while filler.write(bytes(piece)):
                    pass
    return file


def facts(house: House) -> int:
    found = json.loads(house.run("fsck", "--json").stdout)
    assert found["clean"], found
    return int(found["facts"])


def test_row_09_on_a_full_disk_the_reserve_gives_one_more_try_and_once_there_is_room_all_goes_on(
    small: House,
) -> None:
    before = facts(small)
    filler = fill(small)
    create = ("user", "create", "zoraida", "--role", "reader", "--once", "envio-1")
    refused = small.run(*create)
    assert code(refused) == "store.full_once"
    assert not (small.path / "reserva.bin").exists()
    assert small.run("user", "list").returncode == 0
    again = small.run(*create)
    assert again.returncode == 0, again.stderr
    found = [one["code"] for one in json.loads(small.run("doctor", "--json").stdout)["findings"]]
    assert "doctor.reserve" in found
    assert facts(small) == before
    filler.unlink()
    assert mount("-o", "remount,size=96m", str(small.path.parent))
    assert small.run("user", "create", "otra", "--role", "reader").returncode == 0
    assert (small.path / "reserva.bin").exists()


def test_row_09_what_was_acknowledged_while_the_disk_filled_is_there(small: House) -> None:
    before = facts(small)
    (small.path / "reserva.bin").unlink()
    with (small.path.parent / "relleno").open("wb") as filler:
        filler.write(bytes(SPARE // 2))
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.recording", str(small.path), str(faults(120, 1000))],
        cwd=ROOT,
        env=environment(CONSTANCIA_KEY_FILE=str(small.key)),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    acknowledged = json.loads(done.stdout.splitlines()[-1])["facts"]
    assert "full" in done.stderr or "No space" in done.stderr
    assert "Traceback" not in done.stderr
    assert acknowledged > 0
    (small.path.parent / "relleno").unlink()
    assert facts(small) >= before + acknowledged
