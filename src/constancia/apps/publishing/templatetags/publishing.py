"""Tags for editions: words of a content in the language of the page, sizes of files."""

from __future__ import annotations

from django import template

from constancia.domain.publishing.content import Words
from constancia.infra.spoken import language

register = template.Library()


@register.filter
def worded(said: Words | None) -> str:
    """What stands in the language of the page."""
    return said.in_language(language()) if said else ""


@register.filter
def whole(value: object) -> bool:
    """Whether a cell holds a number, not the sign of a group."""
    return isinstance(value, int)
