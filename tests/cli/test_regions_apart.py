"""ASVS 8.4.1 at the terminal: what happens in another region changes no answer to somebody of this one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.register.models import Person
from constancia.apps.register.services import FactGiven
from constancia.infra import clock
from tests.cli.conftest import Command
from tests.support.cast import NewCase, on

pytestmark = pytest.mark.django_db


def _asked(here: Command, mine: Person, theirs: Person) -> list[tuple[int, str, str]]:
    orders = (
        ("search", "inventada"),
        ("search", "secreta"),
        ("search", "V-12345678"),
        ("search", "--state", "zulia"),
        ("case", mine.code),
        ("case", theirs.code),
        ("review", "queue"),
        ("duplicates",),
    )
    said = [here(*order, "--as", "laura", "--json") for order in orders]
    return [(one.code, one.out, one.err) for one in said]


def test_row_26_no_order_tells_of_another_region(
    here: Command, admin: User, desk: User, lara: User, case: NewCase
) -> None:
    mine = case(desk, "Persona Inventada Laral", state="lara")
    theirs = case(desk, "Persona Inventada Zuliana", state="zulia")
    later = clock.now() + timedelta(hours=1)
    with clock.frozen(later):
        before = _asked(here, mine, theirs)
    document = FactGiven("identity_document", {"number": "V-12345678"})
    order = FactGiven("release_order", {}, on("2026-01-20"))
    for name in ("Persona Inventada Laral", "Persona Secreta Zuliana", "Persona Secreta Zuliana"):
        case(desk, name, state="zulia", more=(document, order))
    with clock.frozen(later):
        assert _asked(here, mine, theirs) == before
    assert all("Zuliana" not in out + err for _, out, err in before)
