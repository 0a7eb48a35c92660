"""What tests of pages read out of an answer, and the forms that the desk sends."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

HTMX = {"HTTP_HX_REQUEST": "true"}


def words(answer: HttpResponse) -> str:
    """The words of a page, tags and blanks reduced to single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def hidden(answer: HttpResponse, name: str) -> str:
    """The value of the first hidden field of that name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, name
    return unescape(found[1])


def terms(**changes: Any) -> dict[str, Any]:
    """The form of a draft as the page would send it."""
    return {
        "title_es": "Situación de prueba",
        "title_en": "Situation for a test",
        "as_of": "2026-02-24",
        "known_at": "",
        "since": "",
        "rule": "all_detained",
        "report": "",
        "languages": ["es", "en"],
        **changes,
    }


def begun(client: Client, **changes: Any) -> str:
    """The address of a draft begun on the page."""
    answer = client.post("/ediciones/borradores/nuevo/", terms(**changes))
    assert answer.status_code == 302, words(answer)
    return str(answer.headers["Location"])
