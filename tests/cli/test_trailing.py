"""`constancia trail`, and what `constancia case` shows only after somebody said why."""

from __future__ import annotations

from typing import Any

import pytest

from constancia.domain.codes import new_code
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import bootstrap, trail
from tests.apps.register.test_revealing import MORE, NUMBER
from tests.cli.conftest import Command
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db


def test_a_case_is_opened_with_a_reason_and_shows_it_that_once(
    here: Command, admin: Any, case: NewCase
) -> None:
    code = case(admin, "Onésimo Urdaneta", more=MORE).code
    assert NUMBER not in here("case", code).out
    assert here("case", code, "--open", "identity").code == 2
    assert NUMBER not in here("case", code, "--open", "sealed", "--reason", "family").out
    assert NUMBER in here("case", code, "--open", "identity", "--reason", "family", "--json").out
    assert NUMBER not in here("case", code, "--json").out
    deeds = [one.deed for one in trail.events("deed LIKE '%_opened'")]
    assert deeds == [Deed.IDENTITY_OPENED, Deed.SOURCE_OPENED]


def test_what_was_noted_is_shown_counted_and_checked(here: Command, admin: Any, case: NewCase) -> None:
    code = case(admin, "Onésimo Urdaneta", more=MORE).code
    here("case", code, "--open", "sealed", "--reason", "defence")
    month = f"{trail.events(limit=1)[0].at.astimezone(bootstrap.zone()):%Y-%m}"
    (user,) = here("trail", "openings", "--month", month, "--json").json["users"]
    assert (user["openings"], user["reasons"]) == (1, {"defence": 1})
    (event,) = here("trail", "events", "--deed", "source_opened", "--json").json["events"]
    assert (event["code"], event["said"]) == (code, {"reason": "defence"})
    assert [one["deed"] for one in here("trail", "events", "--code", code, "--json").json["events"]] == [
        "case_read",
        "source_opened",
    ]
    assert here("trail", "check", "--json").json["holds"] is True
    for words in (("trail", "openings"), ("trail", "events"), ("trail", "check")):
        told = here(*words)
        assert told.code == 0
        assert "Onésimo" not in told.out


def test_a_trail_that_does_not_hold_is_refused(here: Command, admin: Any) -> None:
    trail.note(None, Deed.SEARCHED)
    with trail._file().opened() as connection:
        connection.execute("DROP TRIGGER event_kept")
        connection.execute("UPDATE event SET actor = 99 WHERE seq = 1")
    assert here("trail", "check").code == 6
    told = here("ledger", "fsck", "--json")
    assert told.code == 6
    assert told.json["faults"] == {"trail_altered": 1}


def test_a_refusal_at_the_command_line_is_noted(here: Command, admin: Any) -> None:
    assert here("case", new_code()).code == 3
    (noted,) = trail.events(limit=1)
    assert (noted.actor, noted.deed, noted.about) == (None, Deed.REFUSED, "command")


@pytest.mark.parametrize("month", ["2026", "2026-13", "2026-1", "x" * 7, "2026/11"])
def test_a_month_that_is_none_is_refused(here: Command, admin: Any, month: str) -> None:
    assert here("trail", "openings", "--month", month).code == 2
