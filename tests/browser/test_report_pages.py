"""The report as a page in a real browser: clean for axe, and no wider than any screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from constancia.apps.publishing.outputs.html import html_page
from constancia.domain.language import Language
from tests.support import sample_report as sample
from tests.support.sample_walk import hostile

NARROWEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


def faults(chromium: Browser, file: Path, viewport: dict[str, int]) -> list[str]:
    """What axe finds with every table open, what is too wide, what is asked of others, what runs."""
    context = chromium.new_context(viewport=viewport)  # type: ignore[arg-type]
    page = context.new_page()
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if request.url != file.as_uri() else None)
    page.on("console", lambda message: found.append(message.text))
    page.on("dialog", lambda dialog: found.append(f"dialog: {dialog.message}"))
    page.goto(file.as_uri())
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    for one in (
        Axe()
        .run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
        .response["violations"]
    ):
        found.append(f"{one['id']}: {one['nodes'][0]['html'][:200]}")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wider > 0:
        found.append(f"{wider} px too wide")
    context.close()
    return found


@pytest.mark.parametrize("viewport", [DESK, NARROWEST], ids=["desk", "narrowest"])
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("narrow", [False, True], ids=["one-size", "two-sizes"])
def test_a_report_is_clean_for_axe_and_fits_its_screen(
    chromium: Browser, tmp_path: Path, language: Language, viewport: dict[str, int], narrow: bool
) -> None:
    drawings = sample.drawings(language)
    document = sample.document(language, draft=language == "en")
    file = tmp_path / "report.html"
    file.write_text(html_page(document, drawings, narrow=drawings if narrow else None), "utf-8")
    assert faults(chromium, file, viewport) == []


def test_a_report_of_hostile_texts_runs_nothing_and_fits_its_screen(
    chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(html_page(hostile(sample.document("es")), sample.drawings("es")), "utf-8")
    assert faults(chromium, file, NARROWEST) == []
