"""Travel mode: off at once, by oneself; on again by somebody else; to outsiders a wrong password."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from constancia.apps.accounts import queries, services, travel
from constancia.apps.accounts.backend import HouseBackend
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.domain.errors import InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.terms import Role
from constancia.infra import trail

PHRASE = "cuatro caballos bajo el samán"
TODAY = date(2026, 3, 1)
pytestmark = pytest.mark.django_db


def person(name: str, role: Role) -> User:
    return services.create_user(None, name, name.title(), role, password=PHRASE)


def test_while_somebody_travels_nothing_gets_in_as_them() -> None:
    ana = person("ana", Role.DESK)
    token, before = services.issue_link(None, ana), ana.get_session_auth_hash()
    away = travel.begin(ana, ana, TODAY + timedelta(days=9), TODAY)
    assert away.away_until == date(2026, 3, 10)
    assert away.get_session_auth_hash() != before
    with pytest.raises(InputRefused, match=r"account\.sign_in"):
        services.authenticate("ana", PHRASE)
    with pytest.raises(NotFound):
        services.redeem_link(token)
    with pytest.raises(InputRefused, match=r"account\.away"):
        services.issue_link(None, ana := User.objects.get(pk=ana.pk))
    assert HouseBackend().get_user(ana.pk) is None
    assert not any(may(ana, permission) for permission in Permission)
    assert scope(ana) == frozenset()


def test_only_somebody_else_who_administers_ends_it() -> None:
    ana, eva, luis = (
        person("ana", Role.ADMINISTRATOR),
        person("eva", Role.ADMINISTRATOR),
        person("luis", Role.DESK),
    )
    travel.begin(ana, ana, TODAY + timedelta(days=1), TODAY)
    with pytest.raises(NotAllowed, match="travel_own"):
        travel.end(ana, ana)  # from an object that was read before the journey began
    with pytest.raises(NotAllowed):
        travel.end(luis, ana)
    assert travel.end(eva, ana).may_enter
    assert services.authenticate("ana", PHRASE)
    ended, began = trail.events("deed LIKE 'travel%'", limit=2)
    assert (ended.deed, ended.actor, ended.number) == (Deed.TRAVEL_ENDED, eva.pk, ana.pk)
    assert (began.deed, began.actor, began.said["until"]) == (Deed.TRAVEL_BEGAN, ana.pk, "2026-03-02")


def test_nobody_sends_somebody_else_on_a_journey() -> None:
    with pytest.raises(NotAllowed):
        travel.begin(
            person("eva", Role.ADMINISTRATOR), person("ana", Role.DESK), TODAY + timedelta(days=1), TODAY
        )


@pytest.mark.parametrize("until", [date(2026, 3, 1), date(2026, 2, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_return_that_is_no_day_to_come_is_refused(until: date) -> None:
    ana = person("ana", Role.DESK)
    with pytest.raises(InputRefused, match="travel_until"):
        travel.begin(ana, ana, until, TODAY)


def test_the_date_opens_nothing_by_itself() -> None:
    ana = person("ana", Role.DESK)
    travel.begin(ana, ana, TODAY + timedelta(days=1), TODAY)
    assert not User.objects.get(pk=ana.pk).may_enter  # the clock of this test stands months later


def test_a_lone_administrator_who_travels_is_let_in_again_by_the_holder_of_the_key() -> None:
    ana, eva = person("ana", Role.ADMINISTRATOR), person("eva", Role.ADMINISTRATOR)
    travel.begin(eva, eva, TODAY + timedelta(days=1), TODAY)
    with pytest.raises(InputRefused, match="last_administrator"):  # who travels cannot manage the house
        services.disable(None, ana)
    travel.begin(ana, ana, TODAY + timedelta(days=1), TODAY)
    assert queries.administrators() == []
    assert travel.end(None, ana).may_enter
