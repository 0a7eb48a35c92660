"""The page of bad inputs names tests that exist, and every test that attacks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
DEFINED = re.compile(r"^\s*def (test_\w+)", re.MULTILINE)


def defined(folder: Path) -> set[str]:
    return {name for file in folder.rglob("test_*.py") for name in DEFINED.findall(file.read_text("utf-8"))}


def told() -> set[str]:
    page = (ROOT / "docs" / "bad-inputs.md").read_text("utf-8")
    return set(re.findall(r"`((?:test_|tests/)[\w/.]+)`", page))


def test_every_test_that_the_page_names_exists() -> None:
    names, known = told(), defined(TESTS)
    assert len(names) > 50
    lost = {name for name in names if not (name in known or (ROOT / name).is_file())}
    assert not lost - {"tests/attacks/"}, lost


def test_every_attack_stands_on_the_page() -> None:
    assert not defined(TESTS / "attacks") - told()
