"""Who finds what."""

from __future__ import annotations

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register import queries, services
from constancia.apps.register.queries import Filters
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.domain.vocabulary.terms import SourceKind
from tests.support.cast import NewCase, on

pytestmark = pytest.mark.django_db


def _found(user: User, text: str = "", **filters: str) -> set[str]:
    return {line.name for line in queries.search(user, text, Filters(**filters)).lines}  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Peña", "pena", "PEÑA", "pen", "yusmary pena", "peña, yusmary"])
def test_search_is_blind_to_accents_case_and_order(desk: User, case: NewCase, text: str) -> None:
    case(desk, "Yusmary Peña")
    case(desk, "Wilmer Colmenares")
    assert _found(desk, text) == {"Yusmary Peña"}


@pytest.mark.parametrize(
    "text", ['NEAR( " * ^', "' OR 1=1", "names : x", "a AND b", "*", '"', "-", "{}", "col:"]
)
def test_operators_of_the_search_engine_mean_nothing(desk: User, case: NewCase, text: str) -> None:
    case(desk, "Yusmary Peña")
    assert _found(desk, text) <= {"Yusmary Peña"}


@pytest.mark.parametrize("text", ["V-12.345.678", "12345678", "v12345678", "12.345.678"])
def test_a_document_number_is_found_however_it_is_written(desk: User, case: NewCase, text: str) -> None:
    case(desk, "Yusmary Peña", more=(FactGiven("identity_document", {"number": "V-12.345.678"}),))
    case(desk, "Wilmer Colmenares", more=(FactGiven("identity_document", {"number": "87654321"}),))
    assert _found(desk, text) == {"Yusmary Peña"}


def test_a_case_is_found_by_its_code_and_by_its_place(desk: User, case: NewCase) -> None:
    person = case(desk, "Yusmary Peña", held_at="Tocorón")
    assert _found(desk, person.code.lower()) == {"Yusmary Peña"}
    assert _found(desk, "tocoron") == {"Yusmary Peña"}


def test_a_coordinator_finds_the_cases_of_the_region_only(
    desk: User, lara: User, zulia: User, case: NewCase
) -> None:
    case(desk, "Yusmary Peña", state="lara")
    assert _found(lara, "pena") == {"Yusmary Peña"}
    assert _found(lara) == {"Yusmary Peña"}
    assert _found(zulia, "pena") == set()
    assert queries.search(zulia).total == 0


def test_a_lawyer_finds_assigned_cases_until_they_are_taken_back(
    desk: User, lawyer: User, case: NewCase
) -> None:
    person = case(desk, "Yusmary Peña")
    assert _found(lawyer, "pena") == set()
    services.assign(desk, person.code, lawyer, active=True)
    assert _found(lawyer, "pena") == {"Yusmary Peña"}
    services.assign(desk, person.code, lawyer, active=False)
    assert _found(lawyer, "pena") == set()


def test_a_volunteer_finds_nothing(desk: User, volunteer: User, case: NewCase) -> None:
    case(desk, "Yusmary Peña")
    assert _found(volunteer, "pena") == set()
    assert _found(volunteer) == set()


def test_filters_narrow_words(desk: User, case: NewCase) -> None:
    case(desk, "Yusmary Peña", state="lara")
    case(desk, "Yorgelis Peña", state="zulia")
    assert _found(desk, "pena", state="zulia") == {"Yorgelis Peña"}
    assert _found(desk, state="lara") == {"Yusmary Peña"}


def test_pages_follow_one_another_without_gap_or_repetition(desk: User, case: NewCase) -> None:
    for number in range(7):
        case(desk, f"Persona Inventada {number}")
    seen = [
        line.code for page in (1, 2, 3) for line in queries.search(desk, "inventada", page=page, size=3).lines
    ]
    assert len(seen) == len(set(seen)) == 7


def test_the_review_queue_shows_what_others_recorded_as_reviewable(
    desk: User, second: User, case: NewCase
) -> None:
    case(desk, "Yusmary Peña")
    lines, more = queries.review_queue(second)
    assert [(line.kind, line.own) for line in lines] == [("arrest", False)]
    assert not more
    assert queries.review_queue(desk)[0][0].own


def test_a_release_order_without_exit_is_due(desk: User, case: NewCase) -> None:
    person = case(desk, "Yusmary Peña")
    services.add_facts(
        desk,
        person.code,
        detention=person.detentions.get().pk,
        facts=[FactGiven("release_order", {}, on("2026-02-01"))],
        source=SourceGiven(SourceKind.COURT_DOCUMENT),
    )
    assert [(day.isoformat(), line.name) for day, line in queries.due(desk)] == [
        ("2026-02-01", "Yusmary Peña")
    ]


@pytest.mark.parametrize("written", ["LARA", "Edo. Lara", " lara "])
def test_a_state_is_the_same_region_however_it_was_written(
    desk: User, lara: User, case: NewCase, written: str
) -> None:
    case(desk, "Yusmary Peña", state=written)
    assert _found(lara, "pena") == {"Yusmary Peña"}
    assert _found(desk, state="lara") == {"Yusmary Peña"}
