"""The page that checks editions, opened from a disk in a real Chromium."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from constancia.verifier.page import page
from tests.support.chromium import launched

Told = Callable[..., dict[str, Any]]

HELPERS = """
const given = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const filesOf = (files) => new Map(Object.entries(files).map(([path, text]) => [path, given(text)]));
const refusalOf = async (check) => {
  try { return { found: await check() }; } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    return { code: problem.code, params: problem.params };
  }
};
"""
VERIFY = """async ({ files, previous, policy, key, skip }) => verify({
  bundle: { files: filesOf(files) },
  previous: previous && { files: filesOf(previous) },
  policy: policy && given(policy),
  key: key && given(key),
  skip,
})"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)


def encoded(data: bytes | None) -> str | None:
    return None if data is None else b64encode(data).decode()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("memoria") / "comprobar.html"
    path.write_bytes(page())
    return path


@pytest.fixture(scope="package")
def opened(chromium: Browser, file: Path) -> Iterator[Page]:
    """The page, with a few functions more for what tests give it."""
    found = chromium.new_page()
    found.goto(file.as_uri())
    # As a script of the page, so that its names stay; the content policy would refuse one from outside.
    session = found.context.new_cdp_session(found)
    session.send("Runtime.evaluate", {"expression": HELPERS})
    yield found
    found.close()


@pytest.fixture
def told(opened: Page) -> Told:
    """told(files, previous, policy, key, skip) → the report of the page, as `Report.shape` gives it."""

    def check(
        files: Mapping[str, bytes],
        previous: Mapping[str, bytes] | None = None,
        policy: bytes | None = None,
        key: bytes | None = None,
        skip: bool = False,
    ) -> dict[str, Any]:
        before = None if previous is None else {path: encoded(data) for path, data in previous.items()}
        asked = {
            "files": {path: encoded(data) for path, data in files.items()},
            "previous": before,
            "policy": encoded(policy),
            "key": encoded(key),
            "skip": skip,
        }
        found: dict[str, Any] = opened.evaluate(VERIFY, asked)
        return found

    return check
