"""What is said of the person, and who is a minor."""

from __future__ import annotations

import pytest

from constancia.domain.timeline.ages import adult_from, birthday, born_given_ages
from constancia.domain.timeline.state import AGE_UNKNOWN
from constancia.domain.vocabulary.terms import Verdict

from .story import LAWYER, PRESS, Story, day


def arrested(on: str = "2026-01-08", detention: int = 1) -> Story:
    story = Story()
    story.tell("arrest", on, detention=detention)
    return story


def test_attributes_stand_in_every_row_of_every_detention():
    story = arrested()
    story.tell("arrest", "2026-01-15", detention=2)
    story.tell("sex", detention=None, value="woman")
    story.tell("profile", detention=None, value="military")
    story.tell("nationality", detention=None, value="dual")
    story.tell("occupation", detention=None, group="prensa")
    story.tell("group", detention=None, value="ill")
    story.tell("group", detention=None, value="adolescent")
    assert {(r.sex, r.profile, r.nationality, r.occupation, r.groups) for r in story.rows()} == {
        ("woman", "military", "dual", "prensa", "adolescent ill")
    }


def test_of_two_attributes_the_better_founded_counts_and_a_disputed_one_is_not_known():
    story = arrested()
    lawyers = story.tell("sex", detention=None, value="woman", source=LAWYER)
    story.tell("sex", detention=None, value="man", source=PRESS, known="2026-01-21")
    assert story.known()[0].sex == "woman"
    story.review(lawyers, known="2026-01-22", verdict=Verdict.DOUBT)
    assert story.known()[0].sex == "man"


def test_a_minor_is_an_adult_from_the_eighteenth_birthday():
    story = arrested()
    story.tell("birth", detention=None, born="2008-03-15")
    assert story.known()[0].adult_from == day("2026-03-15")


def test_somebody_of_eighteen_or_more_is_an_adult_throughout():
    story = arrested()
    story.tell("birth", detention=None, born="2008-01-08")
    assert story.known()[0].adult_from == 0


def test_nothing_known_of_age_is_said_so():
    assert arrested().known()[0].adult_from == AGE_UNKNOWN


def test_an_age_is_that_of_the_day_of_the_arrest_where_it_has_no_date():
    story = arrested()
    story.tell("age", detention=None, years=17)
    assert story.known()[0].adult_from == birthday(born_given_ages(day("2026-01-08"), 17, 17), 18)
    assert day("2026-01-08") < story.known()[0].adult_from <= day("2027-01-08")


def test_an_age_with_a_date_is_that_of_its_date():
    story = arrested()
    story.tell("age", "2020-01-08", detention=None, years=15)
    assert story.known()[0].adult_from == 0


def test_an_age_learned_at_a_re_arrest_is_that_of_the_re_arrest():
    story = arrested("2020-01-08")
    story.tell("arrest", "2026-01-08", detention=2)
    story.tell("age", detention=None, years=20)
    assert story.known(detention=1)[0].adult_from > day("2020-01-08")
    assert story.known(detention=2)[0].adult_from == 0


def test_an_adolescent_of_unknown_age_is_a_minor_when_detained():
    story = arrested()
    story.tell("group", detention=None, value="adolescent")
    assert story.known()[0].adult_from > day("2026-01-08")


@pytest.mark.parametrize("years", range(0, 101))
def test_an_age_given_never_makes_somebody_another_age_on_that_day(years: int):
    for on in ("2024-02-29", "2026-01-01", "2026-12-31", "2023-03-01"):
        born = born_given_ages(day(on), years, years)
        assert birthday(born, years) <= day(on) < birthday(born, years + 1)


def test_those_born_on_29_february_come_of_age_on_1_march():
    assert birthday(day("2008-02-29"), 18) == day("2026-03-01")


def test_adult_from_needs_no_more_than_one_kind_of_knowledge():
    assert adult_from((), (), "", day("2026-01-08")) == AGE_UNKNOWN
