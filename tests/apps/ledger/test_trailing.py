"""Each finished day of the trail is entered into the ledger; a trail that was altered afterwards is found."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from constancia.apps.ledger.models import Notice
from constancia.apps.ledger.queries.trail_checking import check_trail
from constancia.apps.ledger.services import cosigning, trailing
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import clock, trail, unlocked

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOON = datetime(2026, 3, 2, 16, tzinfo=UTC)
LATE = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)  # half past eleven of the same day in Caracas


@pytest.fixture
def noted() -> None:
    """Three events on the second of March, one on the third; both days are entered."""
    for at in (NOON, NOON, LATE, NOON + DAY):
        with clock.frozen(at):
            trail.note(7, Deed.SEARCHED)
    trailing.enter_finished_days(NOON + 2 * DAY)
    with clock.frozen(NOON + 2 * DAY):
        trail.note(7, Deed.CASE_READ, "person", 17)


def rewrite(sql: str, *params: Any) -> None:
    """What somebody with the key does to the file."""
    with trail._file().opened() as connection:
        for name in ("event_kept", "event_stays"):
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(sql, params)


def test_a_day_is_entered_once_when_it_is_over_in_the_organisations_zone(noted: None) -> None:
    days = [(one["day"], one["events"], one["through"]) for one in trailing.digests()]
    assert days == [("2026-03-02", 3, 3), ("2026-03-03", 1, 4)]
    assert trailing.enter_finished_days(NOON + 2 * DAY) == []
    assert trailing.enter_finished_days(NOON + 3 * DAY) == [date(2026, 3, 4)]


def test_the_seal_enters_them_first() -> None:
    with clock.frozen(NOON):
        trail.note(7, Deed.SEARCHED)
    sealed, _ = cosigning.seal_and_cosign(at=NOON + DAY)
    assert len(trailing.digests()) == 1
    assert sum(one.entries for one in sealed if one.log == "hechos") >= 1
    assert not Notice.objects.filter(kind="audit").exclude(text__contains="constancia-trail-1")


def test_a_clock_set_back_loses_no_event() -> None:
    for at in (NOON + DAY, NOON, NOON + 2 * DAY):
        with clock.frozen(at):
            trail.note(7, Deed.SEARCHED)
    trailing.enter_finished_days(NOON + 5 * DAY)
    assert [one["through"] for one in trailing.digests()][-1] == 3
    assert sum(int(str(one["events"])) for one in trailing.digests()) == 3


def test_a_sound_trail_holds(noted: None) -> None:
    found = check_trail()
    assert (found.holds, found.events, found.days, found.open) == (True, 5, 2, 1)


def test_an_event_altered_later_is_named(noted: None) -> None:
    rewrite("UPDATE event SET actor = 8 WHERE seq = 2")
    found = check_trail()
    assert (found.faults, found.first) == ({"trail_altered": 1}, 2)


def test_asvs_16_4_2_a_chain_forged_whole_does_not_fit_what_the_ledger_holds(noted: None) -> None:
    rewrite("UPDATE event SET actor = 8 WHERE seq = 2")
    with trail._file().opened() as connection:
        before = trail.START
        for row in list(connection.execute(f"SELECT {trail.COLUMNS} FROM event ORDER BY seq")):
            before = trail.linked(before, row[:8])
            connection.execute("UPDATE event SET link = ? WHERE seq = ?", (before, row[0]))
    assert list(trail.broken()) == []
    found = check_trail()
    assert (found.faults, found.first) == ({"trail_replaced": 2}, 3)
    assert check_trail(whole=False).faults == found.faults


def test_a_trail_cut_short_is_named(noted: None) -> None:
    rewrite("DELETE FROM event WHERE seq > 3")
    found = check_trail()
    assert (found.faults, found.first) == ({"trail_shortened": 1}, 4)


def test_a_trail_replaced_by_an_empty_one_is_named(noted: None) -> None:
    path = unlocked.home().trail
    trail.close()
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    found = check_trail()
    assert (found.faults, found.events) == ({"trail_shortened": 2}, 0)
