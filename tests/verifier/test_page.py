"""The pages for journalists: the same steps as the program, and an example that can be done by hand."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from constancia.domain.ledger.merkle import check_consistency, check_inclusion, leaf_hash, node_hash
from constancia.verifier.steps import ALL_STEPS
from constancia.verifier.words import CHECKED, MEANS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [("verify.md", "en"), ("verificar.md", "es")]
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.M | re.S)


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_the_steps_on_the_page_are_those_of_the_program(name: str, language: str) -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \| (.*) \|$", page(name), re.M)
    expected = [
        (str(number), CHECKED[step][language], MEANS[step][language]) for number, step, _, _ in ALL_STEPS
    ]
    assert rows == expected


@pytest.mark.skipif(shutil.which("bash") is None, reason="the example is for a shell")
@pytest.mark.parametrize(("name", "language"), PAGES)
def test_the_example_by_hand_comes_out_as_printed(name: str, language: str) -> None:
    blocks = BLOCK.findall(page(name))
    commands = [place for place, (kind, _) in enumerate(blocks) if kind == "sh"]
    assert len(commands) == 2
    script = "".join(blocks[place][1] for place in commands)
    printed = "".join(blocks[place + 1][1] for place in commands)
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == printed


def test_the_example_is_the_tree_of_the_program() -> None:
    a, b, c, d, e = (leaf_hash(name.encode()) for name in ("ana", "beto", "carla", "dora", "elsa"))
    left, right = node_hash(a, b), node_hash(c, d)
    root = node_hash(left, right)
    text = page("verify.md")
    for one in (a, b, c, d, left, right, root):
        assert one.hex()[:8] in text
    check_inclusion(1, 4, b, [a, right], root)
    check_consistency(4, 5, [e], root, node_hash(root, e))
