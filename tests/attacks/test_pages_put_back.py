"""Row 4: pages of the register as they were earlier, put back without its key by whoever holds the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from constancia.infra.sqlcipher.connection import open_encrypted
from tests.attacks.conftest import House, code

PAGE = 4096
ADDED = "3,Ada Plantada Gil,V-7.654.321,lara,Uribana,10/01/2026,\n"
TRIED = 5
OF_NO_CONSEQUENCE = ("sqlite_sequence", "register_search_idx")
"""Counters below which no number is given again anyway, and hints where a search begins to look."""


def test_row_04_an_old_page_put_back_is_found_by_the_nightly_check(house: House, papers: Path) -> None:
    database = house.path / "registro.db"
    into_the_file(house)
    before = database.read_bytes()
    more = house.path.parent / "mas.csv"
    more.write_text((papers / "lista.csv").read_text(encoding="utf-8") + ADDED, encoding="utf-8")
    assert house.run("import", str(more), "--mapping", str(papers / "mapa.toml"), "--yes").returncode == 0
    spared = into_the_file(house)
    after = database.read_bytes()
    assert house.run("fsck").returncode == 0  # the control
    changed = [
        at
        for at in range(PAGE, len(before), PAGE)  # the first tells the size of the file
        if before[at : at + PAGE] != after[at : at + PAGE] and at // PAGE + 1 not in spared
    ]
    for one in range(TRIED):
        at = changed[len(changed) * one // TRIED]
        database.write_bytes(after[:at] + before[at : at + PAGE] + after[at + PAGE :])
        told = house.run("fsck")
        assert told.returncode == 6, f"page {at // PAGE + 1} of {len(after) // PAGE}"
        assert code(told) == "fsck.torn"
    database.write_bytes(after)
    assert house.run("fsck").returncode == 0


def into_the_file(house: House) -> list[int]:
    """Carries over what stands in the log beside the file; returns the pages that are of no consequence."""
    connection: Any = open_encrypted(house.path / "registro.db", house.root().derive("db/1"))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    marks = ", ".join("?" * len(OF_NO_CONSEQUENCE))
    sql = f"SELECT rootpage FROM sqlite_master WHERE name IN ({marks})"
    spared = [row[0] for row in connection.execute(sql, OF_NO_CONSEQUENCE)]
    connection.close()
    return spared
