"""The language in which the page at hand is written."""

from __future__ import annotations

from django.utils.translation import get_language

from constancia.domain.language import Language
from constancia.domain.language import language as of_code


def language() -> Language:
    """That of the request being answered; outside of any, that of the settings."""
    return of_code(get_language())
