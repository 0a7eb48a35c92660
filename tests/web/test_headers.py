"""What every answer must carry, walked over every address."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.http import HttpResponse

from constancia.domain.vocabulary.terms import Role
from tests.support.world import SignedIn, World
from tests.web.addresses import every_address

Pages = list[tuple[str, HttpResponse]]


@pytest.fixture
def pages(world: World, signed_in: SignedIn) -> Pages:
    """The answer of every address to an administrator, by name."""
    client = signed_in(world.users[Role.ADMINISTRATOR])
    blanks = world.blanks(world.lara)
    return [(address.name, client.get(address.fill(blanks))) for address in every_address()]


def html(pages: Pages) -> list[tuple[str, str]]:
    return [
        (name, answer.content.decode())
        for name, answer in pages
        if answer.headers.get("Content-Type", "").startswith("text/html")
    ]


def test_row_32_every_answer_forbids_scripts_from_elsewhere_and_keeping_a_copy(pages: Pages) -> None:
    for name, answer in pages:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert answer.headers["Cache-Control"] == "no-store", name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", name


def test_no_page_holds_inline_code_or_another_host(pages: Pages) -> None:
    for name, page in html(pages):
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page), name
        assert not re.search(r"<script(?![^>]*\ssrc=)", page), name
        assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", page), name


def test_forms_that_ask_for_words_are_sent_by_post(pages: Pages) -> None:
    """Nothing personal in an address."""
    for name, page in html(pages):
        for form in re.findall(r"<form\b.*?</form>", page, flags=re.DOTALL):
            if 'method="post"' not in form:
                assert not re.search(r'type="(?:text|search)"|<textarea', form), name


def test_no_page_is_heavier_than_a_hundred_kilobytes(pages: Pages) -> None:
    for name, page in html(pages):
        assert len(page.encode()) < 100_000, name


def test_cookies_are_kept_from_scripts(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.users[Role.DESK])
    client.get("/cuenta/")
    client.post("/idioma/", {"language": "en"})
    for name, cookie in client.cookies.items():
        if name == settings.LANGUAGE_COOKIE_NAME or name == settings.CSRF_COOKIE_NAME:
            assert cookie["httponly"], name
            assert cookie["samesite"] == "Lax", name
