"""What the doctor looks at, one thing at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from constancia.cli.commands import doctor
from tests.cli.conftest import Command


def codes(found: Any) -> list[str]:
    return [one.code for one in found]


def test_a_plain_swap_partition_is_named_and_an_encrypted_one_is_not(tmp_path: Path) -> None:
    table = tmp_path / "swaps"
    table.write_text(
        "Filename\tType\tSize\tUsed\tPriority\n"
        "/dev/sda2 partition 100 0 -2\n/dev/dm-1 partition 100 0 -3\n/dev/zram0 partition 100 0 5\n"
        "/swapfile file 100 0 -4\n"
    )
    assert doctor.swaps(table) == ["sda2", "swapfile"]
    assert doctor.swaps(tmp_path / "nothing") == []


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
    assert set(told.json) == {"healthy", "checked", "findings"}
    assert told.code == (0 if told.json["healthy"] else 7)
