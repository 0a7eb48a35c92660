"""Everybody's figures beside ours, and the bridge between two of them."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import comparing, ladder, services
from constancia.apps.figures import queries as figures
from constancia.domain.claims.claim import Claim, Period
from constancia.domain.claims.comparable import Question
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.terms import ClaimUnit, Qualifier, Said
from tests.apps.claims.papers import about, held, paper
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 3)


def _says(desk: User, claim: Claim, **more: object) -> int:
    added = services.add_document(desk, paper(**more), again=True, read=False)  # type: ignore[arg-type]
    return services.add_claim(desk, added.document, claim)


def _by(claimant: str, value: int, day: date = DAY) -> Claim:
    return about(held(), claimant=claimant, value=value, as_of=day)


@pytest.fixture
def three_held(desk: User, second: User, case: NewCase) -> None:
    """Three people arrested in January, one of them released on 1 March; nobody recognised."""
    for name, released in (
        ("Una Inventada", None),
        ("Dos Inventado", None),
        ("Tres Inventado", "2026-03-01"),
    ):
        case(desk, name, released=released)


def test_of_each_claimant_the_last_figure_of_the_day_or_before(desk: User) -> None:
    _says(desk, _by("Comité Imaginario", 118, date(2026, 2, 20)))
    last = _says(desk, _by("Comité Imaginario", 120))
    _says(desk, _by("Comité Imaginario", 125, date(2026, 3, 9)))
    _says(desk, _by("Liga Imaginaria", 90, date(2025, 3, 3)))
    found = comparing.compare(desk, Said.HELD, date(2026, 3, 5))
    assert [(claim["number"], claim["value"]) for claim in found["claims"]] == [(last, 120)]


def test_in_a_period_all_that_was_said_once_each(desk: User) -> None:
    first = _says(desk, _by("Comité Imaginario", 118, date(2026, 2, 20)))
    again = _says(desk, _by("Comité Imaginario", 118, date(2026, 2, 20)))
    last = _says(desk, _by("Comité Imaginario", 120))
    found = comparing.compare(desk, Said.HELD, DAY, date(2026, 2, 1))
    assert [(claim["number"], claim["again"]) for claim in found["claims"]] == [(first, [again]), (last, [])]


def test_a_part_is_never_beside_the_whole(desk: User) -> None:
    _says(desk, about(held("20 son mujeres", 20), filters={"sex": "woman"}))
    assert comparing.compare(desk, Said.HELD, DAY)["claims"] == []
    (women,) = comparing.compare(desk, Said.HELD, DAY, traits={"sex": "woman"})["claims"]
    assert women["ours"]["within"] == {"sex": "woman"}


def test_a_claim_of_a_place_is_beside_our_count_of_it_however_it_is_written(
    desk: User, case: NewCase
) -> None:
    case(desk, "Una Inventada", held_at="El Rodeo I (Miranda)")
    case(desk, "Dos Inventado", held_at="Tocorón")
    for name, counted in (("Rodeo 1", 1), ("El Rodeo I", 1), ("Tocorón", 1), ("El Rodeo II", 0)):
        within = {"place": name}
        found = figures.people_behind(desk, "held", DAY, None, "all_detained", "reported", within)
        assert len(found) == counted
    _says(desk, about(_by("Comité Imaginario", 57), filters={"place": "El Rodeo I"}))
    assert comparing.compare(desk, Said.HELD, DAY)["claims"] == []
    assert comparing.over_time(desk, date(2026, 2, 1), DAY)["claimants"] == []
    (claim,) = comparing.compare(desk, Said.HELD, DAY, traits={"place": "El Rodeo I"})["claims"]
    assert claim["ours"]["within"] == {"place": "El Rodeo I"}


def test_a_claim_of_a_state_is_beside_our_count_of_that_state(desk: User, three_held: None) -> None:
    _says(desk, about(_by("Comité Imaginario", 30), filters={"state": "zulia"}))
    assert comparing.compare(desk, Said.HELD, DAY)["claims"] == []
    (claim,) = comparing.compare(desk, Said.HELD, DAY, traits={"state": "zulia"})["claims"]
    assert claim["ours"]["within"] == {"state": "zulia"}
    assert claim["ours"]["value"] == 0


@pytest.mark.parametrize(
    "filters",
    [{"place": "Cárcel de Ninguna Parte"}, {"state": "Zulia, Lara y Mérida"}, {"context": "Otro suceso"}],
)
def test_of_a_place_that_the_register_never_heard_of_we_do_not_say_that_we_count_none(
    desk: User, three_held: None, filters: dict[str, str]
) -> None:
    _says(desk, about(_by("Comité Imaginario", 30), filters=filters))
    (line,) = comparing.lines_confirmed(desk)
    found = comparing.beside(desk, line)
    assert (found["ours"], found["not_comparable"]) == (None, "traits")


def test_people_of_another_country_are_laid_beside_nobody_of_the_register(desk: User) -> None:
    _says(desk, about(_by("Liga Imaginaria", 90), filters={"country": "Nicaragua"}))
    _says(desk, _by("Viasna", 1_200))
    assert comparing.compare(desk, Said.HELD, DAY)["claims"] == []
    assert comparing.over_time(desk, date(2026, 2, 1), DAY)["claimants"] == []
    (line, _) = comparing.lines_confirmed(desk)
    assert comparing.beside(desk, line)["not_comparable"] == "country"


def test_beside_a_claim_stands_our_count_of_its_own_day_under_its_own_rule(
    desk: User, three_held: None
) -> None:
    _says(desk, _by("Foro Penal", 5))
    (claim,) = comparing.compare(desk, Said.HELD, DAY)["claims"]
    assert (claim["rule"], claim["restated"]["rule"]) == ("foro_penal", "foro_penal")
    assert claim["restated"]["as_of"] == DAY.isoformat()
    assert claim["difference"] == 5 - claim["restated"]["value"]
    assert claim["then"]["known_at"] < claim["restated"]["known_at"]


def test_what_we_do_not_count_stands_alone(desk: User) -> None:
    asked = Claim(
        quote="30",
        start=held().start + len("x"),
        value=30,
        qualifier=Qualifier.EXACT,
        unit=ClaimUnit.REQUESTS,
        about=Said.AMNESTY_REQUESTS,
        claimant="Comisión Imaginaria",
        as_of=DAY,
    )
    text = paper().text
    _says(desk, about(asked, start=text.index("30")))
    (claim,) = comparing.compare(desk, Said.AMNESTY_REQUESTS, DAY)["claims"]
    assert (claim["ours"], claim["not_comparable"]) == (None, "said")


def test_a_flow_needs_its_period(desk: User) -> None:
    flow = about(held(), about=Said.RELEASED, claimant="Foro Penal")
    _says(desk, flow)
    _says(desk, about(flow, value=3, period=Period(date(2026, 3, 1), DAY)))
    found = comparing.compare(desk, Said.RELEASED, DAY, date(2026, 2, 1))["claims"]
    assert [claim["not_comparable"] for claim in found] == ["days", None]
    assert (found[1]["ours"]["start"], found[1]["ours"]["as_of"]) == ("2026-03-01", "2026-03-03")


def test_the_bridge_adds_up_from_one_figure_to_the_other(desk: User, three_held: None) -> None:
    first = _says(desk, _by("Foro Penal", 5, date(2026, 2, 25)))
    second = _says(desk, _by("JEP", 9))
    found = comparing.bridge(desk, first, second)
    assert 5 + sum(term["change"] for term in found["terms"]) == 9
    assert [term["term"] for term in found["terms"]] == [
        "unexplained_first",
        "late_first",
        "days",
        "stay",
        "late_second",
        "unexplained_second",
    ]
    rungs = list(ladder.rungs(found))
    assert " ".join(rung["kind"] for rung in rungs) == "claim term ours term term ours term claim"
    assert rungs[-1]["value"] == 9


def test_what_was_learned_after_a_figure_was_published_is_not_called_unexplained(
    desk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(_user: User, asked: Question, known_at: object, rule: str | None) -> dict[str, object]:
        value = 120 if known_at == date(2026, 3, 4) else 131
        return {"value": value, "within": {}, "as_of": asked.as_of.isoformat(), "rule": rule or "jep"}

    monkeypatch.setattr(comparing, "_counted", counted)
    first = _says(desk, _by("Foro Penal", 120))
    second = _says(desk, about(_by("JEP", 118), qualifier=Qualifier.AT_LEAST))
    one, other = comparing.compare(desk, Said.HELD, DAY)["claims"]
    assert (one["late"], one["difference"], one["unexplained"]) == (11, 0, 0)
    assert (other["difference"], other["unexplained"]) == (-2, 0), "at least 118 admits 120"
    found = comparing.bridge(desk, first, second)
    assert 120 + sum(term["change"] for term in found["terms"]) == 118
    rungs = list(ladder.rungs(found))
    assert next((row["value"], row["then"]) for row in rungs if row["kind"] == "ours") == (120, True)


def test_a_period_is_refused_that_ends_before_it_begins_and_longer_ones_stay_out(desk: User) -> None:
    long = about(held(), about=Said.RELEASED, claimant="Foro Penal", period=Period(date(2026, 1, 8), DAY))
    _says(desk, long)
    assert comparing.compare(desk, Said.RELEASED, DAY, date(2026, 3, 1))["claims"] == []
    assert len(comparing.compare(desk, Said.RELEASED, DAY, date(2026, 1, 8))["claims"]) == 1
    with pytest.raises(InputRefused, match=r"figure\.period"):
        comparing.compare(desk, Said.RELEASED, date(2026, 3, 1), DAY)


def test_no_bridge_leads_to_a_rule_that_we_do_not_know(desk: User) -> None:
    first, second = _says(desk, _by("Foro Penal", 5)), _says(desk, _by("Liga Imaginaria", 9))
    with pytest.raises(InputRefused) as refused:
        comparing.bridge(desk, first, second)
    assert refused.value.code == "claims.no_bridge"


def test_over_time_every_claimants_totals_stand_on_their_days(desk: User) -> None:
    _says(desk, _by("Comité Imaginario", 118, date(2026, 2, 20)))
    _says(desk, _by("Liga Imaginaria", 90))
    _says(desk, about(held("20 son mujeres", 20), filters={"sex": "woman"}))
    found = comparing.over_time(desk, date(2026, 2, 1), DAY)
    assert len(found["ours"]["series"]) == 31
    assert {one["name"]: [point["value"] for point in one["points"]] for one in found["claimants"]} == {
        "Comité Imaginario": [118],
        "Liga Imaginaria": [90],
    }


def test_whoever_reads_no_figures_compares_none(volunteer: User) -> None:
    with pytest.raises(NotAllowed):
        comparing.compare(volunteer, Said.HELD, DAY)
