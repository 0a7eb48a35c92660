"""Ways out: which facts make the chain."""

from __future__ import annotations

from itertools import permutations

import pytest

from constancia.domain.timeline.state import OPEN_FUTURE

from .story import LAWYER, OFFICIAL, PRESS, RELATIVE, Story, day


def arrested(on: str = "2026-01-08") -> Story:
    story = Story()
    story.tell("arrest", on, known="2026-01-10")
    return story


def test_out_then_measures_then_full_liberty_is_a_chain():
    story = arrested()
    story.tell("release", "2026-01-15", known="2026-03-10")
    story.tell("release", "2026-01-20", known="2026-03-10", release="under_measures")
    story.tell("release", "2026-03-01", known="2026-03-10", release="full")
    assert story.custody() == ["in_custody", "out_unspecified", "out_under_measures", "free"]


def test_after_full_liberty_nothing_moves_within_the_detention():
    story = arrested()
    story.tell("release", "2026-01-15", release="full")
    story.tell("release", "2026-01-18", release="under_measures", source=PRESS)
    story.tell("death_in_custody", "2026-01-19", source=PRESS)
    assert story.custody() == ["in_custody", "free"]


def test_a_verified_release_keeps_an_earlier_reported_death_out_of_the_chain():
    story = arrested()
    release = story.tell("release", "2026-01-18", release="under_measures")
    story.review(release)
    story.tell("death_in_custody", "2026-01-12", source=PRESS)
    assert story.custody(grade=1) == ["in_custody", "out_under_measures"]


def test_two_moves_on_one_reckoning_day_do_not_both_count():
    story = arrested()
    story.tell("release", "2026-01-15", release="full", source=LAWYER)
    story.tell("release", "2026-01-15", release="house_arrest", source=PRESS)
    assert story.custody() == ["in_custody", "free"]


def test_two_moves_on_one_day_do_not_both_count_even_where_one_could_follow_the_other():
    story = arrested()
    story.tell("release", "2026-01-15", release="unspecified", source=LAWYER)
    story.tell("release", "2026-01-15", release="under_measures", source=PRESS)
    assert story.custody() == ["in_custody", "out_unspecified"]


def test_a_move_certainly_before_the_arrest_does_not_count():
    story = arrested("2026-01-08")
    story.tell("release", "2026-01-05", release="full")
    assert story.custody() == ["in_custody"]


def test_a_release_bounds_an_imprecise_arrest_and_no_day_falls_outside_its_bounds():
    story = arrested("2026-01")
    story.tell("release", "2026-01-10", release="full")
    first = story.known()[0]
    assert (first.entry_earliest, first.entry_latest, first.entry_day) == (
        day("2026-01-01"), day("2026-01-10"), day("2026-01-10"),
    )  # fmt: skip
    assert first.end_day == day("2026-01-10")


def test_an_imprecise_release_cannot_have_been_before_the_arrest():
    story = arrested("2026-01-28")
    story.tell("release", "2026-01", release="full", known="2026-02-02")
    first = story.known()[0]
    assert (first.end_earliest, first.end_day, first.end_latest) == (
        day("2026-01-28"), day("2026-01-28"), day("2026-01-31"),
    )  # fmt: skip


def test_a_release_of_unknown_date_means_out_by_the_day_it_was_known():
    story = arrested()
    story.tell("release", "", known="2026-01-20")
    first = story.known()[0]
    assert (first.end_earliest, first.end_latest, first.end_day) == (
        day("2026-01-08"), day("2026-01-20"), day("2026-01-20"),
    )  # fmt: skip


def test_a_lower_exit_grade_may_tell_a_longer_story():
    story = arrested()
    release = story.tell("release", "2026-01-15", release="under_measures")
    story.review(release)
    story.tell("release", "2026-01-18", release="full", source=OFFICIAL)
    assert story.custody(grade=1) == ["in_custody", "out_under_measures", "free"]
    assert story.custody(grade=2) == story.custody(grade=3) == ["in_custody", "out_under_measures"]
    rows = [row for row in story.known(grade=1) if row.spell == 0]
    assert [(row.grade_low, row.grade_high) for row in rows] == [(1, 3)]


_MOVES = [
    ("release", "2026-01-12", {"release": "unspecified"}),
    ("release", "2026-01-15", {"release": "under_measures"}),
    ("release", "2026-01-20", {"release": "full"}),
    ("release", "2026-01", {"release": "house_arrest"}),
    ("death_in_custody", "2026-01-15", {}),
    ("case_closed", "2026-01-18", {"closure": "amnesty"}),
]


@pytest.mark.parametrize("three", list(permutations(range(len(_MOVES)), 3)))
def test_every_ordering_of_three_moves_gives_one_unbroken_story(three: tuple[int, ...]):
    told: list[list[tuple[object, ...]]] = []
    for order in permutations(three):
        story = arrested()
        for n in order:
            kind, on, fields = _MOVES[n]
            source = (LAWYER, RELATIVE, PRESS)[n % 3]
            # each is known on a day of its own, whatever the order of recording
            story.tell(kind, on, known=f"2026-02-{n + 1:02}", source=source, **fields)
        for grade in (1, 2, 3):
            rows = {row.spell: row for row in story.known(grade=grade)}
            assert rows[0].start_day == rows[0].entry_day
            assert rows[len(rows) - 1].end_day == OPEN_FUTURE
            for spell in range(len(rows) - 1):
                assert rows[spell].end_day == rows[spell + 1].start_day
                assert rows[spell].next_custody == rows[spell + 1].custody
        told.append([tuple(getattr(row, slot) for slot in row.__slots__) for row in story.rows()])
    assert all(rows == told[0] for rows in told)


def test_a_case_may_be_closed_before_its_person_is_let_out():
    """Amnestied on the 18th and out in December: perhaps amnestied inside and let out on the 31st."""
    story = arrested("2025-11-25")
    story.tell("release", "2025-12", known="2026-01-10", release="under_measures")
    story.tell("case_closed", "2025-12-18", known="2026-01-10", closure="amnesty")
    inside, _, free = {row.spell: row for row in story.known()}.values()
    assert inside.end_latest == day("2025-12-31")
    assert (free.start_earliest, free.start_latest, free.start_day) == (
        day("2025-12-18"), day("2025-12-31"), day("2025-12-18"),
    )  # fmt: skip


def test_of_two_closings_the_one_that_counts_frees_and_not_the_earlier():
    story = arrested()
    story.tell("release", "2026-01-15", known="2026-03-10", release="under_measures")
    story.tell("case_closed", "2026-02-01", known="2026-03-10", closure="dismissal", source=PRESS)
    story.review(story.tell("case_closed", "2026-02-20", known="2026-03-10", closure="amnesty"))
    *_, before, free = {row.spell: row for row in story.known()}.values()
    assert (free.custody, free.start_day) == ("free", day("2026-02-20"))
    assert before.exit_kind == "closed.amnesty"
