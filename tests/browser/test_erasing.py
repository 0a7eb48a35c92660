"""One person asks for an erasure, of somebody or of words, and another approves it, on a desk and on a
telephone, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from constancia.apps.register import services
from constancia.apps.register.services import FactGiven
from constancia.domain.vocabulary.terms import Role, Verdict
from tests.browser.conftest import Open
from tests.support.cast import SEEN
from tests.support.world import World


def wide(page: Page) -> bool:
    """Whether the page is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.django_db(transaction=True)
def test_one_asks_another_approves_and_the_case_says_the_day(world: World, open_as: Open) -> None:
    desk, admin = world.users[Role.DESK], world.users[Role.ADMINISTRATOR]
    page = open_as(desk, f"/borrados/?caso={world.lara.code}", script=False)
    expect(page.get_by_label("Código del caso")).to_have_value(world.lara.code)
    expect(page.get_by_label("Motivo")).to_have_value("")
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


@pytest.mark.django_db(transaction=True)
def test_a_lawyer_asks_for_words_to_go_and_the_case_says_so_in_place(world: World, open_as: Open) -> None:
    desk, lawyer = world.users[Role.DESK], world.users[Role.LAWYER]
    person, other = world.lara, world.zulia
    detention = person.detentions.get().pk
    told = FactGiven("narrative", {"text": "Llame a la vecina al 0414-5550101"})
    (seq,) = services.add_facts(desk, person.code, facts=[told], source=SEEN, detention=detention)
    services.review(lawyer, person.facts.get(kind="arrest").pk, Verdict.CONFIRM, "Lo vio la vecina")
    named = FactGiven("narrative", {"text": "Estaba con Persona Inventada Laral"})
    of_other = other.detentions.get().pk
    services.add_facts(desk, other.code, facts=[named], source=SEEN, detention=of_other)
    page = open_as(lawyer, f"/expediente/{person.code}/", script=False, phone=True)
    page.locator(f"#h{seq} summary").first.click()
    page.locator(f"#h{seq}").get_by_role("link", name="Pedir que se borren palabras").click()
    assert not wide(page)
    expect(page.get_by_label("Relato")).to_be_checked()
    page.get_by_label("Motivo").select_option("danger")
    page.get_by_role("button", name="Pedir el borrado").click()
    expect(page.get_by_role("button", name="Retirar la petición")).to_be_visible()
    expect(page.get_by_role("button", name="Aprobar y borrar")).to_have_count(0)
    path = "/" + page.url.split("/", 3)[3]
    mine = open_as(desk, path)
    mine.get_by_label("Leí el caso").check()
    mine.get_by_role("button", name="Aprobar y borrar").click()
    expect(mine.get_by_text("adivine el texto exacto")).to_be_visible()
    done = open_as(lawyer, f"/expediente/{person.code}/", phone=True)
    expect(done.locator(f"#h{seq} blockquote")).to_contain_text("[borrado: corre peligro")
    assert "0414" not in done.content()
    assert not wide(done)
    asked = open_as(desk, f"/borrados/?caso={person.code}", script=False)
    asked.get_by_label("Motivo").select_option("asked_by_family")
    asked.get_by_role("button", name="Pedir el borrado").click()
    asked.get_by_role("link", name="Buscar dónde más").click()
    expect(asked.get_by_role("cell", name=other.code)).to_be_visible()
    hint = open_as(desk, "/" + asked.url.split("/", 3)[3], phone=True)
    assert not wide(hint)
