"""One asks for a list, another approves it, and what leaves bears its marks; without script as well."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from constancia.apps.approvals import tracing
from constancia.domain.vocabulary.terms import Role
from tests.browser.conftest import Open
from tests.support.world import World


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_one_asks_another_approves_and_the_file_says_whose_it_is(
    world: World, open_as: Open, tmp_path: Path, script: bool
) -> None:
    page = open_as(world.users[Role.DESK], "/registro/", phone=not script, script=script)
    page.get_by_role("button", name="Pedir la lista como archivo").click()
    expect(page.get_by_text("Son 2 personas, con nombre.")).to_be_visible()
    page.get_by_label("¿Para qué?").fill("para la audiencia del jueves")
    page.get_by_role("button", name="Pedirlo").click()
    expect(page.get_by_text("Falta que otra persona responda.")).to_be_visible()
    request = "/aprobaciones/" + page.url.rstrip("/").rsplit("/", 1)[1] + "/"

    other = open_as(world.users[Role.ADMINISTRATOR], "/aprobaciones/", phone=not script, script=script)
    other.locator(f'a[href="{request}"]').click()
    expect(other.get_by_text("Para qué: para la audiencia del jueves")).to_be_visible()
    other.get_by_label("Leí lo que se pide").check()
    other.get_by_role("button", name="Aprobar").click()
    expect(other.get_by_text("La aprobó Administrator")).to_be_visible()

    page.reload()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Descargar el archivo").click()
    file = tmp_path / "lista.csv"
    coming.value.save_as(file)
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    assert "La pidió Desk, la aprobó Administrator" in rows[0][0]
    assert {row[1] for row in rows[2:]} == {"Persona Inventada Laral", "Persona Inventada Zuliana"}
    cut = tmp_path / "filtrada.csv"
    cut.write_text(",".join(rows[2]), encoding="utf-8")
    (found,) = tracing.trace(world.users[Role.AUDITOR], cut)
    assert (f"/aprobaciones/{found.number}/", found.by) == (request, "references")
    page.reload()
    expect(page.get_by_text("No sirve otra vez.")).to_be_visible()
