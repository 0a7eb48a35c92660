"""Documentation cannot drift: generated pages are what they would be, and every setting is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from constancia.infra.home import HomeSettings
from tools import pages

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
TARGET = re.compile(r"^([a-z][a-z-]*):.*?##", re.M)


def written() -> Iterator[Path]:
    yield from (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))
    yield from sorted(DOCS.rglob("*.md"))


@pytest.mark.parametrize("name", sorted(pages.PAGES))
def test_a_generated_page_is_what_it_would_be(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == pages.PAGES[name](), "run `make written`"


def test_every_environment_variable_is_told_to_administrators() -> None:
    code = "\n".join(f.read_text("utf-8") for f in (ROOT / "src").rglob("*.py"))
    told = (DOCS / "for-administrators.md").read_text("utf-8")
    used = set(re.findall(r"(?<!settings, )[\"'](CONSTANCIA_[A-Z_]+|DATABASE_URL)[\"']", code))
    assert used
    assert not {name for name in used if f"`{name}`" not in told}


def test_every_setting_of_a_home_is_told_to_administrators() -> None:
    told = (DOCS / "for-administrators.md").read_text("utf-8")
    assert not [field.name for field in fields(HomeSettings) if f"`{field.name}`" not in told]


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in written()
        for target in LINK.findall(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken, broken


def test_every_make_target_is_told_to_contributors() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    targets = TARGET.findall((ROOT / "Makefile").read_text("utf-8"))
    assert targets
    assert not [name for name in targets if f"make {name}" not in told]


def test_every_page_can_be_found_from_the_readme_or_the_index() -> None:
    index = (ROOT / "README.md").read_text("utf-8") + (DOCS / "README.md").read_text("utf-8")
    lost = [page.name for page in DOCS.glob("*.md") if page.name != "README.md" and page.name not in index]
    assert not lost, lost
