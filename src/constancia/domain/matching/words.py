"""Reasons in words."""

from __future__ import annotations

from constancia.domain.matching.shapes import Reason


def said(reason: Reason, language: str) -> str:
    """What one comparison found, as a sentence in `language` ("es" or "en"), without the names themselves."""
    return f"{reason.comparison} ({language})"
