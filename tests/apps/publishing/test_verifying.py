"""An edition can be counted anew for ever, and what differs from it is told person by person."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries
from constancia.apps.publishing.access import content_of, edition_of
from constancia.infra import clock
from constancia.infra.append_only import releasing
from tests.apps.publishing.crowd import PUBLISHED, RECORDED, Crowd, publish

# Freezing reads the database, and is tested on both engines; files are made of what it froze.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

LATER = PUBLISHED + timedelta(days=30)


def standing(user: User, number: int) -> dict[str, bool | None]:
    return {step.name: step.held for step in queries.verify(user, number)}


def test_a_new_edition_holds(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    publish(desk, second)
    assert standing(desk, 1) == {
        "content": True, "signature": None, "files": None, "chain": True, "recount": True,
    }  # fmt: skip


def test_it_holds_after_thousands_of_later_facts(desk: User, second: User, crowd: Crowd) -> None:
    people = crowd.add(60, consent="public_name") + crowd.add(40, state="zulia", sex="woman")
    crowd.add(7, state="tachira", consent="count_only")
    publish(desk, second)
    before = content_of(edition_of(1))
    random = Random(4)
    # Learned later: new cases, also of before; releases, also of before; consents given and taken back.
    crowd.add(400, arrested="2026-02-01", at=LATER)
    crowd.add(300, state="zulia", arrested="2026-03-01", released="2026-03-10", at=LATER)
    for index, person in enumerate(random.sample(people, 40)):
        at = LATER + timedelta(minutes=10 * index)
        crowd.released(person, f"2026-0{random.choice((2, 3))}-1{random.randint(0, 9)}", at)
        crowd.tell(person, "consent", {"tier_given": "internal"}, at + timedelta(minutes=5))
    assert standing(desk, 1)["recount"] is True
    assert content_of(edition_of(1)) == before


def test_a_changed_content_is_noticed(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    publish(desk, second)
    with connection.cursor() as cursor:
        for statement in releasing(connection, "publishing_edition"):
            cursor.execute(statement)
        cursor.execute("UPDATE publishing_edition SET content = %s", [b"no content at all"])
    assert standing(desk, 1) == {"content": False}


def test_a_register_that_says_otherwise_is_noticed(desk: User, second: User, crowd: Crowd) -> None:
    crowd.add(9)
    publish(desk, second)
    crowd.add(1, state="zulia", at=RECORDED + timedelta(days=1))  # as if it had been there all along
    (wrong,) = [step for step in queries.verify(desk, 1) if step.held is False]
    assert wrong.name == "recount"
    assert "figures.held.value: 9 ≠ 10" in wrong.details


def test_what_differs_from_today_is_told_by_cause_and_by_person(
    desk: User, second: User, lara: User, crowd: Crowd
) -> None:
    people = crowd.add(9)
    publish(desk, second)
    crowd.released(people[0], "2026-02-20", LATER)
    crowd.add(2, state="zulia", arrested="2026-01-30", at=LATER)
    found = queries.explain(desk, 1)
    assert (found.balance.opening, found.balance.closing) == (9, 10)
    assert {term.cause: term.value for term in found.balance.came if term.value} == {"learned_late": 2}
    assert {term.cause: term.value for term in found.balance.went if term.value} == {"released_earlier": 1}
    assert found.people is not None
    assert (len(found.people), found.hidden) == (3, 0)
    mine = queries.explain(lara, 1)
    assert mine.people is not None
    assert ([one["code"] for one in mine.people], mine.hidden) == ([people[0].code], 2)


def test_between_two_editions_the_opening_is_what_the_first_published(
    desk: User, second: User, crowd: Crowd
) -> None:
    people = crowd.add(20)
    publish(desk, second)
    for person in people[:6]:
        crowd.released(person, "2026-02-26", PUBLISHED + timedelta(days=2))
    publish(desk, second, PUBLISHED + timedelta(days=7), date(2026, 3, 3))
    found = queries.explain(desk, 1, 2)
    assert (found.balance.opening, found.balance.closing) == (20, 14)
    before, after = next(pair for pair in found.figures if pair[0].name == "held")
    assert (before.value, after.value) == (20, 14)
    assert all(one in content_of(edition_of(1)).figures for one, _ in found.figures)
    assert all(other in content_of(edition_of(2)).figures for _, other in found.figures)
    backwards = queries.explain(desk, 2, 1)
    assert (backwards.balance.opening, backwards.balance.closing) == (20, 14)


def test_readers_see_causes_and_nobody(desk: User, second: User, crowd: Crowd) -> None:
    reader = User(username="lector", display_name="Lector", role="reader", created_at=clock.now())
    reader.set_unusable_password()
    reader.save()
    people = crowd.add(9)
    publish(desk, second)
    crowd.released(people[0], "2026-02-20", LATER)
    found = queries.explain(reader, 1)
    assert (found.people, found.hidden, found.balance.closing) == (None, 1, 8)
