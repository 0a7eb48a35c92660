"""Other countries by their names and adjectives: data, in `countries.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from constancia.domain.language import Language


@dataclass(frozen=True, slots=True)
class Country:
    """`names` in both languages; `adjectives`: folded patterns; `cities`: those that stand for no more."""

    label: Mapping[Language, str]
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    cities: tuple[str, ...]


@cache
def countries() -> Mapping[str, Country]:
    """ISO 3166 code → country."""
    text = resources.files(__package__).joinpath("countries.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            code: Country(
                {"es": one["es"], "en": one["en"].removeprefix("the ")},
                (one["es"], one["en"], *one.get("also", ())),
                tuple(one["adjectives"]),
                tuple(one.get("cities", ())),
            )
            for code, one in tomllib.loads(text).items()
        }
    )
