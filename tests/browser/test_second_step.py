"""The second step on a telephone: an application typed by hand, and a passkey of the browser's own."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from constancia.apps.accounts import services
from constancia.apps.accounts.models import User
from constancia.domain.vocabulary.terms import Role
from constancia.infra.clock import frozen, now
from tests.browser.conftest import Open
from tests.support.factors import STEP, code
from tests.support.world import World

PHRASE = "cuatro caballos bajo el samán"


def sign_in(page: Page, user: User) -> None:
    page.get_by_label("Nombre de usuario").fill(user.username)
    page.get_by_label("Contraseña").fill(PHRASE)
    page.get_by_role("button", name="Entrar").click()


def test_a_volunteer_sets_an_application_up_on_an_old_telephone_without_script(
    world: World, open_as: Open
) -> None:
    user = services.set_password(world.users[Role.VOLUNTEER], PHRASE)
    page = open_as(None, "/entrar/", phone=True, script=False)
    sign_in(page, user)
    expect(page.get_by_role("heading", name="Proteja su cuenta")).to_be_visible()
    page.get_by_role("link", name="Usar una aplicación").click()
    expect(page.get_by_alt_text("Código QR con el secreto")).to_be_visible()
    page.get_by_text("escribirlo a mano").click()
    secret = page.locator(".letters").inner_text().replace(" ", "")
    page.get_by_label("El código de seis cifras").fill(code(secret))
    page.get_by_role("button", name="Terminar").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="Ya los anoté").click()
    page.wait_for_url(re.compile("/expediente/nuevo/"))
    page.get_by_role("button", name="Salir").click()
    sign_in(page, user)
    with frozen(now() + STEP):
        page.get_by_label("Código", exact=True).fill(code(secret))
        page.get_by_role("button", name="Seguir").click()
        page.wait_for_url(re.compile("/expediente/nuevo/"))


def test_a_coordinator_makes_a_passkey_signs_in_with_it_and_ends_the_other_session(
    world: World, open_as: Open
) -> None:
    user = services.set_password(world.users[Role.COORDINATOR], PHRASE)
    page = open_as(None, "/entrar/", phone=True)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    about = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": about})
    sign_in(page, user)
    page.get_by_role("link", name="Añadir una llave de acceso").click()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("¿Cómo la llamará?").fill("mi teléfono")
    page.get_by_role("button", name="Crear la llave").click()
    page.get_by_role("link", name="Ya los anoté").click()
    page.context.clear_cookies(name="sesion")
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/cuenta/")
    sign_in(page, user)
    page.get_by_role("button", name="Usar mi llave de acceso").click()
    page.wait_for_url(re.compile("/cuenta/$"))
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    expect(page.locator("[aria-labelledby=sesiones] li")).to_have_count(2)
    page.get_by_role("button", name="Cerrar", exact=True).click()
    expect(page.locator("[aria-labelledby=sesiones] li")).to_have_count(1)


def test_a_passkey_that_the_telephone_does_not_confirm_is_said_and_a_code_is_left(
    world: World, open_as: Open
) -> None:
    page = open_as(world.users[Role.DESK], "/cuenta/segundo-paso/llave/", phone=True)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    about = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": False,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": about})
    page.get_by_label("¿Cómo la llamará?").fill("mi teléfono")
    page.get_by_role("button", name="Crear la llave").click()
    expect(page.get_by_role("alert")).to_contain_text("No se creó ninguna llave")
