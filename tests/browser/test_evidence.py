"""A photograph is put beside a fact, looked at as a copy, and given out; a consent is read on the case."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from constancia.apps.register.services import FactGiven, add_facts
from constancia.domain.vocabulary.terms import Role
from tests.browser.conftest import Open
from tests.infra.viewing.built import AUTHOR, photograph
from tests.support.cast import TOLD, on
from tests.support.world import World

PICTURES = os.environ.get("CONSTANCIA_PICTURES")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "telephone"])
def test_a_photograph_is_kept_seen_as_a_copy_and_given_out(
    phone: bool, world: World, open_as: Open, tmp_path: Path
) -> None:
    fact = world.lara.facts.get(kind="arrest").pk
    path = tmp_path / "foto.jpg"
    path.write_bytes(photograph(size=(900, 600)))
    page = open_as(world.users[Role.DESK], f"/hecho/{fact}/archivo/", phone=phone, script=False)
    page.get_by_label("Qué es").fill("Foto de la boleta")
    page.get_by_label("Archivo").set_input_files(path)
    page.get_by_label("Cómo llegó").select_option("message")
    page.get_by_label("De quién, y cómo").fill("Su hermana, por mensaje")
    _keep(page, f"archivo-{phone}")
    page.get_by_role("button", name="Guardar el archivo").click()
    page.locator(f"#h{fact} summary").first.click()
    page.get_by_role("link", name="Foto de la boleta").click()
    expect(page.get_by_role("heading", name="Cadena de custodia")).to_be_visible()
    expect(page.get_by_text(AUTHOR)).to_be_visible()
    page.locator("img.drawn").scroll_into_view_if_needed()
    expect(page.locator("img.drawn")).to_have_js_property("naturalWidth", 600)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    _keep(page, f"prueba-{phone}")
    page.get_by_label("Para qué").select_option("court")
    page.get_by_label("A quién se entrega").fill("Tribunal Inventado")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Copia sin metadatos").click()
    taken = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename.endswith(".jpg")
    assert AUTHOR.encode() not in taken
    page.reload()
    expect(page.get_by_text("copia sin metadatos entregada")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "telephone"])
def test_the_case_says_what_may_be_published(phone: bool, world: World, open_as: Open) -> None:
    fields = {"tier_given": "public_name", "covers": ["name", "age"], "uses": ["list", "press"],
              "giver": "parent", "how": "voice", "until": "2027-01-08"}  # fmt: skip
    given = FactGiven("consent", fields, on("2026-02-01"))
    add_facts(world.users[Role.DESK], world.lara.code, facts=[given], source=TOLD)
    page = open_as(world.users[Role.DESK], f"/expediente/{world.lara.code}/", phone=phone, script=False)
    expect(page.get_by_role("cell", name="Madre o padre")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    _keep(page, f"expediente-{phone}")
    page.get_by_role("link", name="Anotar un consentimiento").click()
    page.get_by_label("Foto").check()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    _keep(page, f"anotar-{phone}")


def _keep(page: object, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)  # type: ignore[attr-defined]
