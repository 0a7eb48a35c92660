"""An hour at the desk with somebody else's figures: paste, look, decide by keyboard, correct, take back."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from constancia.apps.accounts.models import User
from constancia.apps.claims import queries, services
from constancia.apps.claims.services import documents
from constancia.domain.vocabulary.terms import Qualifier, Role
from tests.apps.claims.papers import TEXT, about, held, paper
from tests.browser.conftest import Open
from tests.support.world import World

FOUND = [
    held(),
    about(held("20 son mujeres", 20), category="mujeres", filters={"sex": "woman"}),
    about(held("20 son mujeres y 100 son hombres", 100), category="hombres", filters={"sex": "man"}),
]


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that finds three claims in the invented text; the live server runs in this process."""
    monkeypatch.setattr(documents, "propose", lambda text, *_: FOUND if text.startswith(TEXT) else [])


def desk(world: World) -> User:
    return world.users[Role.DESK]


def card(page: Page, value: str) -> Locator:
    return page.locator("article.claim", has=page.locator(".value b", has_text=re.compile(f"^{value}$")))


def counts(page: Page, *words: str) -> None:
    for one in words:
        expect(page.locator("#cuentas")).to_contain_text(one)


def paste(page: Page) -> None:
    page.get_by_role("link", name="Añadir un documento").click()
    page.get_by_label("El texto", exact=True).fill(TEXT)
    page.get_by_label("Título").fill("Un balance")
    page.get_by_label("Día que lleva").fill("2026-03-04")
    page.get_by_role("button", name="Guardar y leer").click()
    page.wait_for_url(re.compile(r"/cifras-ajenas/\d+/$"))


def test_an_article_is_pasted_and_its_claims_decided_by_keyboard_alone(world: World, open_as: Open) -> None:
    page = open_as(desk(world), "/cifras-ajenas/")
    paste(page)
    counts(page, "3 por decidir")
    page.keyboard.press("j")
    expect(card(page, "120")).to_be_focused()
    expect(page.locator("mark.now")).to_have_text("120 personas presas")
    page.keyboard.press("c")
    counts(page, "2 por decidir", "1 confirmada")
    expect(page.locator("mark.confirmed")).to_have_text("120 personas presas")
    expect(card(page, "20")).to_be_focused()
    page.keyboard.press("e")
    value = page.get_by_label("Cifra", exact=True)
    expect(value).to_be_focused()
    value.fill("21")
    page.get_by_label("Matiz").select_option("at_least")
    page.keyboard.press("Enter")
    counts(page, "1 por decidir", "2 confirmadas", "1 corregida")
    expect(card(page, "21")).to_contain_text("Se había leído: 20")
    expect(card(page, "100")).to_be_focused()
    page.keyboard.press("x")
    counts(page, "Todo decidido", "1 rechazada")
    expect(card(page, "100")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("k")
    expect(card(page, "120")).to_be_focused()
    page.keyboard.press("u")
    counts(page, "1 por decidir", "1 confirmada")
    expect(card(page, "120")).to_be_focused()
    kept = {line.claim.value: line.claim.qualifier for line in queries.confirmed(desk(world))}
    assert kept.pop(21) is Qualifier.AT_LEAST
    assert kept.keys() == {120}, "that of the world's own document alone"


def test_a_form_that_is_left_changes_nothing_and_one_that_is_wrong_stays_open(
    world: World, open_as: Open
) -> None:
    number = services.add_document(desk(world), paper()).document
    page = open_as(desk(world), f"/cifras-ajenas/{number}/#decidir")
    expect(card(page, "120")).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_label("Cifra", exact=True)).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(card(page, "120")).to_be_focused()
    page.keyboard.press("e")
    page.get_by_label("La cita").fill("palabras que no están")
    page.get_by_role("button", name="Guardar y confirmar").click()
    expect(page.get_by_text("Esas palabras no están en el texto.")).to_be_visible()
    expect(page.get_by_label("La cita")).to_be_focused()
    counts(page, "3 por decidir")


def test_words_marked_in_the_text_become_the_quotation_of_a_new_claim(world: World, open_as: Open) -> None:
    odd = (
        TEXT + "\n" + "😀" * 40 + " También dijo que 1.204 personas salieron, y que 1.204 personas volvieron."
    )
    number = services.add_document(desk(world), paper(odd)).document
    page = open_as(desk(world), f"/cifras-ajenas/{number}/")
    start = odd.index("1.204 personas")
    page.evaluate(
        """() => {
            const line = document.querySelector('#texto p:last-child').firstChild;
            const at = line.data.indexOf('1.204 personas');
            document.getSelection().setBaseAndExtent(line, at, line, at + 14);
        }"""
    )
    page.keyboard.press("n")
    expect(page.get_by_label("La cita")).to_have_value("1.204 personas")
    expect(page.get_by_label("Cifra", exact=True)).to_have_value("1204")
    page.get_by_label("Quién lo dice").fill("Gobierno Inventado")
    page.get_by_role("button", name="Guardar y confirmar").click()
    counts(page, "1 confirmada")
    (line,) = (one for one in queries.confirmed(desk(world)) if one.document == number)
    assert (line.claim.start, line.claim.value) == (start, 1204)


def test_keys_do_nothing_where_one_writes_and_are_told_when_asked(world: World, open_as: Open) -> None:
    number = services.add_document(desk(world), paper()).document
    page = open_as(desk(world), f"/cifras-ajenas/{number}/#decidir")
    expect(card(page, "120")).to_be_focused()
    page.keyboard.press("e")
    who = page.get_by_label("Quién lo dice")
    who.fill("")
    who.press_sequentially("cxuejk?")
    expect(who).to_have_value("cxuejk?")
    counts(page, "3 por decidir")
    page.keyboard.press("Escape")
    expect(card(page, "120")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_text("confirmar y seguir")).to_be_visible()


def test_single_keys_can_be_put_away_and_stay_so(world: World, open_as: Open) -> None:
    number = services.add_document(desk(world), paper()).document
    page = open_as(desk(world), f"/cifras-ajenas/{number}/#decidir")
    expect(card(page, "120")).to_be_focused()
    page.keyboard.press("?")
    page.get_by_label("Usar las teclas de una letra en este equipo").uncheck()
    for _visit in ("here", "later"):
        card(page, "120").focus()
        page.keyboard.type("cxn")
        page.keyboard.press("ArrowDown")
        expect(card(page, "20")).to_be_focused()
        counts(page, "3 por decidir")
        page.reload()
        expect(card(page, "120")).to_be_focused()


def test_without_script_everything_can_be_done(world: World, open_as: Open) -> None:
    page = open_as(desk(world), "/cifras-ajenas/", phone=True, script=False)
    paste(page)
    card(page, "120").get_by_role("button", name="Confirmar").click()
    counts(page, "2 por decidir", "1 confirmada")
    card(page, "20").get_by_role("link", name="Corregir").click()
    page.get_by_label("Cifra", exact=True).fill("21")
    page.get_by_role("button", name="Guardar y confirmar").click()
    counts(page, "1 por decidir", "2 confirmadas")
    card(page, "100").get_by_role("button", name="Rechazar").click()
    card(page, "120").get_by_role("button", name="Retirar la decisión").click()
    counts(page, "1 por decidir", "1 confirmada", "1 rechazada")
    page.get_by_role("link", name="Añadir una cifra").click()
    page.get_by_label("Cifra", exact=True).fill("30")
    page.get_by_label("La cita").fill("la salida de 30")
    page.get_by_role("button", name="Guardar y confirmar").click()
    counts(page, "2 confirmadas")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "telephone"])
def test_a_long_work_in_progress_is_clean_for_axe_and_fits_its_screen(
    world: World, open_as: Open, phone: bool
) -> None:
    text = (
        TEXT
        + "\n"
        + "una palabra larguísima: "
        + "x" * 5000
        + "\nсмесь мовами 混在 نص عربي <script>alert(1)</script>"
    )
    number = services.add_document(desk(world), paper(text, title="T" * 300)).document
    first, second, _third = (line.number for line in queries.document(desk(world), number).claims)
    services.confirm(desk(world), first)
    services.reject(desk(world), second, note="n" * 300)
    page = open_as(desk(world), f"/cifras-ajenas/{number}/#decidir", phone=phone)
    expect(card(page, "100")).to_be_focused()
    for _state in ("read", "corrected"):
        found = Axe().run(page).response["violations"]
        assert "; ".join(f"{one['id']} {one['nodes'][0]['html'][:160]}" for one in found) == ""
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.keyboard.press("e")
        expect(page.get_by_label("Cifra", exact=True)).to_be_focused()
