"""The monthly report of openings: who, how many, why, and first what is unusual."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register import revealing
from constancia.apps.register.models import CaseRegion
from constancia.apps.trail import monthly
from constancia.domain.errors import NotAllowed
from constancia.domain.vocabulary.deeds import OpeningReason
from constancia.domain.vocabulary.terms import Role, Tier
from constancia.infra import clock
from tests.support.cast import NewCase
from tests.support.world import SignedIn, World

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 16, tzinfo=UTC)
NIGHT = datetime(2026, 3, 3, 5, tzinfo=UTC)  # one in the morning in Caracas
MONTH = date(2026, 3, 15)


def opens(user: User, code: str, at: datetime, tier: Tier = Tier.IDENTITY) -> None:
    with clock.frozen(at):
        revealing.reveal(user, code, tier, OpeningReason.DEFENCE)


def test_what_is_unusual_comes_first_and_is_counted(world: World, case: NewCase) -> None:
    admin, desk = world.users[Role.ADMINISTRATOR], world.users[Role.DESK]
    coordinator = world.users[Role.COORDINATOR]
    for minute in range(3):
        opens(desk, world.zulia.code, NOON + timedelta(minutes=minute))
    opens(coordinator, world.lara.code, NIGHT)
    opens(coordinator, world.lara.code, NIGHT, Tier.SEALED)
    CaseRegion.objects.filter(person=world.lara).update(region="zulia")
    first, second = monthly.openings_of(admin, MONTH)
    assert (first.who, first.openings, first.persons) == (str(coordinator), 2, 1)
    assert (first.night, first.outside) == (2, 2)
    assert first.deeds == {"identity_opened": 1, "source_opened": 1}
    assert first.unusual
    assert (second.who, second.openings, second.persons, second.busiest) == (str(desk), 3, 1, 1)
    assert second.reasons == {"defence": 3}
    assert (second.outside, second.night, second.unusual) == (0, 0, False)


def test_a_month_is_a_month_of_the_organisations_zone(world: World) -> None:
    admin, desk = world.users[Role.ADMINISTRATOR], world.users[Role.DESK]
    opens(desk, world.lara.code, datetime(2026, 4, 1, 3, 59, tzinfo=UTC))  # still March in Caracas
    opens(desk, world.lara.code, datetime(2026, 4, 1, 4, 1, tzinfo=UTC))
    assert [one.openings for one in monthly.openings_of(admin, MONTH)] == [1]
    assert [one.openings for one in monthly.openings_of(admin, date(2026, 4, 30))] == [1]
    assert monthly.openings_of(admin, date(2025, 12, 1)) == []


def test_the_report_is_for_who_watches(world: World, signed_in: SignedIn) -> None:
    opens(world.users[Role.DESK], world.lara.code, NOON)
    for role in Role:
        if role in (Role.ADMINISTRATOR, Role.AUDITOR):
            page = signed_in(world.users[role]).get("/auditoria/aperturas/", {"mes": "2026-03"})
            assert "la defensa o un trámite ante un tribunal" in page.content.decode()
            assert world.lara.code not in page.content.decode()
        else:
            with pytest.raises(NotAllowed):
                monthly.openings_of(world.users[role], MONTH)


@pytest.mark.parametrize("month", ["", "2026-13", "0000-00", "x" * 4000, "2026-03-01", "²026-03"])
def test_a_month_that_is_none_is_this_one(world: World, signed_in: SignedIn, month: str) -> None:
    answer = signed_in(world.users[Role.AUDITOR]).get("/auditoria/aperturas/", {"mes": month})
    assert answer.status_code == HTTPStatus.OK
