"""The demonstration, built and asked at the command line, gives back every number that was published."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from constancia.apps.demo.scenario import Published, scenario

ROOT = Path(__file__).parents[3]
CONSTANCIA = [sys.executable, "-c", "from constancia.cli.main import run; run()"]
RULE = scenario().rule

# One process answers all the questions after the first: a command line a line in, its outcome a line out.
ASKED_AGAIN_AND_AGAIN = """
import contextlib, io, json, sys
from constancia.cli.main import app

for line in sys.stdin:
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            app(json.loads(line))
        except SystemExit as end:
            code = end.code
    print(json.dumps([code or 0, out.getvalue(), err.getvalue()]), flush=True)
"""

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Runs `constancia … --json` on a demonstration built once for all these tests, by the command itself."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith(("CONSTANCIA_", "DJANGO_"))
    }
    surroundings["PYTHONPATH"] = str(ROOT / "src")

    build = [*CONSTANCIA, "demo", "--no-serve", "--home", str(home), "--json"]
    built = subprocess.run(build, env=surroundings, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    asking = [sys.executable, "-c", ASKED_AGAIN_AND_AGAIN]
    with subprocess.Popen(
        asking, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def run(*words: str) -> dict[str, Any]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps([*words, "--home", str(home), "--json"]) + "\n")
            process.stdin.flush()
            code, out, err = json.loads(process.stdout.readline())
            assert code == 0, err
            answer: dict[str, Any] = json.loads(out)
            return answer

        yield run
        process.stdin.close()


@pytest.mark.parametrize("stated", scenario().published, ids=lambda stated: stated.name)
def test_the_command_line_gives_back_what_was_published(ask: Ask, stated: Published) -> None:
    answer = ask(*stated.command(RULE))
    counted = answer["by"][stated.by][stated.category] if stated.by else answer
    assert counted["value"] == stated.value
    assert answer["lowest"] <= answer["value"] <= answer["highest"]


def test_by_sex_and_age_the_45_of_christmas_stand_as_they_were_published(ask: Ask) -> None:
    day = "2025-12-25"
    words = ["--rule", RULE, "--from", day, "--as-of", day, "--known-at", day, "--by", "sex_and_age"]
    by = ask("figures", "show", "released", *words)["by"]["sex_and_age"]
    counted = {category: count["value"] for category, count in by.items() if count["value"]}
    assert counted == {"adult_woman": 15, "adult_man": 27, "adolescent": 3}


@pytest.mark.parametrize(("hour", "known"), [("14:00", 19), ("18:00", 26), ("23:00", 45)])
def test_the_count_of_christmas_grew_as_releases_were_confirmed(ask: Ask, hour: str, known: int) -> None:
    day = "2025-12-25"
    words = ["--rule", RULE, "--from", day, "--as-of", day, "--known-at", f"{day}T{hour}"]
    assert ask("figures", "show", "released", *words)["value"] == known


def test_the_same_20_december_known_today_has_the_cases_validated_late(ask: Ask) -> None:
    words = ["figures", "show", "held", "--rule", RULE, "--as-of", "2025-12-20"]
    assert ask(*words)["value"] == 1059


def test_releases_in_the_window_do_not_change_with_what_was_learned_later(ask: Ask) -> None:
    words = ["--rule", RULE, "--from", "2026-01-08", "--as-of", "2026-02-24"]
    assert ask("figures", "show", "released", *words)["value"] == 436


def test_the_balance_closes_with_the_cases_validated_late_as_terms_of_their_own(ask: Ask) -> None:
    balance = ask("balance", "--from", "2025-12-20", "--to", "2026-02-24", "--rule", RULE)
    came, went = (
        {cause: term["value"] for cause, term in balance[side]["causes"].items() if term["value"]}
        for side in ("in", "out")
    )
    assert came == {"re_arrested": 2, "arrested": 30, "learned_late": 119, "recognised_late": 12}
    assert went == {
        "merged_or_split": 1,
        "released": 487,
        "died": 1,
        "released_earlier": 2,
        "corrected_out": 1,
    }
    assert balance["opening"] + balance["in"]["total"] - balance["out"]["total"] == balance["closing"] == 573


def test_a_store_check_finds_the_demonstration_in_order(ask: Ask) -> None:
    ask("fsck")


def test_the_document_shows_the_very_questions_that_are_tested() -> None:
    page = (ROOT / "docs" / "demo.md").read_text(encoding="utf-8")
    for stated in scenario().published:
        assert f"`constancia {' '.join(stated.command(RULE))}`" in page
        assert f"| {stated.says} | {stated.value}" in page
