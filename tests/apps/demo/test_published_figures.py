"""The demonstration, built and asked at the command line, gives back every number that was published."""

from __future__ import annotations

import pytest

from constancia.apps.demo.scenario import Published, scenario
from tests.apps.demo.conftest import ROOT, Ask

RULE = scenario().rule


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
