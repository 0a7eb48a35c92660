"""Tags for the pages of importing: refusals, likeness and bytes in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from constancia.apps.imports import wording
from constancia.apps.imports.duplicates import Likeness
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.infra.spoken import language

register = template.Library()


register.filter("why", wording.why)


@register.filter
def why_code(code: str) -> str:
    """The sentence of a code whose parameters are not at hand: the code itself where it needs any."""
    try:
        return explain(InputRefused(code), language())
    except KeyError:
        return code


@register.filter
def likeness(value: Likeness) -> str:
    """Why two people may be one."""
    words = {
        Likeness.DOCUMENT: _("el mismo número de documento"),
        Likeness.NAME_AND_DATE: _("el mismo nombre y la misma fecha"),
        Likeness.NAME: _("el mismo nombre"),
    }
    return words[value]


@register.filter
def delimiter_words(value: str) -> str:
    """A delimiter that can be seen."""
    return _("tabulador") if value == "\t" else value
