"""Which names a short, familiar or foreign form may stand for."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

ENDINGS = ("itos", "itas", "cito", "cita", "ito", "ita", "ucho", "ucha")
"""Diminutive endings: Juanito, Rosita, Carmencita."""
ABBREVIATED = 6
"""Letters of the longest abbreviation that leaves letters out of the middle."""
BEGINNING = 3
"""Letters of the shortest beginning that stands for a name."""


@cache
def names_short() -> Mapping[str, frozenset[str]]:
    """Every short, familiar or foreign form that is listed, with the names it may stand for; all folded."""
    data = tomllib.loads(files("constancia.domain.names").joinpath("shortened.toml").read_text("utf-8"))
    found: dict[str, set[str]] = defaultdict(set)
    for part in data.values():
        for form, names in part.items():
            found[form].update(names)
    return {form: frozenset(names) for form, names in found.items()}


def stands_for(word: str) -> frozenset[str]:
    """The names of which `word` (folded) is a familiar, foreign or abbreviated form, as far as listed."""
    return names_short().get(word, frozenset())


class Shortenings:
    """Which of many words (folded) are short for a word, or it for them, by their letters alone.

    A beginning, from three letters on ("alej", "dani"); an abbreviation, which has the name's first and
    last letters and others of it in order ("rdguez", "hdez", "gpe"); a diminutive ("juanito", "rosita").
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._sorted = sorted((word, number) for number, word in enumerate(words))
        self._numbers = {word: number for number, word in enumerate(words)}
        self._by_ends: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._short_by_ends: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word, number in self._sorted:
            self._by_ends[word[0] + word[-1]].append((word, number))
            if 2 <= len(word) <= ABBREVIATED:
                self._short_by_ends[word[0] + word[-1]].append((word, number))

    def of(self, word: str) -> list[int]:
        """Numbers of the words that `word` may be short for, or that may be short for it."""
        found = [number for other, number in self._beginning_with(word) if len(other) >= len(word) + 2]
        found += [
            self._numbers[word[:size]]
            for size in range(BEGINNING, len(word) - 1)
            if word[:size] in self._numbers
        ]
        ends = word[0] + word[-1]
        for other, number in self._short_by_ends.get(ends, ()):
            if len(other) <= len(word) - 2 and _in_order(other, word):
                found.append(number)
        if 2 <= len(word) <= ABBREVIATED:
            for other, number in self._by_ends.get(ends, ()):
                if len(word) <= len(other) - 2 and _in_order(word, other):
                    found.append(number)
        for ending in ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= BEGINNING:
                found += [n for other, n in self._beginning_with(stem) if len(other) <= len(stem) + 3]
        # Diminutives of the word in the register: its stem with an ending.
        for ending in ENDINGS:
            for stem in {word, word[:-1]}:
                if len(stem) >= BEGINNING and stem + ending in self._numbers:
                    found.append(self._numbers[stem + ending])
        return [number for number in dict.fromkeys(found) if number != self._numbers.get(word)]

    def _beginning_with(self, stem: str) -> Iterator[tuple[str, int]]:
        if len(stem) < BEGINNING:
            return
        for place in range(bisect_left(self._sorted, (stem, -1)), len(self._sorted)):
            if not self._sorted[place][0].startswith(stem):
                return
            yield self._sorted[place]


def _in_order(word: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in word)
