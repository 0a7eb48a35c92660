"""What dimensions, categories and causes are called in print, in both languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Literal

from constancia.domain.figures.dimensions import Dimension
from constancia.domain.language import Language

RECORDED = frozenset(
    {Dimension.STATE, Dimension.PLACE, Dimension.AUTHORITY, Dimension.CONTEXT, Dimension.OCCUPATION}
)
"""Dimensions whose categories are texts of the register itself: printed as they were recorded."""


@cache
def _words() -> dict[str, Any]:
    file = resources.files(__package__).joinpath("words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def of_dimension(dimension: str, language: Language) -> str:
    """The heading of a breakdown."""
    return str(_words()["dimension"][dimension][language])


def of_category(dimension: str, category: str, language: Language) -> str:
    """A category as printed; of combined ones ("ill+older") each part. An unknown text prints as it is."""
    words = _words()["category"]
    if dimension in RECORDED and category != "not_known":
        return category
    return ", ".join(words[part][language] if part in words else part for part in category.split("+"))


def of_kind(kind: str, language: Language) -> str:
    """A kind of exit or of cause as printed."""
    words = _words()["category"].get(kind)
    return words[language] if words else kind


def of_cause(side: Literal["in", "out"], cause: str, language: Language) -> str:
    """A term of a balance as printed."""
    return str(_words()["cause"][side][cause][language])
