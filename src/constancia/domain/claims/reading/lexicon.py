"""The words that a language writes about prisoners with, as data: `lexicon/<language>/*.toml`.

Every entry is a small pattern over folded text. Entries of one list are tried longest first and count
only between word boundaries.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from constancia.domain.claims.reading.verbs import conjugated
from constancia.domain.language import Language

NONE: frozenset[str] = frozenset()
_PARTS = ("quantities", "nouns", "people", "frames", "verbs", "speakers", "institutions", "times", "places")


def pattern(words: list[str] | tuple[str, ...], *, glued: bool = False) -> re.Pattern[str]:
    """Any of `words`, the longer ones first; matches nothing where there are none. `glued`: a figure may
    stand right before them ("24Civiles")."""
    if not words:
        return re.compile(r"(?!)")
    ordered = sorted(words, key=len, reverse=True)
    opening = r"(?<![^\W\d_])" if glued else r"(?<!\w)"
    return re.compile(opening + "(?:" + "|".join(ordered) + r")(?!\w)")


_BLANK = re.compile(r"\[[^\]]*\]|( )(?![\[?*+{])")


def quotable(words: list[str]) -> list[str]:
    """`words` with room for quotation marks before a word that is spelt out: 'obtained "full freedom"'."""
    return [_BLANK.sub(lambda m: '"? "?' if m[1] else m[0], word) for word in words]


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that a number counts. `said`: what it says by itself; `weak`: counts only with a predicate."""

    words: re.Pattern[str]
    unit: str
    said: str
    kind: str
    category: str
    filters: Mapping[str, str]
    weak: bool


@dataclass(frozen=True, slots=True)
class Named:
    """What happened on days that texts take for known."""

    words: re.Pattern[str]
    start: date
    end: date


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language's words. Lists are compiled; `tables` are as the files give them."""

    language: Language
    lists: Mapping[str, re.Pattern[str]]
    tables: Mapping[str, Mapping[str, Any]]
    heads: tuple[Head, ...]
    cues: tuple[tuple[str, str, re.Pattern[str]], ...]
    labels: tuple[tuple[str, str, re.Pattern[str]], ...]
    named: Mapping[str, tuple[Named, ...]]

    def __hash__(self) -> int:
        return id(self)

    def tables_of(self, name: str) -> tuple[Named, ...]:
        return self.named[name]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.lists[name]


@cache
def lexicon(language: Language, without: frozenset[str] = NONE) -> Lexicon:
    """The lexicon of a language, less the entries `without` (to measure what they teach)."""
    data: dict[str, Any] = {}
    for part in _PARTS:
        file = resources.files(__package__).joinpath("lexicon", language, f"{part}.toml")
        for name, value in tomllib.loads(file.read_text(encoding="utf-8")).items():
            data[name] = (
                {**data.get(name, {}), **value} if isinstance(value, dict) else [*data.get(name, []), *value]
            )
    lists = {name: pattern(_kept(words, without)) for name, words in data["lists"].items()}
    lists["numerals"] = pattern([*data["number_words"], *data["one_words"], *data["collectives"]])
    lists |= {name: pattern(_kept(words, without)) for name, words in data["speech"].items()}
    lists |= {name: pattern(_kept(words, without)) for name, words in data["time_words"].items()}
    heads = tuple(
        Head(
            pattern(_kept(one["words"], without), glued=True),
            one.get("unit", "persons"),
            one.get("said", ""),
            one.get("kind", "people"),
            one.get("category", ""),
            one.get("filters", {}),
            one.get("weak", False),
        )
        for one in data["head"]
    )
    cues = tuple(
        (one["said"], one.get("form", "verb"), pattern(quotable(_kept(one["words"], without))))
        for one in data["cue"]
    )
    verbs = [
        {k: _kept(v, without) if isinstance(v, list) else v for k, v in one.items()} for one in data["verb"]
    ]
    aux = {name: _kept(words, without) for name, words in data["aux"].items()}
    cues += tuple(
        (said, form, pattern(quotable(patterns)))
        for said, form, patterns in conjugated(verbs, aux)
        if patterns
    )
    labels = tuple(
        (one["label"], one.get("kind", ""), pattern(_kept(one["words"], without))) for one in data["label"]
    )
    tables = {name: {k: v for k, v in data[name].items() if k not in without} for name in _tables(data)}
    named = {
        name: tuple(
            Named(
                pattern(_kept(one["words"], without)),
                one.get("start", one.get("day")),
                one.get("end", one.get("day")),
            )
            for one in data[name]
        )
        for name in ("event", "instant")
    }
    return Lexicon(language, lists, tables, heads, cues, labels, named)


def _kept(words: list[str], without: frozenset[str]) -> list[str]:
    return [word for word in words if word not in without]


def _tables(data: Mapping[str, Any]) -> list[str]:
    return [
        name
        for name in data
        if isinstance(data[name], dict) and name not in ("lists", "speech", "time_words")
    ]


def entries(language: Language) -> Iterator[str]:
    """Every entry of the language's files, as written there."""
    for part in _PARTS:
        file = resources.files(__package__).joinpath("lexicon", language, f"{part}.toml")
        for value in tomllib.loads(file.read_text(encoding="utf-8")).values():
            yield from _entries(value)


def _entries(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and "words" in value:
        yield from value["words"]
    elif isinstance(value, dict) and "said" in value:
        for inner in value.values():
            yield from inner if isinstance(inner, list) else []
    elif isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, list):
                yield from _entries(inner)
            else:
                yield name
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, str):
                yield inner
            else:
                yield from _entries(inner)
