"""A real Chromium against a live server. Where there is none the journeys are skipped, and say so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.support.chromium import DESK, TELEPHONE, launched

Open = Callable[..., Page]

expect.set_options(timeout=30_000)  # a machine may be slow; what never comes fails all the same


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)
            # What a browser does with a page does not come from the database; pages are asked for on both.
            item.add_marker(pytest.mark.one_engine)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


class Watch:
    """What a page must never do: ask another host, or break the content policy."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self.faults: list[str] = []

    def over(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("console", lambda message: self._say(message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _request(self, request: Request) -> None:
        found = urlsplit(request.url)
        if found.scheme != "data" and found.netloc != self._host:
            self.faults.append(f"asked {found.netloc}")

    def _say(self, kind: str, text: str) -> None:
        refused = ("the server responded with a status of 4", "Response Status Error Code 4")  # so says htmx
        # A page left while a preview was on its way gives it up, and htmx calls that an error, twice.
        # A request that truly failed still says htmx:sendError.
        left = ("htmx:sendAbort", "htmx:afterRequest")
        if kind == "error" and not any(words in text for words in refused + left):
            self.faults.append(text)


@pytest.fixture
def open_as(chromium: Browser, live_server: Any, signed_in: Any) -> Iterator[Open]:
    """open_as(user, path, phone=False, script=True) → a page; nobody is signed in for user None."""
    watch, contexts = Watch(live_server.url), []

    def open_page(user: Any, path: str = "/", phone: bool = False, script: bool = True) -> Page:
        context: BrowserContext = chromium.new_context(
            viewport=TELEPHONE if phone else DESK,  # type: ignore[arg-type]
            java_script_enabled=script,
            accept_downloads=True,
        )
        contexts.append(context)
        if user is not None:
            client = signed_in(user)
            cookies = [
                {"name": name, "value": morsel.value, "url": live_server.url}
                for name, morsel in client.cookies.items()
            ]
            context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        watch.over(page)
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.faults == []
