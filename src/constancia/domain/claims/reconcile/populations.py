"""Who a category counts: known filters, and a name for whatever else its words say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from constancia.domain.names import fold
from constancia.domain.vocabulary.states import state_code

_WORD = re.compile(r"[^\W\d_]+|\d+")
_FULL_FILTER = ("kind", "full")
ADOLESCENT = ("age_group", "adolescent")
_SAME = {
    ("group", "adolescent"): ADOLESCENT,
    ("age_group", "minor"): ADOLESCENT,
    ("convicted", "yes"): ("convicted", "convicted"),
    ("convicted", "no"): ("convicted", "not_convicted"),
    ("convicted", "true"): ("convicted", "convicted"),
    ("convicted", "false"): ("convicted", "not_convicted"),
}
COMPLEMENTS = (
    (("profile", "civilian"), ("profile", "military")),
    (("convicted", "convicted"), ("convicted", "not_convicted")),
    (("age_group", "adult"), ADOLESCENT),
)
"""Categories that make up the whole. Sex is not among them: some texts list adolescents apart."""
SEXES = (("sex", "woman"), ("sex", "man"))


@dataclass(frozen=True, slots=True)
class Counted:
    """`population` is "" where the words say nothing beyond the filters. `full`: full releases."""

    population: str
    filters: tuple[tuple[str, str], ...]
    full: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    plain: frozenset[str]
    full: frozenset[str]
    negations: frozenset[str]
    filters: Mapping[str, tuple[str, str]]
    phrases: Mapping[str, str]
    places: Mapping[str, str]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(
        resources.files(__package__).joinpath("populations.toml").read_text(encoding="utf-8")
    )
    filters = {
        word: (dimension, category)
        for dimension, categories in data["filters"].items()
        for category, words in categories.items()
        for word in words
    }
    plain, full, negations = (frozenset(data[name]) for name in ("plain", "full", "negations"))
    places = {fold(name): name for name in data["places"]}
    return _Lexicon(plain, full, negations, filters, data["phrases"], places)


def counted(words: str, filters: Mapping[str, str] | None = None) -> Counted:
    """Reads a category: what `filters` say, else what the words say.

    Whoever is counted by what they are not is a population of its own: not military may be police.
    """
    said = _lexicon()
    text = fold(words.replace("_", " ")) if words else ""
    for phrase, word in said.phrases.items():
        text = re.sub(rf"\b{phrase}\b", word, text)
    found: dict[str, str] = {}
    tokens = _WORD.findall(text)
    rest: list[str] = []
    full = any(word in said.full for word in tokens)
    pairs = {said.filters[word] for word in tokens if word in said.filters}
    telling = [word for word in tokens if word not in said.plain and word not in said.full]
    if said.negations.intersection(tokens):
        rest = [word for word in tokens if word not in said.full]
    elif len({dimension for dimension, _ in pairs}) < len(pairs):
        rest = telling  # "women and men": not the part of either
    elif where := _where(text) or _where(" ".join(telling)):
        found = dict([where])
    else:
        found, rest = dict(pairs), [word for word in telling if word not in said.filters]
    if filters:
        given = canonical(filters)
        full = full or _FULL_FILTER in given
        if kept := tuple(pair for pair in given if pair != _FULL_FILTER):
            return Counted("", kept, full)
    return Counted(" ".join(rest), tuple(sorted(found.items())), full)


def canonical(filters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Filters in order, each in the one way in which it is compared."""
    return tuple(sorted(_in_one_way(*_SAME.get(pair, pair)) for pair in filters.items()))


def _in_one_way(name: str, value: str) -> tuple[str, str]:
    if name == "state":
        return name, state_code(value) or value
    return name, _lexicon().places.get(fold(value), value) if name == "place" else value


def _where(text: str) -> tuple[str, str] | None:
    """The state or place of detention that the words name, and nothing but it."""
    text = text.removeprefix("state of ").removeprefix("state ").removesuffix(" state")
    if state := state_code(text):
        return "state", state
    place = _lexicon().places.get(text)
    return ("place", place) if place else None
