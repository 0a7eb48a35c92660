"""Announcements from the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.claims import services
from tests.apps.claims.test_announcements import BEGAN, given, released
from tests.cli.conftest import Command
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db


def test_announcements_are_listed_with_what_was_verified(
    here: Command, admin: User, desk: User, second: User, case: NewCase
) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    released(desk, second, case, "Persona Inventada", "2026-02-02", 40)
    told = here("announcements", "list", "--rule", "all_detained", "--json").json
    (one,) = told["announcements"]
    assert (one["number"], one["value"], one["verified"], one["remaining"]) == (number, 10, 1, 9)
    assert told["rule"] == "all_detained"
    before = here("announcements", "list", "--known-at", "2026-02-02", "--rule", "all_detained", "--json")
    assert before.json["announcements"][0]["verified"] == 0
    assert here("announcements", "list", "--known-at", "2026-01-01", "--json").json["announcements"] == []
    assert "Salidas de febrero" in here("announcements", "list").out


def test_one_is_shown_with_its_steps_and_no_name(
    here: Command, admin: User, desk: User, second: User, case: NewCase
) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    services.add_names(desk, number, "1. Persona Inventada\n2. Otra Persona")
    person = released(desk, second, case, "Persona Inventada", "2026-02-02", 40)
    found = here("announcements", "show", str(number), "--rule", "all_detained", "--json")
    told = found.json
    (step,) = told["steps"]
    assert datetime.fromisoformat(step["known_at"]) == (BEGAN + timedelta(hours=40)).astimezone(UTC)
    assert [one["code"] for one in told["releases"]] == [person.code]
    assert (told["list"]["total"], told["list"]["undecided"], told["hidden"]) == (2, 2, 0)
    assert date.fromisoformat(told["announced_on"]) == date(2026, 2, 1)
    assert "Inventada" not in found.out
    plain = here("announcements", "show", str(number), "--rule", "all_detained")
    assert plain.code == 0
    assert "autorizado y no cumplido" in plain.out


def test_a_withdrawn_one_says_why(here: Command, admin: User, desk: User) -> None:
    number = services.announce(desk, given(), at=BEGAN)
    services.withdraw_announcement(desk, number, note="Entró dos veces")
    assert "Entró dos veces" in here("announcements", "show", str(number)).out
    told = here("announcements", "show", str(number), "--json").json
    assert (told["withdrawn"], told["verified"], told["steps"]) == (True, None, [])


def test_one_that_is_not_there_is_refused(here: Command, admin: User) -> None:
    told = here("announcements", "show", "99")
    assert (told.code, told.err.split("]")[0]) == (3, "[announcement.not_found")
