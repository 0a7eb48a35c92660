"""What the doctor looks at, one thing at a time."""

from __future__ import annotations

from typing import Any

import pytest

from constancia.cli.commands import doctor
from tests.cli.conftest import Command


def codes(found: Any) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("CONSTANCIA_DEBUG", "1", "doctor.debug"), ("CONSTANCIA_HOSTS", "registro.example", "doctor.proxy")],
)
def test_an_environment_that_weakens_is_named(
    suite_home: Any, monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: str
) -> None:
    for variable in ("CONSTANCIA_DEBUG", "CONSTANCIA_HOSTS", "CONSTANCIA_TRUSTED_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    assert code not in codes(doctor.surroundings(suite_home))
    monkeypatch.setenv(name, value)
    assert code in codes(doctor.surroundings(suite_home))


def test_a_key_kept_beside_what_it_opens_is_named(suite_home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSTANCIA_KEY_FILE", str(suite_home.path / "llave.txt"))
    assert next(iter(doctor.key(suite_home))).code == "doctor.key_beside"


@pytest.mark.django_db
def test_the_database_of_the_test_run_is_sound(suite_home: Any) -> None:
    assert codes(doctor.database(suite_home)) == []


@pytest.mark.django_db
def test_a_house_without_an_administrator_is_named(suite_home: Any) -> None:
    assert codes(doctor.house(suite_home)) == ["cli.no_administrator"]


@pytest.mark.django_db
def test_the_doctor_reports_as_one_object(here: Command, admin: Any) -> None:
    told = here("doctor", "--json")
    assert set(told.json) == {"healthy", "checked", "findings", "mode"}
    assert (told.json["mode"]["mode"], told.json["mode"]["reason"]) == ("normal", "")
    assert told.code == (0 if told.json["healthy"] else 7)
