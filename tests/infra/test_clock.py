"""The clock runs in UTC, and stops where a test stops it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from constancia.infra import clock


def test_the_clock_runs_and_knows_its_zone() -> None:
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_stopped_clock_stands_and_runs_on_afterwards() -> None:
    caracas = timezone(timedelta(hours=-4))
    with clock.frozen(datetime(2026, 1, 8, 20, tzinfo=caracas)):
        assert clock.now() == datetime(2026, 1, 9, tzinfo=UTC)
        assert clock.now().tzinfo is UTC
        with clock.frozen(datetime(2020, 1, 1, tzinfo=UTC)):
            assert clock.now().year == 2020
        assert clock.now().year == 2026
    assert clock.now() != datetime(2026, 1, 9, tzinfo=UTC)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(datetime(2026, 1, 8)):
        pass
