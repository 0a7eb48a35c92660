"""Who a category counts: known filters, and a name for whatever else its words say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from constancia.domain.names import fold

_WORD = re.compile(r"[^\W\d_]+|\d+")
_NOT = frozenset({"no", "non", "not", "sin", "without", "except", "excepto", "salvo", "excluding"})
"""Before a category they make it another one, which has no name of its own."""
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


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str], Mapping[str, tuple[str, str]], Mapping[str, str]]:
    data = tomllib.loads(
        resources.files(__package__).joinpath("populations.toml").read_text(encoding="utf-8")
    )
    filters = {
        word: (dimension, category)
        for dimension, categories in data["filters"].items()
        for category, words in categories.items()
        for word in words
    }
    return frozenset(data["plain"]), frozenset(data["full"]), filters, data["phrases"]


def counted(words: str, filters: Mapping[str, str] | None = None) -> Counted:
    """Reads a category: what `filters` say, else what the words say."""
    plain, full_words, known, phrases = _lexicon()
    text = fold(words.replace("_", " ")) if words else ""
    for phrase, word in phrases.items():
        text = re.sub(rf"\b{phrase}\b", word, text)
    found: dict[str, str] = {}
    rest, full = [], False
    for word in _WORD.findall(text):
        if word in full_words:
            full = True
        elif word in known:
            dimension, category = known[word]
            if found.setdefault(dimension, category) != category:
                rest.append(word)
        elif word not in plain:
            rest.append(word)
    if found and _NOT & set(rest):
        rest, found = [word for word in _WORD.findall(text) if word not in plain], {}
    if filters:
        pairs = {_SAME.get(pair, pair) for pair in filters.items()}
        full = full or _FULL_FILTER in pairs
        pairs.discard(_FULL_FILTER)
        if pairs:
            return Counted("", tuple(sorted(pairs)), full)
    return Counted(" ".join(rest), tuple(sorted(found.items())), full)
