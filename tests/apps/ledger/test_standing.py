"""A register that is not the one that published last can be entered and read, says so, takes nothing in."""

from __future__ import annotations

import pytest
from django.test import Client

from constancia.apps.accounts import services as accounts
from constancia.apps.accounts.models import User
from constancia.apps.ledger import standing
from constancia.apps.ledger.services import sealing
from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.vocabulary.terms import Role
from constancia.infra import unlocked
from tests.support.cast import NewCase
from tests.support.seals import without_last_seal
from tests.support.world import SignedIn

pytestmark = pytest.mark.django_db

BANNER = "Solo lectura: este registro no es el que publicó el último sello."


@pytest.fixture
def restored(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    sealing.seal()
    without_last_seal()


@pytest.mark.usefixtures("restored")
def test_people_get_in_and_can_be_shut_out(desk: User, second: User) -> None:
    token = accounts.issue_link(None, desk)
    assert Client().get(f"/entrar/{token}/").status_code == 200
    assert accounts.redeem_link(token).user == desk
    with pytest.raises(InputRefused, match=r"account\.sign_in"):
        accounts.authenticate(desk.username, "no es la suya")
    assert not accounts.disable(None, second).is_active
    with pytest.raises(StoreRefused, match=r"ledger\.restored"):
        accounts.create_user(None, "nueva", "Nueva", Role.READER)


@pytest.mark.usefixtures("restored")
def test_every_page_says_so_in_red_and_a_case_is_not_taken(desk: User, signed_in: SignedIn) -> None:
    client = signed_in(desk)
    page = client.get("/", follow=True).content.decode()
    assert BANNER in page
    assert 'role="alert"' in page


def test_an_ordinary_page_says_nothing_of_it(desk: User, case: NewCase, signed_in: SignedIn) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    assert BANNER not in signed_in(desk).get("/", follow=True).content.decode()


def test_a_checkpoint_file_that_says_something_else_is_told_apart(desk: User, case: NewCase) -> None:
    case(desk, "Onésimo Urdaneta")
    sealing.seal()
    path = unlocked.home().checkpoint
    path.write_bytes(path.read_bytes().replace(b"\n64\n", b"\n65\n"))
    standing.forget()
    assert standing.standing() == "unreadable"
    with pytest.raises(StoreRefused, match=r"ledger\.unreadable"):
        sealing.seal()
