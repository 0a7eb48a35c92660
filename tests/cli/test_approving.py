"""`constancia approvals` and `exports trace`; and what the other commands say where two people are needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.approvals import services
from constancia.apps.approvals.models import Request
from constancia.apps.register import exporting
from constancia.apps.register.queries import Filters
from constancia.cli import unlocking
from constancia.domain.vocabulary.terms import Role
from tests.cli.conftest import Command
from tests.support.cast import NewCase
from tests.support.factors import code, enrolled

PHRASE = "cuatro caballos bajo el samán"
Typing = Callable[..., None]


@pytest.fixture
def other(db: None) -> User:
    return accounts.create_user(None, "otilia", "Otilia", Role.ADMINISTRATOR, password=PHRASE)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Typing:
    """typing("a password", "123456"): what somebody at the keyboard answers, in this order."""

    def types(*answers: str) -> None:
        left = iter(answers)
        monkeypatch.setattr(unlocking, "ask_for", lambda _what: next(left))

    return types


def test_a_command_that_needs_two_asks_and_does_it_when_it_is_given_again(
    here: Command, admin: User, other: User, typing: Typing
) -> None:
    create = ("user", "create", "laura", "--role", "coordinator", "--region", "lara", "--name", "Laura")
    asked = here(*create)
    number = str(Request.objects.get().pk)
    assert (asked.code, asked.err[: len("[approval.asked]")]) == (4, "[approval.asked]")
    assert number in asked.err
    assert here(*create).err.startswith("[approval.waiting]")
    shown = here("approvals", "show", number, "--as", "otilia").out
    assert "Una cuenta nueva, «laura» (Laura)" in " ".join(shown.split())
    assert "Lara" in shown
    assert here("approvals", "approve", number, "--as", "otilia").err.startswith("[approval.no_factor]")
    enrolled(other)
    typing("una contraseña equivocada")
    assert here("approvals", "approve", number, "--as", "otilia").err.startswith("[account.sign_in]")
    typing(PHRASE, "000000")
    assert here("approvals", "approve", number, "--as", "otilia").err.startswith("[account.code]")
    assert here("approvals", "list", "--json").json["approvals"][0]["stage"] == "waiting"
    typing(PHRASE, code())
    assert here("approvals", "approve", number, "--as", "otilia", "--json").json["stage"] == "approved"
    assert here(*create).code == 0
    assert User.objects.get(username="laura").regions == ["lara"]
    assert here("approvals", "list", "--json").json["approvals"][0]["stage"] == "used"
    assert "Usada" in here("approvals", "list").out


def test_the_holder_of_the_key_who_says_to_be_another_does_not_approve(
    here: Command, admin: User, other: User
) -> None:
    enrolled(other)
    here("user", "create", "laura", "--role", "desk")
    number = str(Request.objects.get().pk)
    assert here("approvals", "approve", number, "--as", "otilia").err.startswith("[cli.passphrase_needed]")
    assert here("approvals", "refuse", number, "--as", "otilia", "--json").json["stage"] == "refused"
    assert here("user", "create", "laura", "--role", "reader").code == 0


def test_a_key_is_neither_made_nor_taken_away_alone(
    here: Command, admin: User, other: User, tmp_path: Path
) -> None:
    file = tmp_path / "registro.llave"
    assert here("keys", "file", str(file)).err.startswith("[approval.asked]")
    assert here("keys", "passphrase").err.startswith("[approval.asked]")
    assert not file.exists()
    assert Request.objects.count() == 2


def test_everything_leaves_by_two_people_and_every_line_says_whose_it_is(
    here: Command, admin: User, other: User, case: NewCase, tmp_path: Path
) -> None:
    case(admin, "Zutana Inventada")
    target = tmp_path / "todo"
    leave = ("export-all", "--to", str(target), "--confirm", "Organización de prueba")
    assert here(*leave).err.startswith("[approval.reason]")
    assert here(*leave, "--reason", "nos vamos").err.startswith("[approval.asked]")
    assert not target.exists()
    number = Request.objects.get().pk
    services.answer(other, number, approve=True)
    assert here(*leave).code == 0
    readme = (target / "LEEME.md").read_text("utf-8")
    assert f"Exportación {number}. La pidió Adela, la aprobó Otilia" in readme
    lines = (target / "register_fact.jsonl").read_text("utf-8").splitlines()
    assert all(len(json.loads(line)["export_reference"]) == 26 for line in lines)
    leaked = tmp_path / "uno.jsonl"
    leaked.write_text(lines[-1], encoding="utf-8")
    (found,) = here("exports", "trace", str(leaked), "--json").json["exports"]
    assert (found["number"], found["by"], found["rows"]) == (number, "references", 1)
    told = (target / "approvals_request.jsonl").read_text("utf-8")
    assert "nos vamos" in told
    assert '"mark"' not in told


def test_a_file_is_traced_in_words(
    here: Command, admin: User, other: User, case: NewCase, tmp_path: Path
) -> None:
    case(admin, "Zutana Inventada")
    number = exporting.ask(admin, "", Filters(), "para la defensa")
    services.answer(other, number, approve=True)
    file = tmp_path / "lista.csv"
    file.write_text("".join(exporting.leaving(admin, number)), encoding="utf-8")
    told = " ".join(here("exports", "trace", str(file)).out.split())
    assert "es el mismo archivo" in told
    assert "Otilia" in told
    file.write_text("nada", encoding="utf-8")
    assert "No prueba que no saliera" in " ".join(here("exports", "trace", str(file)).out.split())
    assert "Nothing in that file" in here("exports", "trace", str(file), "--lang", "en").out
