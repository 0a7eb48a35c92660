"""Where the balance of an edition begins when editions do not follow the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.figures.queries import zone
from constancia.apps.publishing import queries
from constancia.apps.publishing.access import content_of, edition_of
from constancia.domain.figures.periods import end_of_day
from constancia.domain.publishing.bulletin import bulletin
from constancia.domain.publishing.content import Balance, Content
from tests.apps.publishing.crowd import PUBLISHED, RECORDED, Crowd, D, publish

pytestmark = pytest.mark.django_db

LATER = PUBLISHED + timedelta(days=7)
EARLIER_DAY = D - timedelta(days=4)


def published(number: int) -> Content:
    return content_of(edition_of(number))


def causes(balance: Balance | None) -> tuple[dict[str, int], dict[str, int]]:
    assert balance is not None
    came, went = (
        {term.cause: term.value for term in side if term.value} for side in (balance.came, balance.went)
    )
    return came, went


@pytest.fixture
def first(desk: User, second: User, crowd: Crowd) -> int:
    people = crowd.add(30)
    late = RECORDED + timedelta(days=34)
    crowd.add(10, state="zulia", arrested="2026-02-22", at=late)
    for person in people[:8]:
        crowd.released(person, "2026-02-22", late)
    return publish(desk, second)


def holds(user: User, number: int) -> bool:
    return all(step.held is not False for step in queries.verify(user, number))


@pytest.mark.parametrize("day", [EARLIER_DAY, date(2026, 1, 10), date(2025, 12, 1)])
def test_an_edition_of_an_earlier_day_does_not_open_with_one_of_a_later(
    desk: User, second: User, first: int, day: date
) -> None:
    number = publish(desk, second, LATER, day)
    found = published(number)
    assert found.previous is not None
    assert (found.previous.number, found.previous.as_of) == (first, D)  # the chain goes by numbers
    assert found.balance is not None
    assert found.balance.edition is None
    assert found.balance.opening_as_of == day - timedelta(days=7)
    came, went = causes(found.balance)
    assert not {"corrected_in", "corrected_out"} & {*came, *went}
    assert "correcciones" not in bulletin(found, "es").long
    assert holds(desk, number)


def test_nor_does_one_that_knows_less(desk: User, second: User, crowd: Crowd, first: int) -> None:
    crowd.add(6, arrested="2026-02-10", at=LATER)
    informed = publish(desk, second, LATER + timedelta(days=1), known_at=LATER + timedelta(hours=1))
    number = publish(desk, second, LATER + timedelta(days=2), date(2026, 3, 3))
    found = published(number)
    assert published(informed).known_at > end_of_day(found.as_of, zone())
    assert found.balance is not None
    assert (found.balance.edition, found.balance.opening) == (first, 32)
    assert causes(found.balance) == ({}, {})
    assert all(holds(desk, one) for one in (first, informed, number))


def test_the_edition_after_it_goes_on_from_the_latest_day(desk: User, second: User, first: int) -> None:
    back = publish(desk, second, LATER, EARLIER_DAY)
    number = publish(desk, second, LATER + timedelta(days=1), date(2026, 3, 3))
    found = published(number)
    assert found.previous is not None
    assert found.balance is not None
    assert (found.previous.number, found.balance.edition) == (back, first)
    assert causes(found.balance) == ({}, {})
    released = found.figure("released_since_previous")
    assert released is not None
    assert (released.start, released.value) == (D + timedelta(days=1), 0)
    assert all(holds(desk, one) for one in (first, back, number))


def test_the_same_day_again_opens_with_itself(desk: User, second: User, crowd: Crowd, first: int) -> None:
    number = publish(desk, second, LATER)
    found = published(number)
    assert found.balance is not None
    assert (found.balance.edition, found.balance.opening, found.balance.closing) == (first, 32, 32)
    assert causes(found.balance) == ({}, {})
    assert holds(desk, number)
