"""A list of names at the desk: pasted, decided by keyboard, accepted, seen in four groups, undone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from constancia.apps.accounts.models import User
from constancia.domain.vocabulary.terms import Role
from tests.apps.matching.lists import standing
from tests.browser.conftest import Open
from tests.support.world import World

NAMES = "LARAL INVENTADA PERSONA\nPersona Inventada Zuliana\nzzz qqq xxx\nwww vvv"


def desk(world: World) -> User:
    return world.users[Role.DESK]


def send(page: Page) -> None:
    page.get_by_role("link", name="Mandar una lista").click()
    page.get_by_label("La lista", exact=True).fill(NAMES)
    page.get_by_label("Título").fill("Lista de la puerta")
    page.get_by_label("¿Qué dice de quienes están en ella?").select_option("released")
    page.get_by_label("¿De qué día habla?").fill("10 de marzo de 2026")
    page.get_by_label("¿Quién lo dice?").select_option("own_volunteer")
    page.get_by_role("button", name="Guardar la lista").click()
    page.wait_for_url(re.compile(r"/listas/\d+/$"))


def card(page: Page, words: str) -> Locator:
    return page.locator("article.entry", has=page.locator(".value", has_text=words))


def counts(page: Page, **groups: int) -> None:
    for name, number in groups.items():
        expect(page.locator(f"#grupos .q-{name} b")).to_have_text(str(number))


def clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_a_pasted_list_is_decided_by_keyboard_accepted_and_undone(world: World, open_as: Open) -> None:
    page = open_as(desk(world), "/listas/")
    send(page)
    counts(page, undecided=4, both=0, theirs=0, unsure=0)
    clean(page)
    page.keyboard.press("j")
    expect(card(page, "LARAL")).to_be_focused()
    page.keyboard.press("s")
    counts(page, undecided=3, both=1)
    expect(card(page, "LARAL")).to_contain_text(world.lara.code)
    expect(card(page, "Zuliana")).to_be_focused()
    page.keyboard.press("d")
    expect(card(page, "Zuliana")).to_contain_text("No es: Persona Inventada Zuliana")
    page.keyboard.press("u")
    expect(card(page, "Zuliana")).not_to_contain_text("No es:")
    page.keyboard.press("s")
    counts(page, undecided=2, both=2)
    page.keyboard.press("n")
    counts(page, theirs=1)
    page.keyboard.press("i")
    counts(page, undecided=0, unsure=1)
    assert standing(desk(world), world.lara) == ("in_custody", "in_custody")
    page.get_by_role("link", name="Anotar lo decidido").click()
    clean(page)
    expect(page.locator("table.accepting tbody tr")).to_have_count(2)
    page.get_by_role("checkbox", name=re.compile("Zuliana")).uncheck()
    page.get_by_role("button", name="Anotar las filas marcadas").click()
    expect(page.locator(".message.success")).to_contain_text("Anotado de 1 entrada")
    assert standing(desk(world), world.lara) == ("in_custody", "out_unspecified")
    assert standing(desk(world), world.zulia) == ("in_custody", "in_custody")
    page.locator(".q-both a").click()
    expect(card(page, "LARAL")).to_contain_text("Anotado:")
    page.locator(".q-ours a").click()
    expect(page.locator(".sorting")).to_contain_text("no son nadie de la lista")
    page.get_by_role("link", name="Deshacer todo lo anotado").click()
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".message.success")).to_contain_text("Deshecho")
    assert standing(desk(world), world.lara) == ("in_custody", "in_custody")


@pytest.mark.parametrize("phone", [False, True])
def test_the_same_without_script_and_on_a_telephone(phone: bool, world: World, open_as: Open) -> None:
    page = open_as(desk(world), "/listas/", phone=phone, script=False)
    send(page)
    card(page, "LARAL").get_by_role("button", name="Es la misma").first.click()
    counts(page, undecided=3, both=1)
    card(page, "zzz").get_by_role("button", name="No está en el registro").click()
    card(page, "www").get_by_role("button", name="No se puede decir").click()
    counts(page, undecided=1, theirs=1, unsure=1)
    page.get_by_role("link", name="Ver propuestas").click()
    page.get_by_role("link", name="Volver a la lista").click()
    page.get_by_role("link", name="Anotar lo decidido").click()
    page.get_by_role("button", name="Anotar las filas marcadas").click()
    page.locator(".q-both a").click()
    card(page, "LARAL").get_by_role("button", name="Deshacer lo anotado").click()
    counts(page, undecided=2, both=0)
    assert standing(desk(world), world.lara) == ("in_custody", "in_custody")


def test_the_pages_of_lists_hold_on_a_telephone(world: World, open_as: Open) -> None:
    page = open_as(desk(world), "/listas/", phone=True)
    clean(page)
    for path in (
        "nueva/",
        f"{world.of_list}/",
        f"{world.of_list}/anotar/?umbral=50",
        f"{world.of_list}/cambios/",
    ):
        page.goto(page.url.split("/listas/")[0] + f"/listas/{path}")
        clean(page)


def test_a_volunteer_sends_a_list_from_a_telephone_and_sees_a_receipt(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.VOLUNTEER], "/listas/", phone=True)
    page.get_by_role("link", name="Mandar una lista").click()
    page.get_by_label("La lista", exact=True).fill(NAMES)
    page.get_by_label("Título").fill("Desde la puerta")
    page.get_by_label("¿Qué dice de quienes están en ella?").select_option("held")
    page.get_by_label("¿De qué día habla?").fill("10 de marzo de 2026")
    page.get_by_label("¿Quién lo dice?").select_option("witness")
    page.get_by_role("button", name="Guardar la lista").click()
    expect(page.locator("main")).to_contain_text("se leyeron 4 nombres")
    clean(page)
    expect(page.locator("main")).not_to_contain_text(world.lara.code)
