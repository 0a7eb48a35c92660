"""The languages that the house speaks. Spanish comes first."""

from __future__ import annotations

from typing import Literal

Language = Literal["es", "en"]


def language(code: str | None) -> Language:
    """The language that a language code ("es-VE", "en-us") asks for: English if it says so, else Spanish."""
    return "en" if (code or "").startswith("en") else "es"
