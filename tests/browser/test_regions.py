"""The key of a region, without scripts: a passphrase set, a case closed, opened, seen, and closed again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from constancia.apps.regions.services import holding
from constancia.apps.register import services
from constancia.apps.register.services import FactGiven, SourceGiven
from constancia.domain.vocabulary.terms import Role, SourceKind
from tests.browser.conftest import Open
from tests.support.planted import CONTACT, REACH, SOURCE
from tests.support.regions import RECIPIENT
from tests.support.world import World

WORDS = "una frase inventada de la coordinadora"


def wide(page: Page) -> bool:
    """Whether the page is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def _kept(page: Page, name: str) -> None:
    """A picture for whoever asked for one."""
    if folder := os.environ.get("CONSTANCIA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _reveal(page: Page) -> None:
    page.get_by_text("Abrir lo reservado").click()
    page.locator("#id_sealed_reason").select_option("family")
    page.locator("form", has=page.locator("#id_sealed_reason")).get_by_role("button").click()


@pytest.mark.django_db(transaction=True)
def test_a_case_is_closed_then_opened_with_a_passphrase_seen_and_closed(world: World, open_as: Open) -> None:
    coordinator, desk = world.users[Role.COORDINATOR], world.users[Role.DESK]
    page = open_as(coordinator, "/reservado/", script=False)
    page.get_by_label("Frase nueva").fill(WORDS)
    page.get_by_label("Otra vez").fill(WORDS)
    page.get_by_role("button", name="Ponerla").click()
    expect(page.get_by_text("Su frase quedó puesta.")).to_be_visible()

    holding.make_key("lara", [coordinator], [RECIPIENT])
    contact = FactGiven("contact", {"contact_name": CONTACT, "said_tie": "tía", "reach": REACH})
    services.add_facts(
        desk, world.lara.code, facts=[contact], source=SourceGiven(SourceKind.RELATIVE, SOURCE)
    )
    case = f"/expediente/{world.lara.code}/"
    page.goto(page.url.replace("/reservado/", case))
    _reveal(page)
    expect(page.get_by_text("además hace falta la llave de Lara")).to_be_visible()
    expect(page.get_by_text(CONTACT)).to_have_count(0)
    _kept(page, "caso-cerrado-1280")

    page.get_by_role("link", name="Abrirla").click()
    page.get_by_label("Su frase para lo reservado").fill("otra frase, que no es")
    page.get_by_role("button", name="Abrir", exact=True).click()
    expect(page.get_by_text("Esa no es la frase")).to_be_visible()
    page.get_by_label("Su frase para lo reservado").fill(WORDS)
    page.get_by_label("Por cuánto tiempo").select_option("1")
    page.get_by_role("button", name="Abrir", exact=True).click()
    expect(page.get_by_text("Abierto. Cierre cuando termine.")).to_be_visible()
    _kept(page, "reservado-1280")
    page.goto(page.url.replace("/reservado/", case))
    expect(page.get_by_text(CONTACT)).to_be_visible()
    _kept(page, "caso-abierto-1280")

    asker = open_as(desk, case, phone=True)
    _reveal(asker)
    asker.get_by_text("Pedir que se lo muestre").click()
    assert not wide(asker)
    _kept(asker, "pedir-360")
    asker.locator("#id_ask_reason").select_option("defence")
    asker.get_by_role("button", name="Pedirlo").click()
    expect(asker.get_by_text("Ya pidió verlo")).to_be_visible()
    expect(asker.get_by_text(CONTACT)).to_have_count(0)

    page.goto(page.url.replace(case, "/reservado/"))
    _kept(page, "responder-1280")
    page.get_by_role("button", name="Mostrárselo una hora").click()
    asker.reload()
    expect(asker.get_by_text(CONTACT)).to_be_visible()

    mine = open_as(coordinator, "/reservado/", phone=True)
    assert not wide(mine)
    _kept(mine, "reservado-360")
    mine.get_by_role("button", name="Cerrar ahora").click()
    asker.reload()
    expect(asker.get_by_text(CONTACT)).to_have_count(0)
    expect(asker.get_by_text("Se lo aprobaron, y está cerrada.")).to_be_visible()
    assert not wide(asker)
    _kept(asker, "caso-cerrado-360")
