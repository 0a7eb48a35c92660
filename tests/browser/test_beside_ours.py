"""From an article to the chart: its figure read by the house, confirmed, and seen beside ours."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from constancia.apps.claims import services
from constancia.domain.claims.claim import Claim, Period
from constancia.domain.vocabulary.terms import Role, Said
from tests.apps.claims.papers import about, held, paper
from tests.browser.conftest import Open
from tests.support.world import World

ARTICLE = (
    "Foro Penal informó este lunes de que en el país hay 7 presos políticos.\n"
    "De ellos, dos son mujeres y cinco son hombres."
)


def test_an_article_is_pasted_its_figure_confirmed_and_seen_beside_ours(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.DESK], "/cifras-ajenas/nuevo/")
    page.get_by_label("El texto", exact=True).fill(ARTICLE)
    page.get_by_label("Título").fill("Una nota inventada")
    page.get_by_label("Día que lleva").fill("2026-03-02")
    page.get_by_role("button", name="Guardar y leer").click()
    page.wait_for_url(re.compile(r"/cifras-ajenas/\d+/$"))
    first = page.locator("article.claim").first
    expect(first).to_contain_text("Foro Penal")
    expect(first.locator(".value b")).to_have_text("7")
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator("#cuentas")).to_contain_text("1 confirmada")
    page.get_by_role("link", name="Cifras ajenas").first.click()
    page.get_by_role("link", name="Verlas junto a las nuestras").click()
    row = page.get_by_role("row", name=re.compile("^Foro Penal .*7 2 mar 2026"))
    expect(row).to_contain_text("2 mar 2026")
    drawn = page.locator("svg.chart.wide path.c-q title")
    expect(drawn.filter(has_text="Foro Penal")).to_have_count(1)
    row.get_by_role("link", name="7").click()
    expect(page.locator("mark.confirmed")).to_contain_text("7 presos políticos")


def _said(world: World) -> None:
    """Two organisations' totals, and a contradiction."""
    desk = world.users[Role.DESK]
    claims: list[Claim] = [
        about(held(), claimant="Foro Penal", value=5),
        about(held(), claimant="Justicia, Encuentro y Perdón (JEP)", value=9),
    ]
    for value, day in ((30, 2), (20, 3)):
        period = Period(held().as_of.replace(day=1), held().as_of.replace(day=day))  # type: ignore[union-attr]
        claims.append(about(held(), about=Said.RELEASED, value=value, period=period, as_of=period.end))
    for claim in claims:
        number = services.add_document(desk, paper(), again=True, read=False).document
        services.add_claim(desk, number, claim)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "telephone"])
@pytest.mark.parametrize(
    "path",
    [
        "/cifras-ajenas/lado-a-lado/",
        "/cifras-ajenas/lado-a-lado/?que=released&al=2026-03-05&desde=2026-03-01",
        "/cifras-ajenas/conciliar/",
    ],
)
def test_comparing_is_clean_for_axe_and_fits_its_screen(
    world: World, open_as: Open, path: str, phone: bool
) -> None:
    _said(world)
    page = open_as(world.users[Role.READER], path, phone=phone)
    found = Axe().run(page).response["violations"]
    assert "; ".join(f"{one['id']} {one['nodes'][0]['html'][:160]}" for one in found) == ""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_bridge_leads_from_one_figure_to_another_and_back_to_people(world: World, open_as: Open) -> None:
    _said(world)
    page = open_as(world.users[Role.DESK], "/cifras-ajenas/lado-a-lado/")
    ladder = page.get_by_role("table", name="Qué separa las dos cifras")
    expect(ladder).to_contain_text("Foro Penal dice")
    expect(ladder).to_contain_text("sin explicar en la cifra de Justicia, Encuentro y Perdón (JEP)")
    page.get_by_label("De la cifra de", exact=True).select_option(index=1)
    page.get_by_label("a la de", exact=True).select_option(index=0)
    page.get_by_role("button", name="Explicar").click()
    expect(page.get_by_role("heading", name=re.compile("^De la cifra de Justicia"))).to_be_visible()
    ladder.get_by_role("row", name=re.compile("Nuestra cuenta: Regla del Foro Penal")).get_by_role(
        "link"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
