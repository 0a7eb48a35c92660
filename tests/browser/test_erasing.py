"""One person asks for an erasure and another approves it, on a desk and on a telephone, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from constancia.domain.vocabulary.terms import Role
from tests.browser.conftest import Open
from tests.support.world import World


def wide(page: Page) -> bool:
    """Whether the page is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.django_db(transaction=True)
def test_one_asks_another_approves_and_the_case_says_the_day(world: World, open_as: Open) -> None:
    desk, admin = world.users[Role.DESK], world.users[Role.ADMINISTRATOR]
    page = open_as(desk, f"/borrados/?caso={world.lara.code}", script=False)
    expect(page.get_by_label("Código del caso")).to_have_value(world.lara.code)
    page.get_by_label("Motivo").select_option("asked_by_person")
    page.get_by_role("button", name="Pedir el borrado").click()
    expect(page.get_by_role("button", name="Retirar la petición")).to_be_visible()
    expect(page.get_by_role("button", name="Aprobar y borrar")).to_have_count(0)
    path = "/" + page.url.split("/", 3)[3]
    other = open_as(admin, path, phone=True)
    assert not wide(other)
    other.get_by_role("button", name="Aprobar y borrar").click()
    expect(other.get_by_text("No se borró nada")).to_be_visible()
    other.get_by_label("Leí el caso").check()
    other.get_by_role("button", name="Aprobar y borrar").click()
    expect(other.get_by_text("no diga antes que el borrado está completo")).to_be_visible()
    assert not wide(other)
    listed = open_as(desk, "/borrados/", phone=True)
    expect(listed.get_by_text("Borrada aquí; falta que venzan copias")).to_be_visible()
    assert not wide(listed)
    gone = open_as(desk, f"/expediente/{world.lara.code}/", phone=True)
    expect(gone.get_by_role("heading", name="Borrado el")).to_be_visible()
    assert not wide(gone)
    assert "Laral" not in gone.content()
