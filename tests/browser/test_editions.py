"""From a draft to files in somebody's hands: refused for a small cell, merged, approved by another, built."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from constancia.apps.accounts.models import User
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.models import Draft
from tests.apps.publishing.crowd import PUBLISHED, Crowd, draft, publish
from tests.browser.conftest import Open

PLAN = """
[report]
sections = ["hoy"]

[[daily]]
name = "daily_releases"
start = 2026-02-01
title = { es = "Excarcelaciones por día", en = "Releases by day" }
"""
TEXTS = {
    "informe.toml": PLAN,
    "es/hoy.md": "# Hoy\n\nAl cierre había {{ held }} personas detenidas.\n",
    "en/hoy.md": "# Today\n\nAt the close {{ held }} people were held.\n",
}


@pytest.fixture
def crowd(desk: User, second: User) -> Crowd:
    """Nine people in each of two states, two in a third; and a report of one section."""
    made = Crowd(desk, second)
    for state, number in {"lara": 9, "miranda": 9, "zulia": 2}.items():
        made.add(number, state=state)
    for path, text in TEXTS.items():
        services.save_text(desk, "prueba", path, text, at=PUBLISHED - timedelta(days=1))
    return made


def clean(page: Page) -> None:
    """What the page shows now is clean for axe, and no wider than the screen."""
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']} {one['nodes'][0]['html'][:160]}" for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("script", [True, False], ids=["at a desk", "on a telephone without script"])
def test_from_the_draft_to_the_files(
    crowd: Crowd, desk: User, second: User, open_as: Open, script: bool, tmp_path: Path
) -> None:
    page = open_as(desk, "/ediciones/", phone=not script, script=script)
    page.get_by_role("link", name="Nuevo borrador").click()
    page.get_by_label("Título", exact=True).fill("Situación al 24 de febrero")
    page.get_by_label("Título en inglés").fill("Situation on 24 February")
    page.get_by_label("Al día").fill("2026-02-24")
    page.get_by_label("Regla de población").select_option("all_detained")
    page.get_by_label("Informe").select_option("prueba")
    page.get_by_role("button", name="Empezar el borrador").click()
    if script:
        expect(page.locator("#vista")).to_contain_text("Al cierre había 20 personas detenidas.")
        page.locator("#vista").get_by_role("link", name="English").click()
        expect(page.locator("#vista")).to_contain_text("At the close 20 people were held.")
        clean(page)
    else:
        page.get_by_role("link", name="Ver el informe como está").click()
        expect(page.locator("#vista")).to_contain_text("Al cierre había 20 personas detenidas.")
        page.go_back()

    page.get_by_role("button", name="Guardar y comprobar").click()
    expect(page.get_by_role("heading", name="No se puede publicar así")).to_be_visible()
    expect(page.get_by_text("Zulia: son tan pocas personas que podrían reconocerse.")).to_be_visible()
    if script:
        clean(page)
    page.get_by_role("button", name="Juntar así y comprobar").click()
    expect(page.get_by_role("heading", name="Pasó la comprobación")).to_be_visible()
    expect(page.get_by_text("Pueden aprobarlo: Segundo.")).to_be_visible()
    expect(page.get_by_role("link", name="Leer y aprobar")).to_have_count(0)
    if script:
        clean(page)

    theirs = open_as(second, urlsplit(page.url).path, phone=not script, script=script)
    theirs.get_by_role("link", name="Leer y aprobar").click()
    if script:
        expect(theirs.locator("#vista")).to_contain_text("Al cierre había 20 personas detenidas.")
        clean(theirs)
    theirs.get_by_label("Leí el informe y las cifras, y pueden publicarse.").check()
    theirs.get_by_role("button", name="Aprobar la edición").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Situación al 24 de febrero")
    expect(theirs.get_by_text("Aprobada. Ya nada cambia en ella.")).to_be_visible()

    theirs.get_by_role("button", name="Construir los archivos").click()
    expect(theirs.get_by_text("Los archivos están hechos y firmados.")).to_be_visible(timeout=120_000)
    with theirs.expect_download() as kept:
        theirs.get_by_role("link", name="informe-es.pdf").click()
    file = tmp_path / "informe.pdf"
    kept.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")
    assert kept.value.suggested_filename == "edicion-1-informe-es.pdf"
    theirs.get_by_role("link", name="Verificar", exact=True).click()
    expect(theirs.get_by_text("La edición es la que se aprobó.")).to_be_visible()
    if script:
        clean(theirs)


@pytest.mark.usefixtures("transactional_db")
def test_a_text_is_written_with_its_numbers_beside_it(crowd: Crowd, desk: User, open_as: Open) -> None:
    draft(desk, report="prueba")
    page = open_as(desk, "/ediciones/informes/prueba/es/hoy.md/")
    seen = page.locator("#vista")
    expect(seen).to_contain_text("Al cierre había 20 personas detenidas.")
    page.get_by_label("El texto").fill("# Hoy\n\nEran ")
    page.get_by_text("Nombres que se pueden insertar").click()
    page.get_by_role("button", name="{{ held }}", exact=True).click()
    expect(page.get_by_label("El texto")).to_have_value("# Hoy\n\nEran {{ held }}")
    expect(seen).to_contain_text("Eran 20")
    clean(page)
    page.get_by_label("El texto").fill("# Hoy\n\nEran {{ nadie }}")
    expect(seen).to_contain_text("es/hoy.md, línea 3")
    assert [one.text for one in queries.report_texts(desk, "prueba") if one.path == "es/hoy.md"] == [
        TEXTS["es/hoy.md"]
    ]
    page.get_by_label("El texto").fill("# Hoy\n\nEran {{ held }}.\n")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    page.goto(f"{page.url.partition('?')[0]}?linea=3")
    expect(seen).to_contain_text("Eran 20")
    expect(page.get_by_label("El texto")).to_be_focused()
    marked = "element => element.value.slice(element.selectionStart, element.selectionEnd)"
    assert page.get_by_label("El texto").evaluate(marked) == "Eran {{ held }}."


@pytest.mark.usefixtures("transactional_db")
def test_what_is_typed_is_not_lost_where_the_session_ended(crowd: Crowd, desk: User, open_as: Open) -> None:
    page = open_as(desk, "/ediciones/informes/prueba/es/hoy.md/")
    page.get_by_label("El texto").fill("Una hora de trabajo")
    page.context.clear_cookies()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Su sesión terminó; todavía no se envió nada")).to_be_visible()
    expect(page.get_by_label("El texto")).to_have_value("Una hora de trabajo")


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "telephone"])
def test_every_state_of_a_draft_and_an_edition_is_clean_for_axe(
    crowd: Crowd, desk: User, second: User, open_as: Open, phone: bool
) -> None:
    publish(desk, second, report="prueba")
    refused = draft(desk, report="prueba")
    services.check(desk, refused)
    ended = draft(desk)
    services.discard_draft(desk, ended)
    page = open_as(desk, "/ediciones/", phone=phone)
    base = page.url.removesuffix("/ediciones/")
    approved = min(Draft.objects.filter(first=None).values_list("pk", flat=True))
    for number in (refused, ended, approved):
        page.goto(f"{base}/ediciones/borradores/{number}/")
        page.wait_for_load_state("networkidle")
        clean(page)
    for way in ("1/", "1/informe/", "1/graficas/", "1/cambios/", "1/verificar/", "informes/prueba/nombres/"):
        page.goto(f"{base}/ediciones/{way}")
        page.wait_for_load_state("networkidle")
        clean(page)
