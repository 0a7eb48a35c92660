"""Rows that figures count: known time, grades, bases, several detentions."""

from __future__ import annotations

import pytest

from constancia.domain.facts.record import Source
from constancia.domain.timeline.moments import micros
from constancia.domain.timeline.state import (
    BASIS_BOTH,
    BASIS_DECLARED,
    BASIS_WITNESSED,
    KNOWN_OPEN,
    OPEN_FUTURE,
    OPEN_PAST,
)
from constancia.domain.vocabulary.terms import SourceKind, Verdict

from .story import (
    ANA,
    BETO,
    CARLA,
    LAWYER,
    OFFICIAL,
    OFFICIAL_LIST,
    PRESS,
    RELATIVE,
    VOLUNTEER,
    Story,
    day,
    moment,
)


def arrested(on: str = "2026-01-08", **more: object) -> Story:
    story = Story()
    story.tell("arrest", on, **more)  # type: ignore[arg-type]
    return story


def test_an_arrest_alone_is_one_open_row_for_every_exit_grade():
    (row,) = arrested().rows()
    assert (row.custody, row.start_day, row.end_day) == ("in_custody", day("2026-01-08"), OPEN_FUTURE)
    assert (row.grade_low, row.grade_high, row.basis, row.known_to) == (1, 3, BASIS_BOTH, KNOWN_OPEN)
    assert (row.seg_from, row.seg_to) == (OPEN_PAST, OPEN_FUTURE)


def test_a_day_release_means_out_on_that_day():
    story = arrested()
    story.tell("release", "2026-01-15", release="full")
    assert story.on("2026-01-14").custody == "in_custody"
    assert story.on("2026-01-15").custody == "free"


def test_people_stay_in_until_their_release_is_confirmed():
    story = arrested(known="2026-01-09")
    release = story.tell("release", "2026-01-15", known="2026-01-16", release="under_measures")
    story.review(release, known="2026-01-18")
    assert story.custody("2026-01-17", grade=3) == ["in_custody"]
    assert story.custody("2026-01-17", grade=1) == ["in_custody", "out_under_measures"]
    assert story.custody("2026-01-18", grade=3) == ["in_custody", "out_under_measures"]


def test_a_row_carries_how_the_spell_ended_and_what_followed():
    story = arrested()
    story.tell("release", "2026-01-15", release="house_arrest")
    first, second = story.known()
    assert (first.exit_kind, first.next_custody, first.end_grade) == (
        "release.house_arrest",
        "house_arrest",
        2,
    )
    assert (second.custody, second.start_grade, second.exit_kind, second.end_grade) == (
        "house_arrest",
        2,
        "",
        0,
    )


@pytest.mark.parametrize(
    ("release", "custody"),
    [
        ("under_measures", "out_under_measures"),
        ("conditional", "out_under_measures"),
        ("house_arrest", "house_arrest"),
        ("full", "free"),
        ("exile", "exiled"),
        ("unspecified", "out_unspecified"),
    ],
)
def test_each_kind_of_release_leads_to_its_custody(release: str, custody: str):
    story = arrested()
    story.tell("release", "2026-01-15", release=release)
    assert story.custody() == ["in_custody", custody]


def test_death_and_escape_end_custody():
    for kind, custody, how in (("death_in_custody", "dead", "death"), ("escape", "escaped", "escape")):
        story = arrested()
        story.tell(kind, "2026-01-15")
        assert story.custody() == ["in_custody", custody]
        assert story.known()[0].exit_kind == how


def test_nothing_is_known_before_it_was_known():
    story = arrested(known="2026-01-20")
    assert story.known("2026-01-19") == []
    assert len(story.known("2026-01-20")) == 1


def test_known_windows_that_say_the_same_are_one():
    story = arrested(known="2026-01-09")
    story.tell("name", detention=None, known="2026-01-12", full="Persona Inventada")
    story.tell("narrative", known="2026-01-13", text="Nada que cuente")
    assert len(story.rows()) == 1


def test_a_withdrawn_arrest_leaves_no_row_and_withdrawing_the_withdrawal_revives_it():
    story = Story()
    arrest = story.tell("arrest", "2026-01-08", known="2026-01-09")
    withdrawal = story.tell("withdrawal", known="2026-01-10", instead_of=arrest)
    story.tell("withdrawal", known="2026-01-12", instead_of=withdrawal)
    assert len(story.known("2026-01-09")) == 1
    assert story.known("2026-01-11") == []
    assert len(story.known("2026-01-12")) == 1


def test_a_correction_counts_from_when_it_is_known():
    story = Story()
    arrest = story.tell("arrest", "2026-01-08", known="2026-01-09")
    story.tell("arrest", "2026-01-05", known="2026-01-15", instead_of=arrest)
    assert story.known("2026-01-14")[0].start_day == day("2026-01-08")
    assert story.known("2026-01-15")[0].start_day == day("2026-01-05")


def test_several_detentions_are_told_apart_and_re_arrest_may_follow_the_same_day():
    story = arrested("2025-07-26")
    story.tell("release", "2026-02-08", release="under_measures")
    story.tell("arrest", "2026-02-08", detention=2)
    assert story.custody(detention=1) == ["in_custody", "out_under_measures"]
    assert story.custody(detention=2) == ["in_custody"]
    assert story.on("2026-02-08", detention=1).custody == "out_under_measures"
    assert story.on("2026-02-08", detention=2).custody == "in_custody"


def test_amnesty_after_release_frees_without_a_release_from_prison():
    story = arrested("2024-08-01")
    story.tell("release", "2025-12-25", release="under_measures")
    story.tell("case_closed", "2026-03-02", known="2026-03-05", closure="amnesty")
    rows = story.known()
    assert [row.custody for row in rows if row.seg_from == OPEN_PAST] == [
        "in_custody",
        "out_under_measures",
        "free",
    ]
    assert {row.exit_kind for row in rows if row.custody == "in_custody"} == {"release.under_measures"}
    assert {row.exit_kind for row in rows if row.custody == "out_under_measures"} == {"closed.amnesty"}


def test_amnesty_of_somebody_in_custody_changes_the_case_and_not_the_custody():
    story = arrested("2024-08-01")
    story.tell("case_closed", "2026-03-02", known="2026-03-05", closure="amnesty")
    assert story.custody() == ["in_custody"]
    assert story.on("2026-03-01").case_state == ""
    assert story.on("2026-03-02").case_state == "amnestied"


def test_a_closing_on_the_day_of_the_release_frees():
    story = arrested("2024-08-01")
    story.tell("case_closed", "2026-03-02", known="2026-03-05", closure="amnesty")
    story.tell("release", "2026-03-02", known="2026-03-05")
    assert story.on("2026-03-01").exit_kind == "release.unspecified"
    assert story.on("2026-03-02").custody == "free"


def test_the_recorder_cannot_verify_alone():
    story = Story()
    arrest = story.tell("arrest", "2026-01-08", known="2026-01-09", by=ANA)
    story.review(arrest, by=ANA, known="2026-01-10")
    assert story.known("2026-01-11")[0].entry_grade == 2
    story.review(arrest, by=BETO, known="2026-01-12")
    assert story.known("2026-01-12")[0].entry_grade == 3


def test_an_official_announcement_alone_never_verifies_whatever_the_confirmations():
    story = arrested()
    release = story.tell("release", "2026-01-15", source=OFFICIAL)
    for reviewer in (BETO, CARLA, 4, 5):
        story.review(release, by=reviewer)
    story.attest(release, OFFICIAL_LIST)
    assert story.custody(grade=3) == ["in_custody"]
    assert story.custody(grade=2) == ["in_custody", "out_unspecified"]


def test_a_retraction_brings_the_grade_down_from_then_on_and_not_before():
    story = Story()
    arrest = story.tell("arrest", "2026-01-08", known="2026-01-09")
    story.review(arrest, known="2026-01-10")
    story.review(arrest, known="2026-01-20", verdict=Verdict.RETRACT)
    assert [story.known(t)[0].entry_grade for t in ("2026-01-09", "2026-01-15", "2026-01-20")] == [2, 3, 2]


def test_a_review_after_the_retraction_counts_again():
    story = Story()
    arrest = story.tell("arrest", "2026-01-08", known="2026-01-09")
    for known, verdict in (
        ("2026-01-10", Verdict.CONFIRM),
        ("2026-01-11", Verdict.RETRACT),
        ("2026-01-12", Verdict.CONFIRM),
    ):
        story.review(arrest, known=known, verdict=verdict)
    assert [story.known(f"2026-01-{d}")[0].entry_grade for d in (10, 11, 12)] == [3, 2, 3]


def test_a_live_doubt_disputes_and_a_disputed_exit_moves_nobody():
    story = arrested(known="2026-01-09")
    release = story.tell("release", "2026-01-15", known="2026-01-16")
    story.review(release, known="2026-01-17", verdict=Verdict.DOUBT)
    assert story.custody("2026-01-16") == ["in_custody", "out_unspecified"]
    assert story.custody("2026-01-17") == ["in_custody"]
    story.review(release, known="2026-01-19", verdict=Verdict.RETRACT)
    assert story.custody("2026-01-19") == ["in_custody", "out_unspecified"]


def test_a_disputed_arrest_has_grade_zero():
    story = Story()
    arrest = story.tell("arrest", "2026-01-08")
    story.review(arrest, verdict=Verdict.DOUBT)
    assert story.known()[0].entry_grade == 0


def test_two_independent_sources_and_a_review_verify_a_release():
    story = arrested()
    release = story.tell("release", "2026-01-15", source=RELATIVE, known="2026-01-16")
    story.review(release, known="2026-01-17")
    assert story.custody("2026-01-17", grade=3) == ["in_custody"]
    story.attest(release, PRESS, known="2026-01-19")
    assert story.custody("2026-01-20", grade=3) == ["in_custody", "out_unspecified"]


def test_sources_of_one_group_count_once():
    story = arrested()
    mother, aunt = (
        Source(31, SourceKind.RELATIVE, group="familia"),
        Source(32, SourceKind.PRESS, group="familia"),
    )
    release = story.tell("release", "2026-01-15", source=mother)
    story.attest(release, aunt)
    story.review(release)
    assert story.custody(grade=3) == ["in_custody"]


def test_another_fact_that_agrees_lends_its_source():
    story = arrested()
    release = story.tell("release", "2026-01-15", source=RELATIVE, release="full")
    story.review(release)
    assert story.custody(grade=3) == ["in_custody"]
    story.tell("release", "2026-01", source=PRESS, release="full", known="2026-01-21")
    assert story.custody(grade=3) == ["in_custody", "free"]


def test_a_fact_with_another_outcome_lends_nothing():
    story = arrested()
    release = story.tell("release", "2026-01-15", source=RELATIVE, release="full")
    story.review(release)
    story.tell("release", "2026-01", source=PRESS, release="exile", known="2026-01-21")
    assert story.custody(grade=3) == ["in_custody"]


def test_a_review_of_a_whole_import_counts_for_each_of_its_facts_but_those_the_reviewer_recorded():
    story = Story()
    story.tell("arrest", "2026-01-08", source=RELATIVE, batch=7, by=ANA)
    story.tell("arrest", "2026-01-08", source=RELATIVE, batch=7, by=BETO, detention=2)
    story.review(None, by=BETO, batch=7)
    assert story.known(detention=1)[0].entry_grade == 3
    assert story.known(detention=2)[0].entry_grade == 1


def test_declared_and_witnessed_known_times_are_two_sets_where_they_differ():
    story = Story()
    story.tell("arrest", "2025-03-01", declared="2025-03-05", known="2026-01-20")
    story.tell("arrest", "2025-03-01", detention=2, known="2026-01-21")
    rows = story.rows()
    assert [(row.detention, row.basis) for row in rows] == [
        (1, BASIS_DECLARED),
        (1, BASIS_WITNESSED),
        (2, BASIS_BOTH),
    ]
    assert rows[0].known_from == micros(moment("2025-03-05"))
    assert rows[1].known_from == micros(moment("2026-01-20"))


def test_a_fact_withdrawn_when_it_was_witnessed_was_known_by_declaration_alone():
    story = Story()
    arrest = story.tell("arrest", "2025-03-01", declared="2025-03-05", known="2026-01-20")
    story.tell("withdrawal", known="2026-01-20", instead_of=arrest)
    assert [row.basis for row in story.rows()] == [BASIS_DECLARED]


def test_a_reviewers_latest_word_counts_whether_on_the_fact_or_on_its_import():
    story = Story()
    arrest = story.tell("arrest", "2026-01-08", known="2026-01-09", batch=7)
    story.review(None, known="2026-01-10", batch=7)
    story.review(arrest, known="2026-01-12", verdict=Verdict.RETRACT)
    story.review(None, known="2026-01-15", batch=7)
    assert [story.known(f"2026-01-{d}")[0].entry_grade for d in (10, 12, 15)] == [3, 2, 3]


def test_a_doubted_fact_lends_nothing_to_one_that_agrees():
    story = arrested()
    release = story.tell("release", "2026-01-15", source=RELATIVE, release="full")
    story.review(release)
    other = story.tell("release", "2026-01-15", source=PRESS, release="full")
    story.attest(other, OFFICIAL, verdict=Verdict.DOUBT)
    assert story.custody(grade=3) == ["in_custody"]


def test_somebody_merged_is_counted_as_the_other_from_when_that_was_judged():
    story = Story(person=9)
    story.tell("arrest", "2026-01-08", known="2026-01-09")
    story.counted_as = {micros(moment("2026-01-15")): 4, micros(moment("2026-01-25")): 9}
    assert [(row.person, row.known_from) for row in story.rows()] == [
        (9, micros(moment("2026-01-09"))),
        (4, micros(moment("2026-01-15"))),
        (9, micros(moment("2026-01-25"))),
    ]


def test_recognition_holds_for_the_whole_detention_once_known_and_the_latest_decision_counts():
    story = arrested(known="2026-01-09")
    story.tell(
        "recognition", "2026-01-12", known="2026-01-12", framework="foro_penal", outcome="under_review"
    )
    story.tell("recognition", "2026-01-15", known="2026-01-15", framework="foro_penal", outcome="recognised")
    story.tell(
        "recognition", "2026-01-15", known="2026-01-16", framework="pace_1900", outcome="not_recognised"
    )
    assert story.on("2026-01-08", known="2026-01-10").recognition == ""
    assert story.on("2026-01-08", known="2026-01-12").recognition == "foro_penal:under_review"
    assert (
        story.on("2026-01-08", known="2026-01-16").recognition
        == "foro_penal:recognised pace_1900:not_recognised"
    )


def test_rows_come_in_their_order():
    story = arrested(known="2026-01-09")
    release = story.tell("release", "2026-01-15", source=VOLUNTEER, known="2026-01-16")
    story.review(release, known="2026-01-18")
    story.tell("arrest", "2026-02-08", detention=2, known="2026-02-09", source=LAWYER)
    keys = [(r.detention, r.basis, r.known_from, r.grade_low, r.spell, r.seg_from) for r in story.rows()]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def test_a_detention_of_which_nothing_says_when_has_no_row():
    story = Story()
    story.tell("recognition", "2026-01-12", framework="foro_penal", outcome="recognised")
    assert story.rows() == []
