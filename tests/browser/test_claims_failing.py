"""Deciding when something is in the way: a server that fails, a session that ended, keys put away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from constancia.apps.claims import queries, services
from constancia.apps.claims.models import Decision, Document
from constancia.apps.claims.services import documents
from constancia.domain.vocabulary.terms import Role
from constancia.infra import session_file
from tests.apps.claims.papers import TEXT, paper
from tests.browser.conftest import Open
from tests.browser.test_claims import FOUND, card, desk
from tests.support.world import World


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "propose", lambda text, *_: FOUND if text.startswith(TEXT) else [])


def end_sessions() -> None:
    with session_file.file().transaction() as connection:
        connection.execute("DELETE FROM visit")


def said_on(page: Page, value: str, words: str) -> None:
    expect(card(page, value).get_by_role("alert")).to_contain_text(words)
    expect(page.get_by_role("alert")).to_have_count(1)


def test_a_decision_that_does_not_reach_the_server_is_said_on_its_card(world: World, open_as: Open) -> None:
    number = services.add_document(desk(world), paper()).document
    page = open_as(desk(world), f"/cifras-ajenas/{number}/#decidir")
    expect(card(page, "120")).to_be_focused()
    before = Decision.objects.count()

    def answering(status: int) -> None:
        page.unroute("**/decidir/")
        page.route("**/decidir/", lambda route: route.fulfill(status=status, body="x"))

    answering(429)
    page.keyboard.press("c")
    said_on(page, "120", "El servidor no respondió como debía. No se guardó nada")
    answering(403)
    page.keyboard.press("x")
    said_on(page, "120", "El servidor no aceptó el envío. No se guardó nada")
    expect(card(page, "120")).to_contain_text("Por decidir")
    assert Decision.objects.count() == before
    page.unroute("**/decidir/")
    page.keyboard.press("c")
    expect(page.locator("#cuentas")).to_contain_text("2 por decidir")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_decision_into_an_ended_session_is_said_to_be_lost_and_leads_back(
    world: World, open_as: Open
) -> None:
    number = services.add_document(desk(world), paper()).document
    page = open_as(desk(world), f"/cifras-ajenas/{number}/#decidir")
    expect(card(page, "120")).to_be_focused()
    end_sessions()
    page.keyboard.press("c")
    page.wait_for_url("**/entrar/**")
    expect(page.get_by_text("Su sesión terminó; no se guardó nada")).to_be_visible()
    expect(page.locator("main input[name=next]")).to_have_value(f"/cifras-ajenas/{number}/#decidir")
    assert queries.document(desk(world), number).claims[0].decided_by == ""


def test_a_text_is_not_sent_into_an_ended_session(world: World, open_as: Open) -> None:
    page = open_as(desk(world), "/cifras-ajenas/nuevo/")
    page.get_by_label("El texto", exact=True).fill(TEXT)
    page.get_by_label("Título").fill("Un balance")
    cookies = page.context.cookies()
    before = Document.objects.count()
    page.context.clear_cookies(name="sesion")
    page.get_by_role("button", name="Guardar y leer").click()
    expect(page.get_by_role("alert")).to_contain_text("todavía no se envió nada")
    expect(page.get_by_label("El texto", exact=True)).to_have_value(TEXT)
    assert Document.objects.count() == before
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.get_by_role("button", name="Guardar y leer").click()
    page.wait_for_url("**/cifras-ajenas/*/")
    expect(page.locator("#cuentas")).to_contain_text("3 por decidir")


def test_keys_that_were_put_away_stay_away_where_there_is_no_switch(world: World, open_as: Open) -> None:
    number = services.add_document(desk(world), paper()).document
    claim = queries.document(desk(world), number).claims[0].number
    page = open_as(desk(world), f"/cifras-ajenas/{number}/")
    page.get_by_text("Con el teclado").click()
    page.get_by_label("Usar las teclas de una letra").uncheck()
    page.goto(page.url.replace(f"/{number}/", f"/cifra/{claim}/corregir/"))
    page.get_by_role("button", name="Guardar y confirmar").focus()
    page.keyboard.press("j")
    expect(page.get_by_role("button", name="Guardar y confirmar")).to_be_focused()


def test_whoever_only_reads_can_put_the_keys_away(world: World, open_as: Open) -> None:
    number = services.add_document(desk(world), paper()).document
    page = open_as(world.users[Role.READER], f"/cifras-ajenas/{number}/")
    page.keyboard.press("j")
    expect(card(page, "120")).to_be_focused()
    page.get_by_text("Con el teclado").click()
    page.get_by_label("Usar las teclas de una letra").uncheck()
    card(page, "120").focus()
    page.keyboard.press("j")
    expect(card(page, "120")).to_be_focused()


def test_what_has_the_focus_is_never_under_the_text_on_a_telephone(world: World, open_as: Open) -> None:
    number = services.add_document(desk(world), paper(TEXT + "\nMás texto." * 40)).document
    page = open_as(desk(world), f"/cifras-ajenas/{number}/#decidir", phone=True)
    expect(card(page, "120")).to_be_focused()
    page.keyboard.press("j")
    expect(card(page, "20")).to_be_focused()
    for _step in range(6):
        page.keyboard.press("Shift+Tab")
        top, end = page.evaluate(
            "() => [document.activeElement.getBoundingClientRect().top,"
            " document.querySelector('.reading .text').getBoundingClientRect().bottom]"
        )
        assert top >= end


def test_the_fields_of_a_correction_show_their_words_whole(world: World, open_as: Open) -> None:
    number = services.add_document(desk(world), paper()).document
    claim = queries.document(desk(world), number).claims[0].number
    page = open_as(desk(world), f"/cifras-ajenas/cifra/{claim}/corregir/")
    for label, least in (("Matiz", 160), ("Al día", 140), ("Hasta el", 140)):
        box = page.get_by_label(label, exact=True).bounding_box()
        assert box is not None
        assert box["width"] >= least
