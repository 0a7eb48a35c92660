"""The page for trustees claims nothing that no test holds: its names exist, and forty attacks have theirs."""

from __future__ import annotations

import re

from tests.house.test_bad_inputs import ROOT, TESTS, defined

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ATTACKS = 40


def section(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_every_test_that_the_page_names_exists() -> None:
    told = set(re.findall(r"`((?:test_|tests/)[\w/.]+)`", PAGE))
    known = defined(TESTS)
    assert len(told) > 100
    assert not {name for name in told if not (name in known or (ROOT / name).is_file())}


def test_every_one_of_the_forty_attacks_has_a_test_named_by_its_row() -> None:
    rows = dict(re.findall(r"^\| (\d+) \|[^|]+\|([^|]*)\|$", section("Los cuarenta ataques"), re.MULTILINE))
    assert sorted(map(int, rows)) == list(range(1, ATTACKS + 1))
    numbers = {int(found) for found in re.findall(r"test_row_0*(\d+)_", " ".join(defined(TESTS)))}
    assert numbers == set(range(1, ATTACKS + 1))
    for number, tests in rows.items():
        assert re.search(rf"`test_row_0*{number}_", tests), number


def test_every_requirement_of_asvs_stands_once_with_its_test() -> None:
    rows = re.findall(r"^\| ([\d., ]+) \| ([^|]+) \| ([^|]+) \|$", section("ASVS 5.0"), re.MULTILINE)
    assert len(rows) > 50
    assert len({(number, what) for number, what, _ in rows}) == len(rows)
    assert all("`test" in tests for _, _, tests in rows)
