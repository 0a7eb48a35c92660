"""A real Chromium for tests. Where there is none they are skipped, and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, ended afterwards."""
    named = os.environ.get("CONSTANCIA_CHROMIUM")
    path = named or next(filter(None, map(shutil.which, CANDIDATES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: the journeys in a browser were not made")
    # Playwright's loop runs in this thread; Django would refuse to touch the database beside it. Both end
    # together: nothing else is to run under a lowered guard.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
