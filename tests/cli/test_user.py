"""People of the house, from the command line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from constancia.apps.accounts import services
from constancia.apps.accounts.models import User
from constancia.domain.errors import NotFound
from constancia.infra import clock
from tests.cli.conftest import Command
from tests.support import factors

pytestmark = pytest.mark.django_db


def test_a_user_is_created_listed_changed_and_shut_out(here: Command, admin: User) -> None:
    made = here("user", "create", "lucrecia", "--role", "coordinator", "--region", "lara", "--json")
    assert made.json["user"] == {
        "username": "lucrecia",
        "name": "lucrecia",
        "role": "coordinator",
        "regions": ["lara"],
        "active": True,
        "second_factor": [],
        "away_until": None,
    }
    assert [u["username"] for u in here("user", "list", "--json").json["users"]] == ["adela", "lucrecia"]
    assert "Lara" in here("user", "list").out
    assert here("user", "role", "lucrecia", "desk", "--json").json["user"]["role"] == "desk"
    assert here("user", "disable", "lucrecia", "--json").json["user"]["active"] is False
    assert here("user", "enable", "lucrecia", "--json").json["user"]["active"] is True


def test_a_link_leads_to_the_sign_in_page(here: Command, admin: User) -> None:
    link = here("user", "link", "adela", "--address", "https://registro.example/", "--json").json["link"]
    assert link.startswith("https://registro.example/entrar/")


def test_a_coordinator_needs_a_state(here: Command, admin: User) -> None:
    told = here("user", "create", "lucrecia", "--role", "coordinator")
    assert (told.code, told.err.split("]")[0]) == (2, "[account.regions")


def test_somebody_unknown_is_not_found(here: Command, admin: User) -> None:
    assert here("user", "disable", "nadie").code == 3


def test_without_an_administrator_nobody_acts(here: Command, db: Any) -> None:
    told = here("search", "algo")
    assert (told.code, told.err.split("]")[0]) == (4, "[cli.no_administrator")


def test_a_disabled_user_does_not_act(here: Command, admin: User) -> None:
    here("user", "create", "lucrecia", "--role", "desk")
    here("user", "disable", "lucrecia")
    assert here("search", "algo", "--as", "lucrecia").code == 4


def test_a_journey_begins_and_ends_and_a_second_step_is_reset_by_link(here: Command, admin: User) -> None:
    until = (clock.now() + timedelta(days=9)).date().isoformat()
    factors.enrolled(admin)
    assert here("user", "list", "--json").json["users"][0]["second_factor"] == ["totp"]
    here("user", "sign-out", "adela")
    assert here("user", "sign-out", "adela", "--json").json == {"ended": 0}
    link = here("user", "reset", "adela", "--json").json["link"]
    assert here("user", "travel", "adela", "--until", until, "--json").json["user"]["away_until"] == until
    assert here("user", "link", "adela").code == 2
    assert here("search", "algo", "--as", "adela").code == 4
    assert here("user", "travel-end", "adela", "--json").json["user"]["away_until"] is None
    with pytest.raises(NotFound):
        services.redeem_link(link.rstrip("/").rsplit("/", 1)[1])
    again = here("user", "reset", "adela", "--json").json["link"]
    services.redeem_link(again.rstrip("/").rsplit("/", 1)[1])
    assert here("user", "list", "--json").json["users"][0]["second_factor"] == []


def test_a_return_that_is_no_day_to_come_is_refused(here: Command, admin: User) -> None:
    for until in ("2026-01-01", "9999-12-31", "mañana"):
        assert here("user", "travel", "adela", "--until", until).code == 2
