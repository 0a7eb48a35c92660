"""People of the house, from the command line."""

from __future__ import annotations

from typing import Any

import pytest

from constancia.apps.accounts.models import User
from tests.cli.conftest import Command

pytestmark = pytest.mark.django_db


def test_a_user_is_created_listed_changed_and_shut_out(here: Command, admin: User) -> None:
    made = here("user", "create", "lucrecia", "--role", "coordinator", "--region", "lara", "--json")
    assert made.json["user"] == {
        "username": "lucrecia",
        "name": "lucrecia",
        "role": "coordinator",
        "regions": ["lara"],
        "active": True,
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
