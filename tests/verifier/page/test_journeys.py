"""A reader checks an edition in a browser, from a memory stick, without network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from constancia.domain.catalogue import sentences
from constancia.verifier.page import joined
from constancia.verifier.page import page as made_page
from constancia.verifier.telling import last_lines
from constancia.verifier.words import CHECKED, RESULT
from tests.support import bundles
from tests.support.bundle_logs import public
from tests.support.chromium import DESK, TELEPHONE
from tests.verifier.conftest import checked

Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, file: Path) -> Iterator[Visit]:
    """visit(phone=False, language="es-VE", anchor="") → the page, watched: it asks nobody for anything."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def request(asked: Request) -> None:
        if not asked.url.startswith((file.as_uri(), "blob:null/")):
            faults.append(asked.url)

    def go(phone: bool = False, language: str = "es-VE", anchor: str = "") -> Page:
        size = TELEPHONE if phone else DESK
        context = chromium.new_context(viewport=size, locale=language, offline=True)  # type: ignore[arg-type]
        contexts.append(context)
        found = context.new_page()
        found.on("request", request)
        found.on("pageerror", lambda error: faults.append(str(error)))
        found.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        found.goto(file.as_uri() + anchor)
        return found

    yield go
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions with a proof of totals, as zips and the second as a folder, and the second altered."""
    folder, made = tmp_path_factory.mktemp("ediciones"), bundles.usual(totals=True)
    (folder / "uno.zip").write_bytes(bundles.zipped(made.first))
    (folder / "dos.zip").write_bytes(bundles.zipped(made.second))
    bundles.written(made.second, folder / "dos")
    altered = {**made.second, "datos/edicion.json": made.second["datos/edicion.json"].replace(b"20", b"21")}
    (folder / "alterada.zip").write_bytes(bundles.zipped(altered))
    return folder


def check(page: Page) -> list[str]:
    """Presses the button; the results of the steps."""
    page.locator("#check").click()
    expect(page.locator("#verdict p").first).to_be_visible(timeout=60_000)
    return page.locator("#steps .result").all_inner_texts()


def test_the_same_sources_give_the_same_page_that_may_load_nothing() -> None:
    assert made_page() == made_page()
    policy = made_page().split(b'http-equiv="Content-Security-Policy" content="')[1].split(b'"')[0]
    assert policy.startswith(b"default-src 'none'; script-src 'sha256-")
    assert b"unsafe" not in policy
    assert not [
        sign for sign in (b"http://", b"https://", b" src=", b"fetch(", b"innerHTML") if sign in made_page()
    ]


def test_every_refusal_of_the_page_has_words_and_is_one_of_the_program() -> None:
    codes = set(re.findall(r'"(proof\.\w+)"', joined()))
    assert len(codes) > 60
    assert codes - set(sentences()) == set()


def test_a_good_edition_holds_beside_the_one_before(visit: Visit, zips: Path) -> None:
    page = visit()
    page.set_input_files("#bundle-zip", zips / "dos.zip")
    page.locator("summary").click()
    page.set_input_files("#previous-zip", zips / "uno.zip")
    page.locator("#key").fill(public("publicación").hex())
    assert check(page) == [RESULT["ok"]["es"]] * 16
    said = page.locator("#steps .what").all_inner_texts()
    assert all(words["es"] in "\n".join(said) for name, words in CHECKED.items() if name != "receipt")
    made = bundles.usual(totals=True)
    report = checked(made.second, made.first, key=public("publicación"))
    assert page.locator("#verdict p").all_inner_texts() == [line for line in last_lines(report, "es") if line]
    assert page.evaluate("document.activeElement.id") == "results-title"


def test_a_folder_is_checked_as_its_zip_is(visit: Visit, zips: Path) -> None:
    page = visit()
    page.set_input_files("#bundle-folder", zips / "dos")
    expect(page.locator("#bundle-chosen")).to_contain_text("dos (14)")
    results = check(page)
    assert results.count(RESULT["ok"]["es"]) == 15
    assert results[14] == RESULT["absent"]["es"]
    assert "«Edición anterior»" in page.locator("#steps").inner_text()
    assert "--" not in page.locator("#steps").inner_text()


def test_an_altered_edition_names_the_step_and_what_it_means(visit: Visit, zips: Path) -> None:
    page = visit(phone=True)
    page.set_input_files("#bundle-zip", zips / "alterada.zip")
    assert check(page)[0] == RESULT["fails"]["es"]
    expect(page.locator("#verdict")).to_contain_text("NO SE CUMPLE: falla el paso 1.")
    expect(page.locator("#steps .why")).to_contain_text("[proof.sha256]")
    expect(page.locator("#steps .means")).to_contain_text("Pida otra copia")


def test_in_english_and_from_one_language_to_the_other(visit: Visit, zips: Path) -> None:
    page = visit(language="en-GB")
    expect(page.locator("h1")).to_have_text("Check an edition")
    page.set_input_files("#bundle-zip", zips / "dos.zip")
    assert check(page).count(RESULT["ok"]["en"]) == 15
    assert "¡" not in page.locator("main").inner_text()
    page.locator("#language").click()
    expect(page.locator("h1")).to_have_text("Comprobar una edición")
    assert page.locator("#steps .result").first.inner_text() == RESULT["ok"]["es"]
    assert page.evaluate("document.documentElement.lang") == "es"
    assert visit(anchor="#en").locator("h1").inner_text() == "Check an edition"


def test_whoever_leaves_out_the_experimental_proof_is_told_what_was_not_checked(
    visit: Visit, zips: Path
) -> None:
    page = visit()
    page.set_input_files("#bundle-zip", zips / "dos.zip")
    page.locator("#skip").check()
    assert check(page)[10:14] == ["NO SE COMPROBÓ"] * 4
    expect(page.locator("#verdict")).to_have_class("partial")
    expect(page.locator("#verdict")).to_contain_text("(pasos 11 a 14) no se comprobó")


def test_what_is_lacking_or_mistyped_is_said_and_nothing_is_checked(visit: Visit, zips: Path) -> None:
    page = visit()
    page.locator("#check").click()
    expect(page.locator("#refused")).to_contain_text("Elija primero")
    page.set_input_files("#bundle-zip", zips / "dos.zip")
    expect(page.locator("#refused")).to_be_hidden()
    page.locator("summary").click()
    page.locator("#key").fill("12 34")
    page.locator("#check").click()
    expect(page.locator("#refused")).to_contain_text("64 cifras")
    expect(page.locator("#results")).to_be_hidden()


def test_a_zip_may_be_dropped(visit: Visit, zips: Path) -> None:
    page = visit()
    data = json.dumps(list((zips / "dos.zip").read_bytes()))
    transfer = page.evaluate_handle(
        f"""() => {{
          const found = new DataTransfer();
          found.items.add(new File([new Uint8Array({data})], "dos.zip"));
          return found;
        }}"""
    )
    page.dispatch_event("#zone", "drop", {"dataTransfer": transfer})
    expect(page.locator("#bundle-chosen")).to_contain_text("dos.zip")
    page.locator("#skip").check()
    assert check(page)[0] == RESULT["ok"]["es"]


def test_where_no_worker_may_run_the_page_checks_by_itself(visit: Visit, zips: Path) -> None:
    page = visit()
    page.evaluate("() => { globalThis.Worker = undefined; }")
    page.set_input_files("#bundle-zip", zips / "uno.zip")
    assert RESULT["fails"]["es"] not in check(page)
    expect(page.locator("#verdict")).to_have_class("holds")


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "telephone"])
def test_it_is_clean_for_axe_and_fits_its_screen(visit: Visit, zips: Path, phone: bool) -> None:
    page = visit(phone=phone)
    page.locator("summary").click()
    for name in ("", "alterada.zip", "dos.zip"):
        if name:
            page.set_input_files("#bundle-zip", zips / name)
            check(page)
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']} {one['nodes'][0]['html'][:120]}" for one in found] == [], name
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
