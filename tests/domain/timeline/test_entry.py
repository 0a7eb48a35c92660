"""How a detention began."""

from __future__ import annotations

import pytest

from constancia.domain.timeline.state import OPEN_PAST
from constancia.domain.vocabulary.terms import Verdict

from .story import LAWYER, OFFICIAL, PRESS, RELATIVE, Story, day


def entry(story: Story) -> tuple[str, int, int, int]:
    row = story.known()[0]
    return row.entry_kind, row.entry_earliest, row.entry_latest, row.entry_day


def test_an_arrest_says_more_of_the_beginning_than_a_disappearance():
    story = Story()
    story.tell("disappearance", "2026-01-05")
    story.tell("arrest", "2026-01-08", source=PRESS)
    assert entry(story)[0] == "arrest"
    assert entry(story)[3] == day("2026-01-08")


def test_a_disputed_arrest_yields_to_an_undisputed_disappearance():
    story = Story()
    arrest = story.tell("arrest", "2026-01-08")
    story.tell("disappearance", "2026-01-05")
    story.review(arrest, verdict=Verdict.DOUBT)
    assert entry(story)[0] == "disappearance"


@pytest.mark.parametrize("kind", ["disappearance", "seen_held", "transfer"])
def test_an_unverified_arrest_takes_nobody_out_of_a_verified_count(kind: str):
    story = Story()
    story.review(story.tell(kind, "2026-01-20"))
    assert (story.known()[0].entry_kind, story.known()[0].entry_grade) == (kind, 3)
    arrest = story.tell("arrest", "2026-01-08", source=PRESS)
    assert (story.known()[0].entry_kind, story.known()[0].entry_grade) == (kind, 3)
    story.attest(arrest, LAWYER)
    story.review(arrest)
    assert (entry(story)[0], story.known()[0].entry_grade) == ("arrest", 3)


@pytest.mark.parametrize("kind", ["seen_held", "whereabouts_confirmed", "transfer"])
def test_somebody_only_seen_held_was_detained_on_or_before(kind: str):
    story = Story()
    story.tell(kind, "2026-01-08/2026-01-10", place="Comando de prueba")
    assert entry(story) == (kind, OPEN_PAST, day("2026-01-10"), day("2026-01-10"))
    assert story.known()[0].place == "Comando de prueba"


def test_the_first_of_several_sightings_is_the_beginning():
    story = Story()
    story.tell("seen_held", "2026-02-08")
    story.tell("transfer", "2026-01-08", place="Penal de prueba")
    assert entry(story) == ("transfer", OPEN_PAST, day("2026-01-08"), day("2026-01-08"))


def test_a_release_alone_implies_that_the_person_was_held_before():
    story = Story()
    story.tell("release", "2026-01-15", release="full")
    assert entry(story) == ("implied", OPEN_PAST, day("2026-01-15"), day("2026-01-15"))
    assert story.custody() == ["in_custody", "free"]
    assert story.on("2026-01-15").custody == "free"


def test_a_step_of_the_case_alone_implies_that_the_person_was_held():
    story = Story()
    story.tell("hearing", "2026-01-15")
    assert entry(story)[0] == "implied"


def test_an_unknown_date_means_on_or_before_the_day_it_was_known_in_the_zone_of_the_organisation():
    story = Story()
    story.tell("arrest", "", known="2026-01-20T02:00")  # still the 19th in Caracas
    assert entry(story) == ("arrest", OPEN_PAST, day("2026-01-19"), day("2026-01-19"))


def test_what_is_only_known_to_be_after_a_day_had_happened_when_it_was_known():
    story = Story()
    story.tell("arrest", "2026-01-08/..", known="2026-01-20")
    assert entry(story) == ("arrest", day("2026-01-08"), day("2026-01-20"), day("2026-01-08"))


def test_of_two_arrests_the_higher_grade_counts_then_the_more_precise_then_the_later_known():
    story = Story()
    story.tell("arrest", "2026-01-03", source=OFFICIAL)
    story.tell("arrest", "2026-01-08", source=LAWYER)
    assert entry(story)[3] == day("2026-01-08")

    story = Story()
    story.tell("arrest", "2026-01-08", source=RELATIVE)
    story.tell("arrest", "2026-02", source=PRESS)
    assert entry(story)[3] == day("2026-01-08")

    story = Story()
    story.tell("arrest", "2026-01-08", source=RELATIVE, known="2026-01-20")
    story.tell("arrest", "2026-01-09", source=RELATIVE, known="2026-01-21")
    assert entry(story)[3] == day("2026-01-09")


def test_what_the_better_fact_leaves_unsaid_the_others_say():
    story = Story()
    story.tell("arrest", "2026-01-08", state="lara")
    story.tell(
        "arrest",
        "2026-01",
        source=RELATIVE,
        state="zulia",
        authority="Cuerpo de prueba",
        context="protesta",
    )
    row = story.known()[0]
    assert (row.state, row.authority, row.context) == ("lara", "Cuerpo de prueba", "protesta")
