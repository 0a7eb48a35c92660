"""Probable duplicates, judged in a browser: by keyboard at a desk, and on a telephone without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from constancia.apps.matching.duplicates import queries
from constancia.apps.register.identity import judged
from constancia.apps.register.likeness import Pair
from constancia.domain.matching.shapes import Reason
from constancia.domain.vocabulary.terms import Role
from tests.browser.conftest import Open
from tests.support.cast import NewCase
from tests.support.world import World


@pytest.fixture
def two_pairs(world: World, case: NewCase, monkeypatch: pytest.MonkeyPatch) -> World:
    """The two cases of the small world, and two more that are likelier still."""
    desk = world.users[Role.DESK]
    first, second = case(desk, "Onésimo Urdaneta Paz"), case(desk, "Onesimo Urdaneta")
    why = (Reason("name.sound", "a", "b", 4.0), Reason("state.other", "lara", "zulia", -1.0))
    found = [Pair(first.pk, second.pk, 0.97, why), Pair(world.lara.pk, world.zulia.pk, 0.6, why)]
    monkeypatch.setattr(queries, "pairs", lambda user, **_: found)
    return world


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_the_desk_judges_by_keyboard_and_takes_it_back(two_pairs: World, open_as: Open) -> None:
    page = open_as(two_pairs.users[Role.DESK], "/duplicados/#decidir")
    first = page.locator("article.couple").first
    expect(first).to_be_focused()
    expect(first.locator("mark.differs").first).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("article.couple").nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("m")
    expect(first.get_by_label("La misma persona")).to_be_checked()
    expect(first.get_by_label("Por qué")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Escriba por qué")).to_be_visible()
    expect(page.get_by_label("Por qué").first).to_be_focused()
    assert judged().said == ()
    page.keyboard.type("misma cédula, dice la madre")
    page.keyboard.press("Enter")
    expect(page.get_by_text("cuentan desde ahora como una sola persona")).to_be_visible()
    assert [said.verdict.value for said in judged().said] == ["same"]
    expect(page.locator("article.couple")).to_have_count(1)
    expect(page.locator("article.couple").first).to_be_focused()
    page.keyboard.press("d")
    page.keyboard.type("otra persona, mdnz?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("no se volverá a preguntar")).to_be_visible()
    expect(page.locator("article.couple")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.get_by_text("El juicio quedó deshecho")).to_be_visible()
    expect(page.locator("article.couple")).to_have_count(1)
    assert [said.verdict.value for said in judged().said] == ["same"]


def test_letters_are_left_alone_by_who_puts_them_away(two_pairs: World, open_as: Open) -> None:
    page = open_as(two_pairs.users[Role.DESK], "/duplicados/#decidir")
    page.keyboard.press("?")
    page.get_by_label("Usar las teclas de una letra en este equipo").uncheck()
    page.locator("article.couple").first.focus()
    page.keyboard.press("d")
    expect(page.locator("input[name=verdict]:checked")).to_have_count(0)


def test_on_a_telephone_without_script_a_pair_is_judged_and_undone(two_pairs: World, open_as: Open) -> None:
    page = open_as(two_pairs.users[Role.DESK], "/revision/", phone=True, script=False)
    page.get_by_role("link", name="Duplicados").click()
    first = page.locator("article.couple").first
    first.get_by_label("No está claro").check()
    first.get_by_label("Por qué").fill("falta la partida")
    first.get_by_role("button", name="Anotar").click()
    expect(page.get_by_text("pasan a la lista de dudas")).to_be_visible()
    page.get_by_role("link", name="Dudas").click()
    expect(page.get_by_text("falta la partida")).to_be_visible()
    page.get_by_role("button", name="Deshacer lo último").click()
    expect(page.get_by_text("El juicio quedó deshecho")).to_be_visible()
    assert judged().said == ()


@pytest.mark.parametrize("address", ["/duplicados/", "/duplicados/?lista=dudas", "/duplicados/decididos/"])
def test_nothing_goes_beyond_a_telephones_width(two_pairs: World, open_as: Open, address: str) -> None:
    assert fits(open_as(two_pairs.users[Role.DESK], address, phone=True))


def test_a_case_says_with_whom_it_is_counted_and_how_to_undo_it(two_pairs: World, open_as: Open) -> None:
    page = open_as(two_pairs.users[Role.DESK], "/duplicados/", phone=True)
    first = page.locator("article.couple").first
    first.get_by_label("La misma persona").check()
    first.get_by_label("Por qué").fill("misma cédula")
    first.get_by_role("button", name="Anotar").click()
    expect(page.get_by_text("cuentan desde ahora")).to_be_visible()
    one, *_ = judged().said
    page.get_by_role("link", name="Decididas").click()
    page.get_by_role("link", name="Onésimo Urdaneta Paz").click()
    expect(page.get_by_text("En las cifras cuenta una sola vez")).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name="Deshacer: separar de").click()
    page.get_by_label("¿Por qué se retira?").fill("era otra persona")
    page.get_by_role("button", name="Retirar").click()
    expect(page.get_by_text("En las cifras cuenta una sola vez")).to_have_count(0)
    assert (one.number, judged().said) == (one.number, ())
