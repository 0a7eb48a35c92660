"""Figures over the real register, through the one road that pages and commands take."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from constancia.apps.figures import queries
from constancia.apps.register import services
from constancia.apps.register.models import Fact
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra import clock
from tests.support.cast import SEEN, TOLD, on

LATE = date(2026, 3, 1)


def confirm_everything(user):
    for seq in Fact.objects.values_list("seq", flat=True):
        services.review(user, seq, Verdict.CONFIRM)


def held(user, **asked):
    return queries.figure(
        user, "held", as_of=asked.pop("as_of", LATE), rule=asked.pop("rule", "all_detained"), **asked
    )


def test_somebody_counts_once_a_second_person_has_confirmed(desk, second, case):
    case(desk, "Ana Prueba")
    assert (held(desk)["value"], held(desk)["pending_in"]) == (0, 1)
    confirm_everything(second)
    assert (held(desk)["value"], held(desk)["pending_in"]) == (1, 0)


def test_a_reported_release_is_pending_until_confirmed(desk, second, case):
    case(desk, "Ana Prueba", released="2026-02-01", source=TOLD)
    for seq in Fact.objects.exclude(kind="release").values_list("seq", flat=True):
        services.review(second, seq, Verdict.CONFIRM)
    found = held(desk)
    assert (found["value"], found["pending_out"]) == (1, 1)
    assert held(desk, grade="verified/reported")["value"] == 0
    assert queries.people_behind(desk, "held", LATE, rule="all_detained", which="pending_out")


def test_the_shape_of_a_figure(desk, second, case):
    case(desk, "Ana Prueba")
    confirm_everything(second)
    found = held(desk, by=("sex", "state"), known_at=date(2999, 1, 1))
    expected = {
        "figure": "held",
        "rule": "all_detained",
        "as_of": "2026-03-01",
        "grade": "verified",
        "unit": "persons",
        "value": 1,
        "lowest": 1,
        "highest": 1,
    }
    assert {key: found[key] for key in expected} == expected
    assert datetime.fromisoformat(found["known_at"]) <= clock.now()  # what will be known is not known yet
    assert found["definition"]["name"] == "held"
    assert len(found["definition"]["sha256"]) == 64
    assert found["by"]["state"] == {"lara": {"value": 1, "lowest": 1, "highest": 1}}
    assert list(found["by"]["sex"]) == ["not_known"]


def test_a_change_is_counted_at_once(desk, second, case):
    assert held(desk)["highest"] == 0
    for name in ("Ana Prueba", "Beto Prueba"):
        case(desk, name)
        confirm_everything(second)
    assert held(desk)["value"] == 2
    services.withdraw(desk, Fact.objects.filter(kind="arrest").values_list("seq", flat=True)[0], "repetida")
    assert held(desk)["value"] == 1


def test_people_behind_are_those_whose_case_the_user_may_open(desk, second, lara, zulia, lawyer, case):
    person = case(desk, "Ana Prueba")
    confirm_everything(second)
    for user, expected in ((desk, [person.pk]), (lara, [person.pk]), (zulia, [])):
        assert queries.people_behind(user, "held", LATE, rule="all_detained") == expected
    with pytest.raises(NotAllowed):
        queries.people_behind(lawyer, "held", LATE)


def test_who_may_not_read_figures_gets_none(volunteer):
    with pytest.raises(NotAllowed):
        held(volunteer)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"name": "nonsense"}, "figure.unknown"),
        ({"rule": "nonsense"}, "figure.rule_unknown"),
        ({"grade": "disputed"}, "figure.grade"),
        ({"by": ("shoe_size",)}, "figure.dimension"),
        ({"by": ("kind",)}, "figure.dimension"),
        ({"name": "held_over_months", "months": 0}, "figure.months"),
        ({"name": "released", "start": date(2027, 1, 1)}, "figure.period"),
    ],
)
def test_what_makes_no_sense_is_refused(desk, asked, code):
    with pytest.raises(InputRefused) as refused:
        queries.figure(desk, **{"name": "held", "as_of": LATE, **asked})
    assert refused.value.code == code


def test_known_at_an_instant_is_taken_as_it_is(desk, case):
    case(desk, "Ana Prueba")
    long_ago = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
    assert held(desk, grade="reported", known_at=long_ago)["highest"] == 0
    assert held(desk, grade="reported")["value"] == 1


def record_a_release_later(desk, second, case):
    """Ana is held from 8 January; her release on 1 February becomes known and verified on the 5th."""
    with clock.frozen(datetime(2026, 1, 10, 12, tzinfo=UTC)):
        person = case(desk, "Ana Prueba")
    with clock.frozen(datetime(2026, 1, 11, 12, tzinfo=UTC)):
        confirm_everything(second)
    with clock.frozen(datetime(2026, 2, 5, 12, tzinfo=UTC)):
        detention = Fact.objects.filter(kind="arrest").values_list("detention", flat=True)[0]
        release = services.FactGiven("release", {"release": "full"}, on("2026-02-01"))
        services.add_facts(desk, person.code, facts=[release], source=SEEN, detention=detention)
        for seq in Fact.objects.filter(kind="release").values_list("seq", flat=True):
            services.review(second, seq, Verdict.CONFIRM)
    return person


def test_a_balance_tells_what_happened_from_what_was_learned(desk, second, case):
    person = record_a_release_later(desk, second, case)
    between = queries.balance(desk, date(2026, 1, 15), None, date(2026, 2, 6), None, rule="all_detained")
    assert (between["opening"], between["closing"], between["in"]["total"]) == (1, 0, 0)
    assert between["out"]["causes"]["released"] == {"value": 1, "by": {"full": 1}}
    late = queries.explain(desk, (date(2026, 2, 6), None), (date(2026, 2, 3), None), rule="all_detained")
    assert late["from"]["as_of"] == "2026-02-03"
    assert late["out"]["causes"]["released_earlier"] == {"value": 1, "by": {"full": 1}}
    assert [(one["code"], one["side"], one["cause"]) for one in late["people"]] == [
        (person.code, "out", "released_earlier")
    ]


def test_people_of_other_regions_are_only_numbers(desk, second, zulia, case):
    record_a_release_later(desk, second, case)
    sides = (date(2026, 1, 15), None), (date(2026, 2, 6), None)
    found = queries.explain(zulia, *sides, rule="all_detained")
    assert (found["opening"], found["people"], found["hidden"]) == (1, [], 1)


def test_a_series_has_a_point_for_each_step(desk, second, case):
    record_a_release_later(desk, second, case)
    found = queries.series(desk, "held", date(2026, 1, 7), date(2026, 2, 2), "weekly", rule="all_detained")
    assert [(point["as_of"], point["value"]) for point in found["series"]] == [
        ("2026-01-11", 1),
        ("2026-01-18", 1),
        ("2026-01-25", 1),
        ("2026-02-01", 0),
        ("2026-02-02", 0),
    ]
    days = (date(2026, 1, 31), date(2026, 2, 2))
    out = queries.series(desk, "released", *days, by=("kind",), rule="all_detained")
    assert [point["value"] for point in out["series"]] == [0, 1, 0]
    assert out["series"][1]["by"]["kind"] == {"full": {"value": 1, "lowest": 1, "highest": 1}}


def test_pairs_add_up_and_leave_no_category_out(desk, second, case):
    case(desk, "Ana Prueba")
    confirm_everything(second)
    found = queries.pairs(desk, as_of=LATE, rule="all_detained")
    assert [pair["dimension"] for pair in found["pairs"]][:2] == ["sex", "profile"]
    for pair in found["pairs"]:
        assert sum(one["value"] for one in pair["categories"]) == found["value"] == 1
        assert pair["categories"][-1]["category"] == "not_known"


def test_a_cause_that_is_none_is_refused(desk):
    with pytest.raises(InputRefused) as refused:
        queries.explain(desk, (LATE, None), (LATE, None), causes=["boredom"])
    assert refused.value.code == "figure.cause"


def test_every_figure_and_rule_is_listed_with_its_words():
    assert {"held", "released", "full_releases"} <= {one["name"] for one in queries.listed()}
    assert [one["name"] for one in queries.listed_rules() if one["default"]] == ["foro_penal"]
