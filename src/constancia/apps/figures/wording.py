"""Words for dimensions, categories, causes and grades of figures, in the language of the page."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as later

from constancia.domain.figures import words
from constancia.domain.figures.dimensions import NOT_KNOWN, Dimension
from constancia.domain.figures.files import Words
from constancia.domain.vocabulary.states import state_label
from constancia.infra.spoken import language

GRADES = {
    "verified": later("verificado"),
    "corroborated": later("corroborado o verificado"),
    "reported": later("reportado o más"),
}


def own(label: Words) -> str:
    """A label that a definition or rule brings."""
    return label.en if language() == "en" else label.es


def dimensions() -> list[tuple[str, str]]:
    """Every breakdown with its title."""
    return [(one.value, dimension(one.value)) for one in Dimension]


def dimension(name: str) -> str:
    """The title of a breakdown."""
    return words.of_dimension(name, language())


def category(of: str, name: str) -> str:
    """A category of a breakdown; "not known" too is one."""
    if of == Dimension.STATE and name != NOT_KNOWN:
        return state_label(name, language())
    return words.of_category(of, name, language())


def cause(side: Literal["in", "out"], name: str) -> str:
    """Why people came in or went out between two balances."""
    return words.of_cause(side, name, language())


def kind(name: str) -> str:
    """The kind within a cause: a way out of prison, or how late something was learned."""
    return words.of_kind(name, language())
