"""The list that comes with an announcement: sealed names, decided on one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.models import ListDecision, ListedName
from constancia.apps.claims.queries.lists import Outcome
from constancia.apps.claims.sealing import name_context
from constancia.domain.errors import InputRefused, IntegrityBroken, NotAllowed, NotFound
from constancia.domain.vocabulary.terms import IdentityVerdict, ListVerdict
from constancia.infra import clock, unlocked
from tests.apps.claims.test_announcements import BEGAN, confirm_everything, given, released
from tests.support.cast import NewCase, judge

pytestmark = pytest.mark.django_db

LIST = "1. Ana Inventada Uno\n2) Beto Inventado Dos\n\n• Carla Inventada Tres\n4 Darío Inventado Cuatro\n"


@pytest.fixture
def number(desk: User) -> int:
    number = services.announce(desk, given(list_given=True), at=BEGAN)
    services.add_names(desk, number, LIST, at=BEGAN)
    return number


def rows() -> list[int]:
    return list(ListedName.objects.order_by("number").values_list("pk", flat=True))


def outcomes(user: User, number: int, known_at: object = None) -> list[Outcome]:
    return [line.outcome for line in queries.announcement(user, number, known_at).listed]  # type: ignore[arg-type]


def test_names_are_kept_sealed_without_their_numbering(desk: User, number: int) -> None:
    page = queries.announcement(desk, number)
    assert [line.name for line in page.listed] == [
        "Ana Inventada Uno",
        "Beto Inventado Dos",
        "Carla Inventada Tres",
        "Darío Inventado Cuatro",
    ]
    stored = list(ListedName.objects.order_by("number"))
    assert len({bytes(row.subject) for row in stored}) == 4
    assert all(b"Inventad" not in bytes(row.name) for row in stored)
    assert (
        unlocked.codec().open(bytes(stored[0].subject), name_context(number, 1), bytes(stored[0].name))
        == b"Ana Inventada Uno"
    )
    with pytest.raises(IntegrityBroken):
        unlocked.codec().open(bytes(stored[0].subject), name_context(number, 2), bytes(stored[0].name))


def test_a_name_whose_key_is_destroyed_is_empty_and_still_counted(desk: User, number: int) -> None:
    unlocked.codec().forget(bytes(ListedName.objects.get(number=1).subject))
    page = queries.announcement(desk, number)
    assert (page.listed[0].name, page.counts.total) == ("", 4)


def test_pasting_the_same_list_again_adds_only_what_is_new(desk: User, number: int) -> None:
    added = services.add_names(desk, number, LIST + "5. ANA INVENTADA UNO\n6. Elsa Inventada Cinco")
    assert (added.added, added.there) == (2, 4)  # a namesake, and a new name
    assert [line.row for line in queries.announcement(desk, number).listed] == [1, 2, 3, 4, 5, 6]


def test_what_became_of_the_names(desk: User, second: User, case: NewCase, number: int) -> None:
    out = released(desk, second, case, "Ana Inventada Uno", "2026-02-03", 100)
    with clock.frozen(BEGAN + timedelta(hours=101)):
        still = case(desk, "Beto Inventado Dos")
        confirm_everything(second)
        said = case(desk, "Carla Inventada Tres", released="2026-02-04")
        before = case(desk, "Darío Inventado Cuatro", arrested="2026-01-01", released="2026-01-20")
    listed = rows()
    for name, person in zip(listed, (out, still, said, before), strict=True):
        services.decide_name(desk, name, ListVerdict.MATCHED, code=person.code)
    assert outcomes(desk, number) == [
        Outcome.RELEASED,
        Outcome.HELD,
        Outcome.REPORTED,
        Outcome.ELSEWHERE,
    ]
    counts = queries.announcement(desk, number).counts
    assert (counts.total, counts.matched, counts.by[Outcome.HELD]) == (4, 4, 1)
    assert outcomes(desk, number, BEGAN + timedelta(hours=99)) == [Outcome.UNDECIDED] * 4


def test_a_match_with_somebody_found_to_be_another_follows_the_judgement(
    desk: User, second: User, case: NewCase, number: int
) -> None:
    first = released(desk, second, case, "Ana Inventada Uno", "2026-02-03", 100)
    twin = case(desk, "Ana Inventada")
    services.decide_name(desk, rows()[0], ListVerdict.MATCHED, code=twin.code)
    assert outcomes(desk, number)[0] is Outcome.ELSEWHERE
    judge(desk, first, twin, IdentityVerdict.SAME, "la misma")
    assert outcomes(desk, number)[0] is Outcome.RELEASED


def test_one_person_under_two_names_is_one_person(desk: User, case: NewCase, number: int) -> None:
    with clock.frozen(BEGAN + timedelta(hours=101)):
        person = case(desk, "Ana Inventada Uno")
    for name in rows()[:2]:
        services.decide_name(desk, name, ListVerdict.MATCHED, code=person.code)
    counts = queries.announcement(desk, number).counts
    assert (counts.total, counts.matched, counts.by[Outcome.REPEATED]) == (4, 1, 1)


def test_a_name_that_was_never_on_the_list_is_struck_and_counts_no_more(desk: User, number: int) -> None:
    slip = rows()[0]
    services.decide_name(desk, slip, ListVerdict.STRUCK, note="era el encabezado")
    assert outcomes(desk, number)[0] is Outcome.STRUCK
    page = queries.announcement(desk, number)
    assert (page.counts.total, page.counts.by[Outcome.STRUCK], page.counts.matched) == (3, 1, 0)
    assert queries.announcement(desk, number, BEGAN + timedelta(hours=99)).counts.total == 4
    assert services.add_names(desk, number, LIST).added == 1, "the name that a list does have, after all"
    services.decide_name(desk, slip, ListVerdict.RETRACT)
    assert queries.announcement(desk, number).counts.total == 5


def test_the_last_decision_holds_and_can_be_taken_back(desk: User, case: NewCase, number: int) -> None:
    name = rows()[0]
    services.decide_name(desk, name, ListVerdict.NOT_IN_REGISTER, note="buscada")
    assert outcomes(desk, number)[0] is Outcome.NOT_IN_REGISTER
    services.decide_name(desk, name, ListVerdict.OTHER_REASONS)
    line = queries.announcement(desk, number).listed[0]
    assert (line.outcome, line.decided_by) == (Outcome.OTHER_REASONS, "Delfina")
    assert line.decided_at == ListDecision.objects.latest("pk").known_at
    services.decide_name(desk, name, ListVerdict.RETRACT)
    assert outcomes(desk, number)[0] is Outcome.UNDECIDED
    with pytest.raises(InputRefused) as refused:
        services.decide_name(desk, name, ListVerdict.RETRACT)
    assert refused.value.code == "announcement.undecided"
    assert ListDecision.objects.count() == 3


def test_a_match_needs_a_case_that_is_there(desk: User, number: int) -> None:
    with pytest.raises(InputRefused) as refused:
        services.decide_name(desk, rows()[0], ListVerdict.MATCHED)
    assert refused.value.code == "announcement.match_code"
    with pytest.raises(NotFound):
        services.decide_name(desk, rows()[0], ListVerdict.MATCHED, code="ZZZZ-ZZZZ-ZZ")
    with pytest.raises(NotFound):
        services.decide_name(desk, 99999, ListVerdict.NOT_IN_REGISTER)


def test_names_are_for_those_who_may_read_identities(
    desk: User, lara: User, zulia: User, case: NewCase, number: int
) -> None:
    person = case(desk, "Ana Inventada Uno")
    services.decide_name(desk, rows()[0], ListVerdict.MATCHED, code=person.code)
    reader = User(username="lector", display_name="Lector", role="reader", created_at=clock.now())
    reader.set_unusable_password()
    reader.save()
    seen = {
        user.username: queries.announcement(user, number).listed[0] for user in (desk, lara, zulia, reader)
    }
    assert {name: (line.name, line.code) for name, line in seen.items()} == {
        "delfina": ("Ana Inventada Uno", person.code),
        "laura": ("Ana Inventada Uno", person.code),
        "zulay": ("", ""),
        "lector": ("", ""),
    }
    nobody_yet = {
        user.username: queries.announcement(user, number).listed[1].name for user in (desk, lara, reader)
    }
    assert nobody_yet == {"delfina": "Beto Inventado Dos", "laura": "", "lector": ""}
    for deed in (
        lambda: services.add_names(lara, number, LIST),
        lambda: services.decide_name(lara, rows()[0], ListVerdict.NOT_IN_REGISTER),
    ):
        with pytest.raises(NotAllowed):
            deed()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \n--\n 12. \n", "announcement.list_empty"),
        ("Nombre Inventado\n" * 5_001, "announcement.list_long"),
        ("Bueno Inventado\nMa\x00lo", "announcement.list_line"),
    ],
)
def test_a_list_that_does_not_hold_is_refused_whole(desk: User, text: str, code: str) -> None:
    number = services.announce(desk, given())
    with pytest.raises(InputRefused) as refused:
        services.add_names(desk, number, text)
    assert refused.value.code == code
    assert not ListedName.objects.exists()


def test_a_withdrawn_announcement_takes_no_names(desk: User, number: int) -> None:
    services.withdraw_announcement(desk, number, note="error")
    with pytest.raises(InputRefused):
        services.add_names(desk, number, LIST)
    with pytest.raises(InputRefused):
        services.decide_name(desk, rows()[0], ListVerdict.NOT_IN_REGISTER)


def test_a_list_as_known_before_it_came_is_empty(desk: User) -> None:
    number = services.announce(desk, given(announced_on=date(2026, 1, 1)), at=BEGAN - timedelta(days=9))
    services.add_names(desk, number, LIST, at=BEGAN)
    assert queries.announcement(desk, number, BEGAN - timedelta(days=1)).counts.total == 0
