"""Ways of unlocking by two people; the passphrase by whoever gives the present one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.approvals import services as approvals
from constancia.apps.approvals.models import Request
from constancia.apps.upkeep import ways
from constancia.domain.errors import InputRefused, NotAllowed, StoreRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.terms import Role
from constancia.infra import secrets_unlock, sharing, trail, unlocked
from tests.support.houses import PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return accounts.create_user(None, "adela", "Adela", Role.ADMINISTRATOR)


@pytest.fixture
def desk(admin: User) -> User:
    return accounts.create_user(None, "delfina", "Delfina", Role.DESK)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been done to the keystore of the whole run."""
    told: list[str] = []

    def records(what: str, answer: Any = None) -> Any:
        return lambda *_, **__: told.append(what) or answer

    monkeypatch.setattr(secrets_unlock, "change_passphrase", records("passphrase"))
    monkeypatch.setattr(secrets_unlock, "add_key_file", records("keyfile"))
    monkeypatch.setattr(secrets_unlock, "remove_way", records("removed", "keyfile"))
    monkeypatch.setattr(sharing, "share_out", records("shares", []))
    return told


def _another() -> str:
    return "otra frase inventada"


def test_each_is_done_once_another_has_approved_exactly_that(
    admin: User, desk: User, done: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = [{"number": n, "kind": "keyfile", "since": "2026-01-01"} for n in (1, 2)]
    monkeypatch.setattr(ways.queries, "ways", lambda _by: two)
    to = [sharing.new_identity(tmp_path / f"persona-{n}") for n in (1, 2, 3)]
    deeds = {
        "keyfile": lambda: ways.add_key_file(admin, tmp_path / "llave"),
        "removed": lambda: ways.remove(admin, 2),
        "passphrase": lambda: ways.change_passphrase(admin, _another, None),
        "shares": lambda: ways.share(admin, 2, to[:2], tmp_path / "partes"),
    }
    for what, deed in deeds.items():
        with pytest.raises(NotAllowed) as asked:
            deed()
        assert asked.value.code == "approval.asked"
        assert what not in done
        approvals.answer(desk, int(asked.value.params["number"]), approve=True)
        deed()
        assert done[-1] == what
        assert (trail.events(limit=1)[0].deed, trail.events(limit=1)[0].actor) == (Deed.KEY_CHANGED, admin.pk)
        with pytest.raises(NotAllowed, match=r"approval\.asked"):
            deed()
    with pytest.raises(NotAllowed, match=r"approval\.asked"):
        ways.share(admin, 2, to[1:], tmp_path / "partes")  # other people


def test_whoever_gives_the_present_passphrase_changes_it_alone(
    admin: User, desk: User, done: list[str]
) -> None:
    with pytest.raises(StoreRefused, match=r"store\.wrong_passphrase"):
        ways.change_passphrase(admin, _another, "no es esta")
    assert done == []
    ways.change_passphrase(admin, _another, PASSPHRASE)
    assert done == ["passphrase"]
    assert Request.objects.count() == 0


def test_what_is_wrong_is_said_before_anybody_is_asked(
    admin: User, desk: User, done: list[str], tmp_path: Path
) -> None:
    for deed, code in (
        (lambda: ways.add_key_file(admin, unlocked.home().path / "llave"), "keys.beside"),
        (lambda: ways.remove(admin, 9), "keys.no_such_way"),
        (lambda: ways.remove(admin, 1), "keys.last_way"),
        (lambda: ways.share(admin, 2, ["age1x", "age1y"], tmp_path / "partes"), "share.recipient"),
    ):
        with pytest.raises(InputRefused) as refused:
            deed()
        assert refused.value.code == code
    with pytest.raises(NotAllowed, match=r"account\.not_allowed"):
        ways.add_key_file(desk, tmp_path / "llave")
    assert Request.objects.count() == 0
    assert done == []
