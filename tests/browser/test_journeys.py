"""What people come to do, done in a browser: by keyboard, on a telephone, with and without script."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from constancia.apps.accounts import services
from constancia.domain.vocabulary.terms import Role
from tests.browser.conftest import Open
from tests.support.factors import code, enrolled
from tests.support.world import World

PHRASE = "cuatro caballos bajo el samán"


def test_signing_in_by_keyboard_alone(world: World, open_as: Open) -> None:
    services.set_password(enrolled(world.users[Role.DESK]), PHRASE)
    page = open_as(None, "/revision/")
    expect(page.get_by_label("Nombre de usuario")).to_be_focused()
    page.keyboard.type("es-desk")
    page.keyboard.press("Tab")
    page.keyboard.type(PHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Código", exact=True)).to_be_focused()
    page.keyboard.type(code())
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\d/revision/$"))
    page.keyboard.press("Tab")
    expect(page.get_by_text("Ir al contenido")).to_be_focused()


def test_a_link_lets_somebody_in_and_asks_for_a_password(world: World, open_as: Open) -> None:
    token = services.issue_link(None, world.users[Role.READER])
    page = open_as(None, f"/entrar/{token}/")
    page.get_by_role("button", name="Entrar").click()
    page.get_by_label("Contraseña nueva").fill(PHRASE)
    page.get_by_label("Otra vez").fill(PHRASE)
    page.get_by_role("button", name="Guardar la contraseña").click()
    expect(page.get_by_text("La contraseña quedó cambiada.")).to_be_visible()


def test_a_name_typed_on_a_telephone_warns_of_who_is_there_already(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.COORDINATOR], "/expediente/nuevo/", phone=True)
    page.get_by_label("Nombre completo").press_sequentially("persona inventada", delay=15)
    expect(page.locator("#parecidos")).to_contain_text("Persona Inventada Laral")
    expect(page.locator("#parecidos")).not_to_contain_text("Zuliana")


def test_without_script_the_warning_comes_on_sending_and_the_case_is_still_recorded(
    world: World, open_as: Open
) -> None:
    page = open_as(world.users[Role.DESK], "/expediente/nuevo/", phone=True, script=False)
    page.get_by_label("Nombre completo").fill("Persona Inventada Laral")
    page.get_by_label("¿Cuándo?").fill("principios de enero de 2026")
    page.get_by_label("Estado del país").fill("Lara")
    page.get_by_label("¿Quién lo dice?").select_option("relative")
    page.get_by_role("button", name="Anotar el caso").click()
    expect(page.locator("#parecidos")).to_contain_text("Persona Inventada Laral")
    page.get_by_label("No es ninguna de las personas de la lista.").check()
    page.get_by_role("button", name="Anotar el caso").click()
    expect(page.get_by_text("El caso quedó anotado")).to_be_visible()
    expect(page.get_by_text("principios de enero de 2026").first).to_be_visible()


def test_a_date_that_cannot_be_read_is_refused_beside_the_field(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.DESK], "/expediente/nuevo/", script=False)
    page.get_by_label("Nombre completo").fill("Otra Inventada Nueva")
    page.get_by_label("¿Cuándo?").fill("30/02/2026")
    page.get_by_label("¿Quién lo dice?").select_option("relative")
    page.get_by_role("button", name="Anotar el caso").click()
    expect(page.locator("#id_when_error")).to_be_visible()
    expect(page.get_by_label("¿Cuándo?")).to_have_attribute("aria-invalid", "true")


def test_a_volunteer_records_and_learns_nothing_of_who_is_there(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.VOLUNTEER], "/", phone=True)
    page.get_by_label("Nombre completo").fill("Persona Inventada Laral")
    page.get_by_label("¿Quién lo dice?").select_option("own_volunteer")
    page.get_by_role("button", name="Anotar el caso").click()
    expect(page.get_by_text("La mesa lo revisará")).to_be_visible()
    assert world.lara.code not in page.content()


def test_a_release_is_added_doubted_corrected_and_withdrawn(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.DESK], f"/expediente/{world.lara.code}/")
    page.get_by_role("link", name="Anotar un hecho").click()
    page.get_by_role("link", name="Salida de prisión").click()
    page.get_by_label("Fecha, como la dice la fuente").fill("17 de febrero de 2026")
    page.get_by_label("Forma de salida").select_option("under_measures")
    page.get_by_label("¿Quién lo dice?").select_option("press")
    page.get_by_role("button", name="Anotar").click()
    fact = page.locator(".facts > li", has_text="Excarcelación con medidas")
    expect(fact).to_contain_text("17 de febrero de 2026")
    fact.get_by_text("Cómo lo sabemos").click()
    fact.get_by_role("link", name="Corregir").click()
    page.get_by_label("Forma de salida").select_option("full")
    page.get_by_label("¿Quién lo dice?").select_option("own_lawyer")
    page.get_by_role("button", name="Anotar la corrección").click()
    expect(page.locator("li.past", has_text="Excarcelación con medidas")).to_be_visible()
    fact = page.locator(".facts > li:not(.past)", has_text="Libertad plena")
    fact.get_by_text("Cómo lo sabemos").click()
    fact.get_by_role("link", name="Retirar").click()
    page.get_by_label("¿Por qué se retira?").fill("Era otra persona.")
    page.get_by_role("button", name="Retirar el hecho").click()
    expect(page.locator("li.past", has_text="Libertad plena")).to_contain_text("Era otra persona.")


def test_searching_needs_no_accents_and_leaves_nothing_in_the_address(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.DESK], "/registro/")
    page.locator("#id_text").press_sequentially("inventada", delay=10)
    expect(page.locator(".results > li")).to_have_count(2)
    page.get_by_text("Filtros").click()
    page.locator("#id_state").select_option(label="Zulia")
    expect(page.locator(".results > li")).to_have_count(1)
    page.locator("#id_state").select_option(label="cualquiera")
    expect(page.locator(".results > li")).to_have_count(2)
    page.locator("#id_text").fill("inventada zulian")
    expect(page.locator(".results > li")).to_have_count(1)
    assert page.url.endswith("/registro/")
    page.get_by_role("button", name="Pedir la lista como archivo").hover()
    page.mouse.down()
    page.wait_for_timeout(500)  # a slow finger: leaving the field must not renew what is under it
    page.mouse.up()
    expect(page.get_by_role("heading", level=1)).to_have_text("Descargar la lista")
    expect(page.locator("main .lede")).to_contain_text("1 persona")
    assert page.url.endswith("/registro/csv/")


def test_a_second_person_confirms_from_the_queue(world: World, open_as: Open, second: object) -> None:
    page = open_as(second, "/revision/")
    fact = page.locator(".facts > li", has_text="Persona Inventada Laral").first
    fact.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_text("La revisión quedó anotada.")).to_be_visible()


def test_the_language_switch_stays_on_the_page(world: World, open_as: Open) -> None:
    page = open_as(world.users[Role.DESK], "/registro/")
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/registro/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
