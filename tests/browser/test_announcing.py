"""A promise is entered with its list, its names are decided on, and what came of it is seen."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from constancia.apps.accounts.models import User
from constancia.apps.figures.queries import today
from constancia.domain.vocabulary.terms import Role
from tests.apps.claims.test_announcements import confirm_everything
from tests.browser.conftest import Open
from tests.support.cast import NewCase
from tests.support.world import World


@pytest.fixture(autouse=True)
def _everybody_counts(settings: Any) -> None:
    settings.CONSTANCIA_RULE = "all_detained"


def _clean(page: Page) -> None:
    """What the page shows now is clean for axe, and no wider than the screen."""
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']} {one['nodes'][0]['html'][:120]}" for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("script", [True, False], ids=["at a desk", "on a telephone without script"])
def test_from_the_promise_to_its_progress(
    world: World, open_as: Open, second: User, case: NewCase, script: bool
) -> None:
    desk, yesterday = world.users[Role.DESK], (today() - timedelta(days=1)).isoformat()
    case(desk, "Ana Inventada Libre", arrested="2026-01-09", released=yesterday)
    confirm_everything(second)
    page = open_as(desk, "/anuncios/", phone=not script, script=script)
    page.get_by_role("link", name="Anotar un anuncio").click()
    page.get_by_label("El anuncio, en pocas palabras").fill("Diez salidas")
    page.get_by_label("Quién lo anunció").fill("Vicepresidencia inventada")
    page.get_by_label("Cuándo").fill(yesterday)
    page.get_by_label("Cuántas salidas").fill("10")
    page.get_by_label("Con el anuncio se dio una lista de nombres").check()
    page.get_by_role("button", name="Anotar").click()
    page.get_by_label("La lista").fill("1. ANA INVENTADA LIBRE\n2. PERSONA INVENTADA LARAL\n3. Nadie Deltodo")
    page.get_by_role("button", name="Guardar los nombres").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Diez salidas")
    expect(page.get_by_text("De 9 no hay constancia de que salieran.")).to_be_visible()
    page.get_by_role("button", name="Es Ana Inventada Libre").click()
    expect(page.get_by_text("Quedó anotado quién es.")).to_be_visible()
    page.get_by_role("button", name="Es Persona Inventada Laral").first.click()
    page.get_by_role("button", name="No está en el registro").click()
    for group, count in (("salieron, verificado", 1), ("Autorizado y no cumplido", 1), ("no están", 1)):
        row = page.get_by_role("row").filter(has_text=re.compile(group, re.IGNORECASE))
        expect(row.first).to_contain_text(str(count))
    expect(page.locator(".chart:visible .c-promise")).to_have_count(1)  # flat: no box to be visible
    expect(page.locator(".chart:visible .c-riseend")).to_be_visible()
    if script:
        _clean(page)
    page.locator("#avance").locator("..").get_by_role("link", name="1", exact=True).click()
    expect(page.get_by_role("link", name="Ana Inventada Libre")).to_be_visible()
    page.get_by_role("link", name="Balance").first.click()
    expect(page.locator(".marks")).to_contain_text("Vicepresidencia inventada: Diez salidas")
    expect(page.locator(".chart:visible .c-dotnum").first).to_be_visible()
    expect(page.get_by_text("No dicen que una cosa causara la otra.")).to_be_visible()
    if script:
        _clean(page)


def test_a_release_is_attributed_by_hand_and_taken_back(
    world: World, open_as: Open, second: User, case: NewCase
) -> None:
    desk = world.users[Role.DESK]
    late = case(desk, "Tardía Inventada", arrested="2026-01-09", released="2026-01-20")
    confirm_everything(second)
    page = open_as(desk, f"/anuncios/{world.announcement}/")
    page.get_by_label("Código del caso").fill(late.code.lower())
    page.get_by_role("button", name="Buscar el caso").click()
    expect(page.get_by_text("Salió el 20 de enero de 2026")).to_contain_text("No pertenece a ningún anuncio")
    page.get_by_label("Por qué").fill("La familia avisó tarde")
    page.get_by_role("button", name="Pertenece a este anuncio").click()
    expect(page.get_by_text("1 la atribuyó una persona.")).to_be_visible()
    _clean(page)
    page.get_by_label("Código del caso").fill(late.code)
    page.get_by_role("button", name="Buscar el caso").click()
    page.get_by_role("button", name="Deshacer: que decida el plazo").click()
    expect(page.get_by_text("1 la atribuyó una persona.")).to_have_count(0)


def test_a_statement_entered_on_a_telephone_stands_on_the_chart(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.DESK], "/declaraciones/nueva/", phone=True)
    page.get_by_label("Cuándo").fill(today().isoformat())
    page.get_by_label("A qué hora").fill("20:15")
    page.get_by_label("Quién lo dijo").fill("Ministra inventada")
    page.get_by_label("En pocas palabras").fill("Asegura que no queda nadie")
    page.get_by_role("button", name="Anotar").click()
    expect(page.get_by_text("Asegura que no queda nadie")).to_be_visible()
    page.get_by_role("link", name="Balance").first.click()
    expect(page.locator(".marks")).to_contain_text("20:15. Ministra inventada: Asegura que no queda nadie")
    _clean(page)
