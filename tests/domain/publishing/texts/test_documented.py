"""The desk's page on writing reports says what is so."""

from __future__ import annotations

import re
from pathlib import Path

from constancia.domain.publishing.names import names
from constancia.domain.publishing.texts import problems
from constancia.domain.publishing.texts.insertions import BLOCKS, called, cites
from constancia.domain.publishing.texts.reading import LONGEST
from tests.support.editions import content
from tests.support.report_texts import with_section

PAGE = (Path(__file__).parents[4] / "docs" / "report-texts.md").read_text(encoding="utf-8")
BODIES = [body.strip() for body in re.findall(r"\{\{ (.+?) \}\}", PAGE)]


def test_every_insertion_of_the_page_is_one() -> None:
    frozen = names(content())
    odd = [body for body in BODIES if body not in frozen and not called(body) and cites(body) is None]
    assert len(BODIES) > 50
    assert not odd


def test_every_block_stands_on_the_page_in_both_spellings() -> None:
    told = {body.partition(":")[0] for body in BODIES}
    assert not set(BLOCKS) - told


def test_examples_of_blocks_are_without_fault() -> None:
    calls = [body for body in BODIES if called(body) and "…" not in body]
    text = "# A\n\n" + "\n\n".join(f"{{{{ {body} }}}}" for body in calls)
    assert not problems(with_section(content(), text), "es")


def test_the_page_says_how_long_a_file_may_be() -> None:
    assert f"{LONGEST:,}".replace(",", " ") in PAGE
