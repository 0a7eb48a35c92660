"""The power or the disk fails: what was acknowledged is there, and what is there is whole."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from constancia.infra.codec import SubjectCodec
from constancia.infra.evidence import EvidenceStore, Stored
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.secrets_unlock import RootKey
from constancia.infra.sqlcipher.connection import open_encrypted
from tests.attacks.conftest import House, environment
from tests.support.effort import FAULTS_IN_FULL, faults
from tests.support.powercut import Disk, failing, traceable, traced

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not traceable(), reason="no strace on this machine: the power was not cut"),
]

CASES = faults(4, 16)
SEEDS = range(20260225, 20260225 + faults(1, 4))
FAULTS = [
    "fsync:error=EIO:when=3",
    "fsync:error=EIO:when=6",
    "fsync:error=EIO:when=6+5",
    "fsync:error=ENOSPC:when=12+",
    "pwrite64:error=ENOSPC:when=40+7",
    "pwrite64:error=EIO:when=200",
    "rename:error=EIO:when=3",
    "mkdir:error=ENOSPC:when=2+",
]
SWEPT = [
    f"{call}:error={error}:when={when}"
    for call, last, step in (("fsync", 40, 3), ("pwrite64", 200, 15), ("ftruncate", 8, 2), ("unlink", 6, 2))
    for when in range(1, last, step)
    for error in ("EIO", "ENOSPC")
]
"""Single calls that fail, one after the other; in `make faults` alone."""
ROOT = Path(__file__).parents[2]


@dataclass
class Cuts:
    """What the cuts showed: how many there were, and after how many an acknowledged case was not whole."""

    made: int = 0
    losing: int = 0


def cut_everywhere(house: House, folder: Path, *careless: str, seed: int = SEEDS[0]) -> Cuts:
    """The power is cut after every acknowledgement and every time something reached the disk."""
    folder.mkdir()
    root, log, chance = house.root(), folder / "calls", random.Random(seed)
    before = whole(Home.at(house.path), root)
    disk = Disk(house.path)
    command = [sys.executable, "-m", "tests.attacks.recording", str(house.path), str(CASES), *careless]
    traced(command, log, environment(CONSTANCIA_KEY_FILE=str(house.key)), ROOT)
    cuts, acknowledged = Cuts(), {"facts": 0, "files": 0}

    def cut(luck: random.Random | None) -> None:
        target = folder / f"cut-{cuts.made}"
        target.mkdir(mode=0o700)
        disk.after_a_cut(target, luck)
        facts, files = whole(Home.at(target), root)
        cuts.made += 1
        cuts.losing += facts - before[0] < acknowledged["facts"] or files < acknowledged["files"]

    def told(line: bytes) -> None:
        acknowledged.update(json.loads(line))
        cut(None)
        cut(chance)

    for call in disk.follow(log, told):
        if call in ("fsync", "fdatasync", "rename"):
            cut(chance)
    assert acknowledged["files"] == CASES
    return cuts


def whole(home: Home, root: RootKey) -> tuple[int, int]:
    """How many facts and files a register holds, after all of it was read and found consistent."""
    codec = SubjectCodec(
        KeyRing(home.keyring, root.derive("keyring/1")), root.derive("kek/1"), root.derive("blind/1")
    )
    opened = open_encrypted(home.database, root.derive("db/1"))
    assert opened.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    facts = opened.execute(
        "SELECT seq, subject, sealed FROM register_fact AS fact"
        " JOIN register_person AS person ON person.id = fact.person_id"
    ).fetchall()
    for seq, subject, sealed in facts:
        if sealed is not None:
            codec.open(bytes(subject), f"register_fact|sealed|{seq}", bytes(sealed))
    store = EvidenceStore(home.evidence, codec)
    files = opened.execute("SELECT subject, file, sha256, size FROM register_evidence").fetchall()
    for subject, *stored in files:
        assert b"".join(store.read(bytes(subject), Stored(*stored)))
    opened.close()
    return len(facts), len(files)


@pytest.mark.parametrize("seed", SEEDS)
def test_row_07_a_cut_loses_nothing_that_was_acknowledged_and_leaves_nothing_half_written(
    house: House, tmp_path: Path, seed: int
) -> None:
    cuts = cut_everywhere(house, tmp_path / "cortes", seed=seed)
    assert cuts.losing == 0
    assert cuts.made > 5 * CASES


def test_row_07_the_control_without_waiting_for_the_disk_a_cut_loses_what_was_acknowledged(
    house: House, tmp_path: Path
) -> None:
    assert cut_everywhere(house, tmp_path / "cortes", "careless").losing > CASES


@pytest.mark.parametrize("fault", [*FAULTS, *(SWEPT if FAULTS_IN_FULL else ())])
def test_row_08_a_disk_that_fails_refuses_cases_and_harms_none(fault: str, house: House) -> None:
    before = whole(Home.at(house.path), house.root())
    command = [sys.executable, "-m", "tests.attacks.recording", str(house.path), str(2 * CASES)]
    told, complaints = failing(fault, command, environment(CONSTANCIA_KEY_FILE=str(house.key)), ROOT)
    # What fails before the first case keeps the register from being opened.
    acknowledged = json.loads(told.splitlines()[-1]) if told or not complaints else {"facts": 0, "files": 0}
    facts, files = whole(Home.at(house.path), house.root())
    # Not every call is of a recording: a file that cannot be shortened is shortened the next time.
    assert complaints or fault in SWEPT
    assert "Traceback" not in complaints
    assert facts - before[0] >= acknowledged["facts"]
    assert files >= acknowledged["files"]
    assert not list(house.path.rglob("*.tmp"))
