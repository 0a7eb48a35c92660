"""Place, case, measures and whereabouts through a detention."""

from __future__ import annotations

from constancia.domain.timeline.state import OPEN_FUTURE, OPEN_PAST
from constancia.domain.vocabulary.terms import Verdict

from .story import PRESS, Story, day

KNOWN = "2026-06-01"


def arrested(**more: str) -> Story:
    story = Story()
    story.tell("arrest", "2026-01-08", known=KNOWN, **more)  # type: ignore[arg-type]
    return story


def test_transfers_cut_the_spell_and_the_segments_cover_all_days_once():
    story = arrested(held_at="Comando A", state="lara")
    story.tell("transfer", "2026-02-01", known=KNOWN, place="Penal B", state="miranda")
    story.tell("transfer", "2026-03-01", known=KNOWN, place="Penal C")
    rows = story.known()
    assert [(row.place, row.state) for row in rows] == [
        ("Comando A", "lara"), ("Penal B", "miranda"), ("Penal C", "miranda"),
    ]  # fmt: skip
    assert [row.seg_from for row in rows] == [OPEN_PAST, day("2026-02-01"), day("2026-03-01")]
    assert [row.seg_to for row in rows] == [day("2026-02-01"), day("2026-03-01"), OPEN_FUTURE]
    assert len({row.spell for row in rows}) == 1


def test_what_changed_before_a_spell_does_not_cut_it():
    story = arrested(held_at="Comando A")
    story.tell("transfer", "2026-02-01", known=KNOWN, place="Penal B")
    story.tell("release", "2026-03-01", known=KNOWN, release="under_measures")
    assert [(row.custody, row.place) for row in story.known()] == [
        ("in_custody", "Comando A"), ("in_custody", "Penal B"), ("out_under_measures", "Penal B"),
    ]  # fmt: skip


def test_transfers_without_dates_follow_their_steps():
    story = arrested(held_at="Comando A")
    story.tell("transfer", "", known=KNOWN, place="Penal C", step=2)
    story.tell("transfer", "", known=KNOWN, place="Penal B", step=1)
    story.tell("transfer", "2026-03-01", known=KNOWN, place="Penal D", step=3)
    story.tell("transfer", "", known=KNOWN, place="Penal E", step=4)
    assert story.on("2026-02-01").place == "Penal C"
    assert story.on("2026-03-01").place == "Penal E"


def test_a_disputed_transfer_moves_nobody():
    story = arrested(held_at="Comando A")
    transfer = story.tell("transfer", "2026-02-01", known=KNOWN, place="Penal B")
    story.review(transfer, known=KNOWN, verdict=Verdict.DOUBT)
    assert {row.place for row in story.known()} == {"Comando A"}


def test_of_two_places_on_one_day_the_better_founded_counts():
    story = arrested()
    story.tell("seen_held", "2026-02-01", known=KNOWN, place="Penal B")
    story.tell("seen_held", "2026-02-01", known=KNOWN, place="Penal C", source=PRESS)
    assert story.on("2026-02-02").place == "Penal B"


def test_whereabouts_are_unknown_from_a_disappearance_until_somebody_finds_the_person():
    story = Story()
    story.tell("disappearance", "2026-01-08", known="2026-01-09")
    story.tell("whereabouts_confirmed", "2026-01-20", known="2026-01-21", place="Penal B")
    assert story.on("2026-01-19").whereabouts == "unknown"
    assert story.on("2026-01-20").whereabouts == "known"
    assert story.on("2026-01-20", known="2026-01-20").whereabouts == "unknown"


def test_a_disappearance_during_an_arrest_hides_the_person_again():
    story = arrested(held_at="Comando A")
    story.tell("disappearance", "2026-02-01", known=KNOWN)
    assert story.on("2026-01-31").whereabouts == "known"
    assert story.on("2026-02-01").whereabouts == "unknown"


def test_an_arrest_of_which_no_place_was_told_leaves_whereabouts_not_known_rather_than_unknown():
    assert arrested().on("2026-01-09").whereabouts == ""
    assert arrested(held_at="Comando A").on("2026-01-09").whereabouts == "known"


def test_the_case_moves_with_its_facts():
    story = arrested()
    story.tell("hearing", "2026-01-10", known=KNOWN)
    story.tell("charge", "2026-02-01", known=KNOWN)
    story.tell("hearing", "2026-03-01", known=KNOWN, trial=True)
    story.tell("sentence", "2026-04-01", known=KNOWN, years=5)
    story.tell("case_closed", "2026-05-01", known=KNOWN, closure="pardon")
    days = ["2026-01-09", "2026-01-10", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"]
    assert [story.on(d).case_state for d in days] == [
        "", "investigated", "charged", "on_trial", "convicted", "pardoned",
    ]  # fmt: skip


def test_measures_are_in_force_from_imposed_to_lifted_and_none_bind_the_free():
    story = arrested()
    story.tell("release", "2026-02-01", known=KNOWN, release="under_measures")
    story.tell("measure_imposed", "2026-02-01", known=KNOWN, measure="periodic_appearance")
    story.tell("measure_imposed", "2026-02-01", known=KNOWN, measure="travel_ban")
    story.tell("measure_lifted", "2026-03-01", known=KNOWN, measure="travel_ban")
    story.tell("case_closed", "2026-04-01", known=KNOWN, closure="amnesty")
    days = ["2026-01-31", "2026-02-01", "2026-03-01", "2026-04-01"]
    assert [story.on(d).measures for d in days] == [
        "", "periodic_appearance travel_ban", "periodic_appearance", "",
    ]  # fmt: skip


def test_an_imprecise_step_of_the_case_does_not_undo_a_later_one():
    story = Story()
    story.tell("arrest", "2026-01-08")
    story.tell("charge", "2026", known="2026-03-01")
    story.tell("sentence", "2026", known="2026-03-01")
    story.tell("release", "2026-02-20", known="2026-03-01", release="unspecified")
    assert story.on("2026-08-01").case_state == "convicted"
    story.tell("case_closed", "2026-02-25", known="2026-03-01", closure="amnesty")
    assert story.on("2026-02-24").case_state == ""
    assert story.on("2026-02-25").case_state == "amnestied"
    assert story.on("2026-08-01").case_state == "amnestied"


def test_a_sentence_certainly_after_the_closing_reopens_the_case():
    story = Story()
    story.tell("arrest", "2026-01-08")
    story.tell("case_closed", "2026-02-25", known="2026-06-01", closure="dismissal")
    story.tell("sentence", "2026-05", known="2026-06-01")
    assert story.on("2026-06-01").case_state == "convicted"
