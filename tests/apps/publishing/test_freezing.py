"""What an edition freezes out of the register: who is counted, and where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.figures import queries as figures
from constancia.apps.publishing import services, terms
from constancia.apps.publishing.access import draft_of
from constancia.apps.publishing.freezing.freeze import Frozen, freeze
from constancia.domain.publishing.canonical import content_bytes
from tests.apps.publishing.crowd import PUBLISHED, RECORDED, RULE, Crowd, D, draft

pytestmark = pytest.mark.django_db

NAMED = 'named = "held"\n'


def frozen(desk: User, plan: str = "", **more: object) -> Frozen:
    if plan:
        services.save_text(desk, "prueba", "informe.toml", plan, at=RECORDED)
        more["report"] = "prueba"
    return freeze(desk, terms.of_draft(draft_of(draft(desk, **more)), PUBLISHED))


def test_the_figures_are_those_of_the_register_on_the_day_as_known_then(desk: User, crowd: Crowd) -> None:
    crowd.add(9)
    crowd.add(3, at=PUBLISHED - timedelta(hours=1))  # known after T, which is the end of D
    found = frozen(desk).content
    counted = figures.figure(desk, "held", D, D, RULE)
    held = found.figure("held")
    assert held is not None
    assert (held.value, held.lowest, held.highest) == (9, counted["lowest"], counted["highest"])
    assert (found.as_of, held.as_of) == (D, D)


def test_whoever_is_to_stay_internal_is_in_no_number(desk: User, crowd: Crowd) -> None:
    crowd.add(9)
    crowd.add(2, consent="internal", sex="woman", state="zulia")
    found = frozen(desk)
    held = found.content.figure("held")
    assert held is not None
    assert held.value == 9
    assert found.left_out == 2
    by_state = found.content.table("held_by_state")
    assert by_state is not None
    assert by_state.cell("zulia").value == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("tier", ["count_only", "named_mechanism"])
def test_whoever_only_counts_is_in_the_total_and_in_no_category(desk: User, crowd: Crowd, tier: str) -> None:
    crowd.add(9)
    crowd.add(6, consent=tier, sex="woman", state="zulia")
    found = frozen(desk).content
    by_state, by_sex = found.table("held_by_state"), found.table("held_by_sex")
    assert by_state is not None
    assert by_sex is not None
    assert by_state.total == 15
    assert by_state.cell("zulia").value == 0  # type: ignore[union-attr]
    assert by_state.cell("not_known").value == 6  # type: ignore[union-attr]
    assert by_sex.cell("woman").value == 0  # type: ignore[union-attr]


def test_only_those_who_consented_are_named_and_the_rest_are_a_number(desk: User, crowd: Crowd) -> None:
    crowd.add(2, consent="public_name", state="lara")
    crowd.add(7, consent="public_anonymous", state="zulia")
    crowd.add(3, state="tachira")
    found = frozen(desk, NAMED)
    assert found.names == ("Persona Inventada Lara 0", "Persona Inventada Lara 1")
    named = found.content.named
    assert named is not None
    assert (named.people, named.named, named.reserved) == (12, 2, 10)
    assert "Inventada" not in content_bytes(found.content).decode()


def test_a_consent_counts_from_when_it_is_known(desk: User, crowd: Crowd) -> None:
    (person, *_) = crowd.add(9, consent="public_name")
    crowd.tell(person, "consent", {"tier_given": "internal"}, PUBLISHED - timedelta(hours=2))
    found = frozen(desk, NAMED)
    held = found.content.figure("held")
    assert held is not None
    assert (held.value, len(found.names)) == (8, 8)


def test_of_two_people_judged_to_be_one_the_narrower_consent_holds(desk: User, crowd: Crowd) -> None:
    one, other, *_ = crowd.add(9, consent="public_name")
    crowd.tell(other, "consent", {"tier_given": "internal"}, RECORDED + timedelta(days=1))
    same = {"other": other.code, "verdict": "same", "reason": "el mismo nombre"}
    crowd.tell(one, "identity_judgement", same, RECORDED + timedelta(days=2))
    held = frozen(desk).content.figure("held")
    assert held is not None
    assert held.value == 7


@pytest.mark.parametrize("judged_after_t", [False, True])
def test_two_judged_to_be_one_after_t_keep_the_narrower_consent_both(
    desk: User, crowd: Crowd, judged_after_t: bool
) -> None:
    """Counted apart at T, or as one at T and apart by the freezing: what one of them forbids holds."""
    one, other, *_ = crowd.add(9, consent="public_name")
    reserved = one if judged_after_t else other
    crowd.tell(reserved, "consent", {"tier_given": "internal"}, RECORDED + timedelta(days=1))
    judged, parted = RECORDED + timedelta(days=2), PUBLISHED - timedelta(hours=1)
    same = {"other": other.code, "verdict": "same", "reason": "el mismo nombre"}
    crowd.tell(one, "identity_judgement", same, parted if judged_after_t else judged)
    if not judged_after_t:
        different = {"other": other.code, "verdict": "different", "reason": "otra fecha de nacimiento"}
        crowd.tell(one, "identity_judgement", different, parted)
    named = frozen(desk, NAMED).content.named
    assert named is not None
    assert (named.people, named.named) == (7, 7)


def test_one_person_judged_to_be_two_records_after_t_is_named_once(desk: User, crowd: Crowd) -> None:
    one, other, *_ = crowd.add(9, consent="public_name")
    same = {"other": other.code, "verdict": "same", "reason": "el mismo nombre"}
    crowd.tell(one, "identity_judgement", same, PUBLISHED - timedelta(hours=1))
    found = frozen(desk, NAMED)
    assert len(found.names) == 8
    assert found.content.named is not None
    assert (found.content.named.people, found.content.named.reserved) == (9, 1)


def test_of_people_in_totals_only_nobody_is_told_how_they_left(desk: User, crowd: Crowd) -> None:
    crowd.add(40)
    for person in crowd.add(9) + crowd.add(6, consent="count_only"):
        crowd.released(person, "2026-02-20", PUBLISHED - timedelta(days=3))
    balance = frozen(desk).content.balance
    assert balance is not None
    (released,) = [term for term in balance.went if term.cause == "released"]
    assert released.value == 15
    assert [(kind.kind, kind.value) for kind in released.by] == [("under_measures", 9), ("not_known", 6)]
    assert released.by[1].label.es == "No consta o reservado"


def test_a_way_out_of_very_few_is_shown_with_another_or_not_at_all(desk: User, crowd: Crowd) -> None:
    crowd.add(40)
    people = crowd.add(12)
    at = PUBLISHED - timedelta(days=3)
    for person in people[:9]:
        crowd.released(person, "2026-02-20", at)
    crowd.tell(people[9], "release", {"release": "full"}, at, "2026-02-20")
    balance = frozen(desk).content.balance
    assert balance is not None
    (released,) = [term for term in balance.went if term.cause == "released"]
    assert (released.value, released.by) == (10, ())


def test_where_a_table_tells_the_ways_out_the_balance_does_not(desk: User, crowd: Crowd) -> None:
    crowd.add(40)
    for person in crowd.add(9):
        crowd.released(person, "2026-02-20", PUBLISHED - timedelta(days=3))
    plan = """
[[table]]
name = "ways"
of = "released_since_previous"
by = ["kind"]
title = { es = "Modos", en = "Ways" }
"""
    balance = frozen(desk, plan).content.balance
    assert balance is not None
    assert [term.by for term in balance.went if term.value] == [()]


def test_the_balance_opens_a_week_before_where_nobody_says_otherwise(desk: User, crowd: Crowd) -> None:
    crowd.add(9)
    crowd.add(5, arrested="2026-02-20", at=RECORDED + timedelta(days=33))
    balance = frozen(desk).content.balance
    assert balance is not None
    assert (balance.opening_as_of, balance.opening, balance.closing) == (date(2026, 2, 17), 9, 14)
    assert {term.cause: term.value for term in balance.came if term.value} == {"arrested": 5}


def test_every_day_says_how_soon_it_was_known(desk: User, crowd: Crowd) -> None:
    people = crowd.add(9)
    crowd.released(people[0], "2026-02-02", RECORDED.replace(month=2, day=2))
    crowd.released(people[1], "2026-02-02", RECORDED.replace(month=2, day=5))
    crowd.released(people[2], "2026-02-02", RECORDED.replace(month=2, day=20))
    plan = '[[daily]]\nname = "daily"\nstart = 2026-02-01\ntitle = { es = "a", en = "b" }\n'
    days = {day.day: day for day in frozen(desk, plan).content.daily[0].days}
    second = days[date(2026, 2, 2)]
    assert (second.value, second.by_that_day, second.within_a_week) == (3, 1, 2)
    assert [day for day, one in days.items() if one.provisional] == [date(2026, 2, n) for n in range(18, 25)]


def test_categories_stand_in_an_order_that_says_nothing_of_their_size(desk: User, crowd: Crowd) -> None:
    crowd.add(3, state="zulia")
    crowd.add(9, state="lara")
    table = frozen(desk).content.table("held_by_state")
    assert table is not None
    keys = [category.key for category in table.categories[0]]
    assert keys[-1] == "not_known"
    assert keys.index("lara") < keys.index("zulia")
    assert len(keys) >= 25
