"""A command repeated with its key is carried out once."""

from __future__ import annotations

from typing import Any

from constancia.cli.late import late
from tests.cli.conftest import Command

users = late("constancia.apps.accounts.models")
CREATE = ("user", "create", "zoraida", "--role", "reader")


def test_a_command_repeated_with_its_key_records_once_and_ends_well(here: Command, admin: Any) -> None:
    assert here(*CREATE, "--once", "envio-1").code == 0
    again = here(*CREATE, "--once=envio-1")
    assert again.code == 0
    assert again.err == "Ya estaba registrado con esa clave: no se anotó otra vez.\n"
    assert users.User.objects.filter(username="zoraida").count() == 1
    told = here(*CREATE, "--once", "envio-1", "--json")
    assert told.json["already"] is True


def test_without_a_key_it_is_refused_as_ever(here: Command, admin: Any) -> None:
    assert here(*CREATE).code == 0
    assert here(*CREATE).code != 0


def test_a_key_used_for_another_command_is_refused(here: Command, admin: Any) -> None:
    assert here(*CREATE, "--once", "envio-1").code == 0
    told = here("user", "create", "otra", "--role", "reader", "--once", "envio-1")
    assert told.err.startswith("[retry.other]")
    assert not users.User.objects.filter(username="otra").exists()


def test_a_key_too_long_is_refused_by_its_option(here: Command, admin: Any) -> None:
    told = here(*CREATE, "--once", "x" * 5000)
    assert (told.code, "--once" in told.err) == (2, True)
