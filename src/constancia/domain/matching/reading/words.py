"""The words that lists are written with, as data: `words/*.toml`. All folded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from constancia.domain.names import fold
from constancia.domain.names.parts import given_names
from constancia.domain.vocabulary.prisons import prisons_by_name
from constancia.domain.vocabulary.states import state_names


@lru_cache(maxsize=20_000)
def _folded_word(word: str) -> str:
    return fold(word)


def folded(text: str) -> str:
    """`fold(text)`, word by word: the words of a list come again and again."""
    return " ".join(filter(None, map(_folded_word, text.split())))


def _table(file: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath("words", file).read_text(encoding="utf-8")
    return tomllib.loads(text)


_LINES = _table("lines.toml")
_TITLES = _table("titles.toml")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GIVEN = given_names()
MARKERS = _set(_LINES["markers"])
MARKER_PIECES = MARKERS | _set(_LINES["beside_markers"])
RELATIVES = _set(_LINES["relatives"])
DANGLING = _set(_LINES["dangling"])
VERBS = _set(_LINES["verbs"])
HEADINGS = _set(_LINES["headings"])
PROSE = _set(_LINES["prose"])
WEAK_PROSE = _set(_LINES["weak_prose"])
LABELS = _set(_LINES["labels"])
CHAT = frozenset(_LINES["chat"])
UNNAMED = frozenset(_LINES["unnamed"])
STATE_OR_GIVEN = frozenset(_LINES["state_or_given"])
SEXES: Mapping[str, str] = MappingProxyType(
    {word: sex for sex, words in _LINES["sex"].items() for word in words}
)
OCCUPATIONS = _set(_TITLES["occupations"]["words"])


def _titles(part: str) -> Mapping[str, str]:
    return MappingProxyType({word: said for said, words in _TITLES[part].items() for word in words.split()})


TITLES = _titles("titles")
"""What stands before a name → the occupation it says, "" for none."""
UNSURE_TITLES = _titles("unsure")
_MONTHS = sorted(_LINES["months"]["words"].split(), key=len, reverse=True)
MONTH = "(?:" + "|".join(_MONTHS) + r")\.?"
DATE_VERBS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for kind, words in _LINES["dates"].items()}
)


@cache
def column_fields() -> Mapping[str, str]:
    """Heading, folded → field of what stands under it. ValueError where two fields share one."""
    found: dict[str, str] = {}
    for field, headings in _table("columns.toml").items():
        for heading in headings:
            if found.setdefault(fold(heading), field) != field:
                raise ValueError(f"two fields are called {heading}")
    return MappingProxyType(found)


def starts_given(said: str) -> bool:
    """Whether the first of these folded words is a given name that is hardly ever a surname."""
    return said.partition(" ")[0] in GIVEN


_PARTICLES = frozenset({"de", "del", "la", "el", "los", "las", "y", "i"})


def is_name_label(said: str) -> bool:
    """Whether what follows these folded words and a colon is a name."""
    return column_fields().get(said) in ("name", "given", "surnames")


@cache
def state_words() -> frozenset[str]:
    """The words with which states are written; a text with another word names none."""
    return _words(state_names()) | _words(set(state_names().values())) | {"estado", "edo", "est"}


@cache
def place_words() -> frozenset[str]:
    """Words one of which stands in every name of a prison: those that are in no name of a person."""
    return _words(prisons_by_name()) - GIVEN - _PARTICLES


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in fold(name).split())


@cache
def towns() -> frozenset[str]:
    """Names of towns, folded: a place, and not its state."""
    text = resources.files("constancia.domain.vocabulary").joinpath("towns.toml").read_text(encoding="utf-8")
    return frozenset(fold(town) for names in tomllib.loads(text).values() for town in names)
