"""Imports that are broken off, doubled, or run while the site is open: whole, or not at all."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.attacks.conftest import HEADER, PROGRAM, House, environment
from tests.support.sites import opened

pytestmark = pytest.mark.faults
PEOPLE = 2500


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough people that the first thousand are written long before the last."""
    file = tmp_path_factory.mktemp("larga") / "larga.csv"
    rows = (f"L{n},Persona Inventada {n:05},,lara,Uribana,{1 + n % 28:02}/01/2026,\n" for n in range(PEOPLE))
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    return file


def begin(house: House, file: Path, papers: Path) -> subprocess.Popen[str]:
    arguments = ["import", str(file), "--mapping", str(papers / "mapa.toml"), "--yes", "--json"]
    return subprocess.Popen(
        [*PROGRAM, "--home", str(house.path), *arguments],
        # A small cache makes the engine write pages of the transaction long before its end.
        env=environment(CONSTANCIA_KEY_FILE=str(house.key), CONSTANCIA_CACHE_MB="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until_it_writes(house: House, process: subprocess.Popen[str]) -> None:
    log = house.path / "registro.db-wal"
    deadline = time.monotonic() + 60
    while not (log.exists() and log.stat().st_size > 100_000):
        assert process.poll() is None, "the import ended before it could be interrupted"
        assert time.monotonic() < deadline
        time.sleep(0.005)


def checked(house: House) -> dict[str, object]:
    found = json.loads(house.run("fsck", "--json").stdout)
    assert found["clean"], found
    return {name: found[name] for name in ("people", "facts", "states")}


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_import_broken_off_in_the_middle_leaves_nothing_and_can_be_repeated(
    how: signal.Signals, house: House, long_list: Path, papers: Path
) -> None:
    before = checked(house)
    process = begin(house, long_list, papers)
    until_it_writes(house, process)
    process.send_signal(how)
    told = process.communicate(timeout=60)
    if how is signal.SIGINT:
        assert process.returncode == 130
        assert told[1].startswith("[cli.interrupted]")
        assert told[1].strip().count("\n") == 0
    assert checked(house) == before
    again = house.run("import", str(long_list), "--mapping", str(papers / "mapa.toml"), "--yes", "--json")
    assert json.loads(again.stdout)["new_people"] == PEOPLE
    assert checked(house)["people"] == PEOPLE + 2


def test_the_same_import_run_twice_at_once_is_recorded_once(
    house: House, long_list: Path, papers: Path
) -> None:
    both = [begin(house, long_list, papers) for _ in range(2)]
    told = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    counts = sorted(json.loads(out)["new_people"] for out, _ in told)
    assert counts == [0, PEOPLE]
    assert checked(house)["people"] == PEOPLE + 2


def test_an_import_while_the_site_is_open_is_seen_by_it(house: House, long_list: Path, papers: Path) -> None:
    serve = [*PROGRAM, "--home", str(house.path), "serve"]
    with opened(serve, environment(CONSTANCIA_KEY_FILE=str(house.key))) as site:
        process = begin(house, long_list, papers)
        until_it_writes(house, process)
        with urlopen(site.address + "/entrar/", timeout=30) as page:
            assert page.status == 200
        assert process.communicate(timeout=120)[1] == ""
        assert process.returncode == 0
    assert "Traceback" not in site.said
    assert checked(house)["people"] == PEOPLE + 2
