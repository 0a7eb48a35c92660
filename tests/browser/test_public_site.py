"""The public site in a real browser: from a disk and under a path, with and without script, on any screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from constancia.apps.publishing.outputs.site import write_site
from constancia.verifier import page as checking
from tests.browser.conftest import Watch
from tests.support.chromium import DESK, TELEPHONE
from tests.support.edition_site import two_editions, with_bundle


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is asked for is in the browser's own record."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The site's folder, and its address under a path of a server."""
    root = tmp_path_factory.mktemp("servidor")
    first, second = two_editions()
    write_site(root / "cifras" / "publicas", [first, with_bundle(second)], checker=checking.page())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield root / "cifras" / "publicas", f"http://127.0.0.1:{server.server_port}/cifras/publicas/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "telephone"])
def test_every_page_is_clean_for_axe_fits_its_screen_and_asks_nobody_else(
    chromium: Browser, served: tuple[Path, str], phone: bool
) -> None:
    folder, address = served
    context = chromium.new_context(viewport=TELEPHONE if phone else DESK)  # type: ignore[arg-type]
    page, watch = context.new_page(), Watch(address)
    watch.over(page)
    faults = []
    for file in sorted(folder.rglob("*.html")):
        name = str(file.relative_to(folder))
        if name == "index.html":
            continue
        page.goto(address + name)
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        found = Axe().run(page).response["violations"]
        faults += [f"{name}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]
        if (wider := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            faults.append(f"{name}: {wider} px too wide")
        if not page.evaluate("[...document.images].every(image => image.naturalWidth > 0)"):
            faults.append(f"{name}: a picture is missing")
    context.close()
    assert faults == []
    assert watch.faults == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("disk", [True, False], ids=["from a disk", "under a path"])
def test_a_reader_goes_from_the_entrance_to_an_edition_and_to_english(
    chromium: Browser, served: tuple[Path, str], disk: bool, script: bool
) -> None:
    folder, address = served
    start = folder.as_uri() + "/" if disk else address
    context = chromium.new_context(viewport=DESK, java_script_enabled=script)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(start + "index.html")
    page.wait_for_url(start + "es/index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Situación al 2 de marzo de 2026")
    page.get_by_role("link", name="Ver la edición 2 completa").click()
    expect(page.get_by_role("navigation", name="En esta página")).to_be_visible()
    page.get_by_role("link", name="Leer el informe de situación").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Informe de la edición 2")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report of edition 2")
    page.get_by_role("link", name="Back to edition 2").click()
    page.get_by_role("link", name="Editions", exact=True).click()
    page.get_by_role("link", name="Edition 1: Situation on 24 February 2026").click()
    expect(page.get_by_text("There is a later edition")).to_be_visible()
    expect(page.get_by_text("Where it said 572 it should say 573.")).to_be_visible()
    assert page.url == start + "en/editions/1.html"
    context.close()


def test_a_file_is_downloaded_as_it_was_built(chromium: Browser, served: tuple[Path, str]) -> None:
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(served[1] + "es/ediciones/2.html")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="datos.zip").click()
    assert Path(waiting.value.path()).read_bytes() == b"PK\x02"
    context.close()


@pytest.mark.parametrize("disk", [True, False], ids=["from a disk", "under a path"])
def test_a_reader_goes_from_an_edition_to_the_page_that_checks_it(
    chromium: Browser, served: tuple[Path, str], disk: bool
) -> None:
    folder, address = served
    page = chromium.new_page(locale="es-VE")
    page.goto((folder.as_uri() + "/" if disk else address) + "en/editions/2.html")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="How to check").click()
    page.get_by_role("link", name="Checking page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check an edition")
    page.set_input_files("#bundle-zip", folder / "archivos" / "constancia-edicion-2.zip")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#steps .why").first).to_contain_text("[proof.zip]")
    page.close()
