"""The clock is put back or forward, by a hand, a dead battery, a change of the hour or a leap second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.figures import queries as figures
from constancia.apps.ledger.models import Checkpoint
from constancia.apps.ledger.services.sealing import seal
from constancia.apps.register import queries, services
from constancia.apps.register.maintenance import fsck
from constancia.apps.register.models import Fact, Person, Review, State
from constancia.apps.register.services import FactGiven
from constancia.apps.register.timing import clock_behind, known_now
from constancia.cli import days
from constancia.domain.errors import InputRefused
from constancia.domain.figures.periods import end_of_day
from constancia.domain.vocabulary.terms import Role, Verdict
from constancia.infra import clock
from tests.support.cast import SEEN, NewCase, on
from tests.support.world import SignedIn, World

pytestmark = [pytest.mark.django_db, pytest.mark.faults]

A_DAY, A_YEAR = timedelta(days=1), timedelta(days=365)
NONE = timedelta(0)
TURNS = {
    "a year back": (-A_YEAR, NONE),
    "a day forward and back": (A_DAY, NONE),
    "a second counted twice": (timedelta(seconds=1), NONE),
    "an hour back and an hour forward": (-timedelta(hours=1), timedelta(hours=1)),
    "to the beginning of all clocks": (datetime(1970, 1, 2, tzinfo=UTC) - datetime.now(UTC), NONE),
}


def recorded(desk: User, second: User, case: NewCase, turns: tuple[timedelta, timedelta]) -> Person:
    """Somebody arrested; a release at the first turn of the clock, reviewed and withdrawn at the next."""
    now = datetime.now(UTC)
    person = case(desk, "Persona Inventada Turnada", arrested="2026-01-08")
    with clock.frozen(now + turns[0]):
        (release,) = services.add_facts(
            desk,
            person.code,
            facts=[FactGiven("release", {"release": "full"}, on("2026-01-20"))],
            source=SEEN,
            detention=person.detentions.get().pk,
        )
        seal()
    with clock.frozen(now + turns[1]):
        services.review(second, release, Verdict.CONFIRM)
        services.withdraw(desk, release, "Era otra persona")
        seal()
    return person


@pytest.mark.parametrize("turns", TURNS.values(), ids=list(TURNS))
def test_row_10_a_turned_clock_changes_no_order_and_makes_no_interval_negative(
    turns: tuple[timedelta, timedelta], desk: User, second: User, case: NewCase
) -> None:
    recorded(desk, second, case, turns)
    instants = list(Fact.objects.order_by("seq").values_list("witnessed_at", flat=True))
    assert instants == sorted(instants)
    (review,) = Review.objects.values_list("witnessed_at", flat=True)
    assert instants[-2] <= review <= instants[-1]
    states = list(State.objects.all())
    assert states
    for one in states:
        assert one.known_from <= one.known_to
        assert one.seg_from <= one.seg_to
        assert one.entry_earliest <= one.entry_latest
    sizes = list(Checkpoint.objects.filter(log="hechos").order_by("pk").values_list("size", flat=True))
    assert all(one < other for one, other in pairwise(sizes))
    assert fsck().clean


@pytest.mark.parametrize("turns", TURNS.values(), ids=list(TURNS))
def test_row_10_what_was_recorded_stays_known_whatever_the_clock_says_then(
    turns: tuple[timedelta, timedelta], desk: User, second: User, case: NewCase
) -> None:
    person = recorded(desk, second, case, turns)
    with clock.frozen(datetime.now(UTC) + min(turns)):
        page = queries.case(desk, person.code, as_of=date(2026, 2, 1))
        told = [*page.facts, *(fact for one in page.detentions for fact in one.facts)]
        live = {fact.kind: fact.live for fact in told}
        assert live == {"name": True, "arrest": True, "release": False, "withdrawal": False}
        assert (
            figures.figure(desk, "held", as_of=date(2026, 2, 1), rule="all_detained", grade="reported")[
                "value"
            ]
            == 1
        )


def test_row_10_a_clock_that_is_behind_is_said_on_every_page(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.DESK])
    assert clock_behind() is None
    assert "El reloj de esta máquina" not in client.get("/registro/").content.decode()
    with clock.frozen(datetime.now(UTC) - timedelta(hours=2)):
        page = client.get("/registro/", follow=True).content.decode()
        assert "El reloj de esta máquina va 120 minutos detrás" in page
        assert known_now() > clock.now()


def test_row_10_a_second_counted_twice_is_nobodys_alarm(desk: User, case: NewCase) -> None:
    case(desk, "Persona Inventada")
    with clock.frozen(datetime.now(UTC) - timedelta(seconds=2)):
        assert clock_behind() is None


def test_row_10_a_session_does_not_last_longer_because_of_the_register(
    world: World, signed_in: SignedIn
) -> None:
    """Sessions go by the clock itself: a register that was once ahead must not keep them open."""
    with clock.frozen(datetime.now(UTC) + A_YEAR):
        services.withdraw(world.users[Role.DESK], world.lara.facts.get(kind="arrest").pk, "x")
    client = signed_in(world.users[Role.DESK])
    with clock.frozen(datetime.now(UTC) + timedelta(minutes=31)):
        assert "/entrar/" in client.get("/").headers.get("Location", "")


@pytest.mark.parametrize("text", ["2016-12-31T23:59:60", "2016-12-31T23:59:60Z", "2026-03-29T24:00:01"])
def test_row_10_a_second_that_no_clock_of_ours_counts_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as refused:
        days.instant(text, "--known-at", UTC)
    assert refused.value.code == "cli.instant"


def test_row_10_days_of_23_and_25_hours_end_where_the_next_begins() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        before = end_of_day(day - timedelta(days=1), madrid)
        assert end_of_day(day, madrid) - before == timedelta(hours=hours)
    # Half an hour was skipped in Caracas on 1 May 2016.
    caracas = ZoneInfo("America/Caracas")
    before = end_of_day(date(2016, 4, 30), caracas)
    assert end_of_day(date(2016, 5, 1), caracas) - before == timedelta(hours=23.5)
