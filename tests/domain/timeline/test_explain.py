"""What the case page shows: where somebody stands, which facts count, and why the others do not."""

from __future__ import annotations

import inspect
import re
from datetime import date

from constancia.domain.grading import in_words
from constancia.domain.timeline import anomalies
from constancia.domain.timeline.anomalies import Anomaly
from constancia.domain.timeline.explain import CaseView, FactView, case_view
from constancia.domain.timeline.standing import Status
from constancia.domain.timeline.words import anomaly_words, standing_words
from constancia.domain.vocabulary.terms import Grade, Verdict

from .story import CARACAS, CARLA, LAWYER, OFFICIAL, POLICY, PRESS, RELATIVE, Story, moment


def view(story: Story, as_of: str = "2026-12-31", known: str = "2026-12-31") -> CaseView:
    return case_view(
        story.history, POLICY, as_of=date.fromisoformat(as_of), known_at=moment(known), zone=CARACAS
    )


def shown(case: CaseView, seq: int) -> FactView:
    return next(fact for fact in case.all_facts() if fact.fact.seq == seq)


def arrested(on: str = "2026-01-08", **more: object) -> Story:
    story = Story()
    story.tell("arrest", on, **more)  # type: ignore[arg-type]
    return story


def test_a_case_shows_custody_case_and_measures_on_a_day_by_reported_and_by_confirmed_exits():
    story = arrested(held_at="Comando A", state="lara")
    story.tell("release", "2026-01-15", release="under_measures")
    story.tell("measure_imposed", "2026-01-15", measure="travel_ban")
    story.tell("charge", "2026-01-12")
    (detention,) = view(story, "2026-01-16").detentions
    assert (detention.now.custody, detention.confirmed.custody) == ("out_under_measures", "in_custody")
    assert (detention.now.case_state, detention.now.measures) == ("charged", ("travel_ban",))
    assert view(story, "2026-01-07").detentions[0].now.custody == ""
    assert view(story, "2026-01-09").detentions[0].now.place == "Comando A"


def test_a_case_as_known_before_something_was_known_does_not_show_it():
    story = arrested(known="2026-01-09")
    release = story.tell("release", "2026-01-15", known="2026-01-16")
    case = view(story, "2026-01-16", known="2026-01-15")
    assert case.detentions[0].now.custody == "in_custody"
    assert all(fact.fact.seq != release for fact in case.all_facts())


def test_a_grade_comes_with_its_reasons_in_words():
    story = arrested()
    release = story.tell("release", "2026-01-15", source=LAWYER)
    story.review(release)
    graded = shown(view(story), release).graded
    assert graded.grade is Grade.VERIFIED
    assert in_words(graded) == "verificado: visto por nuestro abogado y confirmado por una segunda persona"
    assert in_words(graded, "en") == "verified: seen by our own lawyer and confirmed by a second person"


def test_conflicting_facts_stand_side_by_side_with_the_reason():
    story = arrested()
    good = story.tell("release", "2026-01-15", release="full", source=LAWYER)
    poor = story.tell("release", "2026-01-18", release="exile", source=OFFICIAL)
    case = view(story)
    assert shown(case, good).standing.status is Status.COUNTS
    standing = shown(case, poor).standing
    assert (standing.status, standing.against) == (Status.CONFLICTS, good)
    assert standing.why == ("lower_grade", "not_possible")
    assert "mayor grado" in standing_words(standing)
    assert "higher grade" in standing_words(standing, "en")


def test_of_two_arrests_the_case_says_by_what_one_yields():
    for second_on, second_known, why in (
        ("2026-02", "2026-01-21", "less_precise"),
        ("2026-01-09", "2026-01-19", "known_earlier"),
    ):
        story = arrested("2026-01-08", source=RELATIVE, known="2026-01-20")
        other = story.tell("arrest", second_on, source=PRESS, known=second_known)
        standing = shown(view(story), other).standing
        assert (standing.status, standing.why) == (Status.CONFLICTS, (why,))


def test_an_unverified_arrest_waits_behind_a_verified_sighting_and_contradicts_nothing():
    story = Story()
    seen = story.tell("seen_held", "2026-01-20", place="Comando A")
    story.review(seen)
    arrest = story.tell("arrest", "2026-01-08", source=PRESS, context="protestas", state="lara")
    case = view(story)
    assert shown(case, arrest).standing.status is Status.WAITS
    assert shown(case, arrest).standing.against == seen
    assert shown(case, seen).standing.status is Status.COUNTS
    assert case.anomalies == ()
    row = story.known()[-1]
    assert (row.context, row.state, row.place) == ("protestas", "lara", "Comando A")


def test_of_two_closings_the_case_says_which_frees():
    story = arrested()
    story.tell("release", "2026-01-15", known="2026-03-10", release="under_measures")
    early = story.tell("case_closed", "2026-02-01", known="2026-03-10", closure="dismissal", source=PRESS)
    late = story.tell("case_closed", "2026-02-20", known="2026-03-10", closure="amnesty")
    standing = shown(view(story), early).standing
    assert (standing.status, standing.against) == (Status.CONFLICTS, late)


def test_a_fact_that_says_the_same_agrees():
    story = arrested()
    release = story.tell("release", "2026-01-15", release="full")
    other = story.tell("release", "2026-01", release="full", source=PRESS)
    standing = shown(view(story), other).standing
    assert (standing.status, standing.against) == (Status.AGREES, release)


def test_corrected_and_withdrawn_facts_stay_visible():
    story = Story()
    wrong = story.tell("arrest", "2026-01-18", known="2026-01-19")
    right = story.tell("arrest", "2026-01-08", known="2026-01-20", instead_of=wrong)
    note = story.tell("narrative", text="Un relato inventado", known="2026-01-20")
    gone = story.tell("withdrawal", instead_of=note, known="2026-01-21")
    case = view(story)
    assert (shown(case, wrong).standing.status, shown(case, wrong).standing.against) == (
        Status.SUPERSEDED,
        right,
    )
    assert (shown(case, note).standing.status, shown(case, note).standing.against) == (Status.WITHDRAWN, gone)
    assert shown(view(story, known="2026-01-19"), wrong).standing.status is Status.COUNTS


def test_a_disputed_fact_counts_nowhere_and_says_who_many_doubt_it():
    story = arrested()
    release = story.tell("release", "2026-01-15")
    story.review(release, verdict=Verdict.DOUBT)
    story.review(release, by=CARLA, verdict=Verdict.DOUBT)
    case = view(story)
    assert shown(case, release).standing.status is Status.DISPUTED
    assert in_words(shown(case, release).graded) == "en disputa: 2 personas lo ponen en duda"
    assert case.detentions[0].now.custody == "in_custody"


def test_a_source_that_takes_back_its_word_leaves_the_fact_disputed():
    story = arrested()
    release = story.tell("release", "2026-01-15", source=RELATIVE)
    story.attest(release, RELATIVE, verdict=Verdict.RETRACT)
    assert in_words(shown(view(story), release).graded) == "en disputa: su fuente se retractó"


def test_a_later_decision_replaces_the_earlier():
    story = arrested()
    first = story.tell(
        "recognition", "2026-01-12", known="2026-01-12", framework="pace_1900", outcome="under_review"
    )
    second = story.tell(
        "recognition", "2026-01-15", known="2026-01-15", framework="pace_1900", outcome="recognised"
    )
    case = view(story)
    assert shown(case, first).standing.status is Status.REPLACED
    assert shown(case, second).standing.status is Status.COUNTS


def test_a_detention_of_which_nothing_says_when_is_still_shown():
    story = Story()
    fact = story.tell("narrative", text="Un relato inventado")
    case = view(story)
    assert [(d.detention, d.entry_kind, d.now.custody) for d in case.detentions] == [(1, "", "")]
    assert shown(case, fact).standing.status is Status.NOTED


def codes(story: Story, as_of: str = "2026-12-31") -> list[str]:
    return [anomaly.code for anomaly in view(story, as_of).anomalies]


def test_a_plain_case_has_nothing_to_look_at():
    story = arrested()
    story.tell("release", "2026-01-15")
    assert codes(story) == []


def test_row_34_two_open_detentions_at_once_are_flagged():
    story = arrested()
    story.tell("arrest", "2026-01-15", detention=2)
    assert codes(story) == ["two_open_detentions"]


def test_a_detention_that_begins_inside_another_is_flagged():
    story = arrested()
    story.tell("arrest", "2026-01-12", detention=2)
    story.tell("release", "2026-01-15", detention=1)
    assert codes(story) == ["overlapping_detentions"]


def test_a_re_arrest_within_48_hours_is_noted_and_a_later_one_is_not():
    for again, found in (("2026-01-17", ["rearrest_within_48h"]), ("2026-01-18", [])):
        story = arrested()
        story.tell("release", "2026-01-15")
        story.tell("arrest", again, detention=2)
        assert codes(story) == found


def test_an_order_without_exit_is_flagged_until_the_exit():
    story = arrested()
    story.tell("release_order", "2026-01-12", release="under_measures")
    assert codes(story) == ["order_without_exit"]
    story.tell("release", "2026-01-15", release="under_measures")
    assert codes(story) == []


def test_an_exit_certainly_before_the_entry_is_flagged():
    story = arrested()
    story.tell("release", "2026-01-05")
    assert codes(story) == ["exit_before_entry"]


def test_somebody_seen_held_after_the_exit_is_flagged():
    story = arrested()
    story.tell("release", "2026-01-15")
    story.tell("seen_held", "2026-01-15", place="Penal B")
    assert codes(story) == []
    story.tell("seen_held", "2026-01-16", place="Penal B")
    assert codes(story) == ["seen_held_after_exit"]


def test_contradicting_exits_and_entries_are_flagged_and_agreeing_ones_are_not():
    story = arrested()
    story.tell("arrest", "2026-01", source=PRESS)
    story.tell("release", "2026-01-15", release="full")
    story.tell("release", "2026-01", release="full", source=PRESS)
    assert codes(story) == []
    story.tell("arrest", "2026-01-02", source=PRESS)
    story.tell("release", "2026-01-18", release="exile", source=PRESS)
    assert codes(story) == ["conflicting_entries", "conflicting_exits"]


def test_every_anomaly_has_words_in_both_languages():
    story = arrested()
    story.tell("arrest", "2026-01-15", detention=2)
    story.tell("narrative", detention=3, text="Un relato inventado")
    for anomaly in view(story).anomalies:
        assert anomaly_words(anomaly, "es") != anomaly_words(anomaly, "en")
    source = inspect.getsource(anomalies)
    raised = set(re.findall(r'Anomaly\(\s*"(\w+)"', source))
    assert len(raised) == 9
    for code in raised:
        anomaly_words(Anomaly(code, ()))
