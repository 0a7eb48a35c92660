"""Those who record and seal are killed, and those who seal are two: nothing acknowledged is lost, no fork."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.attacks.conftest import House, environment
from tests.support.effort import faults

pytestmark = pytest.mark.faults
ROOT = Path(__file__).parents[2]
KILLS, SEALS = faults(3, 15), faults(4, 40)
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(house: House) -> Iterator[Start]:
    """Starts `tests.attacks.sealing_on` on the house; kills what is left at the end."""
    begun: list[subprocess.Popen[str]] = []

    def starter(*more: str) -> subprocess.Popen[str]:
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.attacks.sealing_on", str(house.path), *more],
                cwd=ROOT,
                env=environment(CONSTANCIA_KEY_FILE=str(house.key)),
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return begun[-1]

    yield starter
    for process in begun:
        process.kill()
        process.wait()


def told(process: subprocess.Popen[str], lines: int) -> dict[str, int]:
    """The last of so many lines that a process said."""
    assert process.stdout is not None
    said: dict[str, int] = {}
    for _ in range(lines):
        said = json.loads(process.stdout.readline())
    return said


def last_words(process: subprocess.Popen[str]) -> dict[str, int]:
    """What a killed process had acknowledged and nobody had read yet; empty where there is nothing."""
    assert process.stdout is not None
    whole = process.stdout.read().split("\n")[:-1]
    process.wait()
    found: dict[str, int] = json.loads(whole[-1]) if whole else {}
    return found


UNPUBLISHED = {"tile", "published", "standing"}
"""What a seal says that was killed before the public folder was written."""


def facts(house: House, *, may_be_behind: bool = False) -> int:
    """How many facts there are, after register and logs were found consistent; `may_be_behind`: but for the
    public folder, which the next seal writes."""
    register = json.loads(house.run("fsck", "--json").stdout)
    assert register["clean"], register
    log = json.loads(house.run("ledger", "fsck", "--json").stdout)
    assert not set(log["faults"]) - (UNPUBLISHED if may_be_behind else set()), log
    return int(register["facts"])


def test_row_06_whoever_records_and_seals_is_killed_and_nothing_acknowledged_is_lost(
    house: House, start: Start
) -> None:
    chance = random.Random(20260601)
    for _ in range(KILLS):
        before = facts(house, may_be_behind=True)
        process = start()
        acknowledged = told(process, 2)
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        acknowledged = last_words(process) or acknowledged
        assert facts(house, may_be_behind=True) >= before + acknowledged["facts"]
    # The next seal takes up what the killed ones left.
    assert house.run("ledger", "seal").returncode == 0
    facts(house)
    assert not list((house.path / "bitacora").rglob("*.tmp"))


def test_row_11_of_two_who_seal_at_once_each_waits_and_there_is_one_history(
    house: House, start: Start
) -> None:
    pair = [start("seal"), start("seal")]
    sizes = [told(process, SEALS)["hechos"] for process in pair]
    for process in pair:
        process.kill()
        process.wait()
    assert sizes[0] != sizes[1], "one history: no two seals of one size"
    assert house.run("ledger", "seal").returncode == 0
    facts(house)
