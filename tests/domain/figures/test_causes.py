"""The precedence of causes, case by case."""

from __future__ import annotations

import pytest

from constancia.domain.figures.causes import Arrival, Departure, cause_of_arrival, cause_of_departure

ARRIVAL = {
    "swapped": False,
    "counted_after_opening": False,
    "detained_before": False,
    "counted_then": True,
    "known": True,
    "graded": True,
    "recognised": True,
}
DEPARTURE = {
    "swapped": False,
    "erased": False,
    "admitted": True,
    "counted_then": True,
    "exit_kind": "",
    "left_after_opening": True,
}


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ({"swapped": True, "counted_after_opening": True}, ("merged_or_split", "")),
        ({"counted_after_opening": True, "detained_before": True, "graded": False}, ("re_arrested", "")),
        ({"counted_after_opening": True, "known": False, "graded": False}, ("arrested", "")),
        ({"counted_then": False}, ("moved_in", "")),
        ({"known": False, "graded": False, "recognised": False}, ("learned_late", "first_known")),
        ({"graded": False, "recognised": False}, ("learned_late", "confirmed")),
        ({"recognised": False}, ("recognised_late", "")),
        ({}, ("corrected_in", "")),
    ],
)
def test_who_came_in_has_the_first_cause_that_holds(given, cause):
    assert cause_of_arrival(Arrival(**{**ARRIVAL, **given})) == cause


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ({"swapped": True, "exit_kind": "release.full"}, ("merged_or_split", "")),
        ({"exit_kind": "release.full"}, ("released", "full")),
        ({"exit_kind": "release.house_arrest"}, ("released", "house_arrest")),
        ({"exit_kind": "death"}, ("died", "")),
        ({"exit_kind": "escape"}, ("escaped", "")),
        ({"exit_kind": "closed.amnesty"}, ("moved_out", "amnesty")),
        ({"exit_kind": ""}, ("moved_out", "changed")),
        ({"exit_kind": "release.full", "left_after_opening": False}, ("released_earlier", "full")),
        ({"exit_kind": "death", "left_after_opening": False}, ("released_earlier", "death")),
        ({"exit_kind": "", "counted_then": False}, ("corrected_out", "")),
        ({"admitted": False, "exit_kind": "release.full"}, ("corrected_out", "")),
        ({"admitted": False, "erased": True}, ("erased", "")),
    ],
)
def test_who_went_has_the_first_cause_that_holds(given, cause):
    assert cause_of_departure(Departure(**{**DEPARTURE, **given})) == cause
