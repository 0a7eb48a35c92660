"""The words of the register's names, and which of them a written word may be, by what likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from constancia.domain.names.shortened import Shortenings, stands_for
from constancia.domain.names.sound import sound

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]
Levels = NDArray[np.int8]

_WORKERS = 2
_SHORT = 3
"""Letters under which one slip makes another word."""
_TWO_SLIPS = 6
_KEY = 4
_CHUNK = 512
"""Words compared with the whole vocabulary at once: bounds memory."""


class Level(IntEnum):
    """How like two words are; the first that holds."""

    EXACT = 0
    SOUND = 1
    FORM = 2
    SLIP = 3
    NEAR_SOUND = 4
    SHORT = 5
    INITIAL = 6
    TWO_SLIPS = 7


class Neighbours(NamedTuple):
    """Words of the vocabulary that a written word may be: their numbers, the level of each, and how
    surprising a likeness of that level is: the base-2 logarithm of one by its share of the register."""

    ids: Ids
    levels: Levels
    surprise: Floats


class Vocabulary:
    """`shares`: which part of the people has each word in their name, by the same numbers as `words`.

    `people`: how many the shares were taken of; nothing is taken for rarer than half a person.
    """

    def __init__(self, words: Sequence[str], shares: NDArray[np.float64], people: int) -> None:
        self.words = list(words)
        self.numbers = {word: number for number, word in enumerate(words)}
        self.shares = shares
        self._least = 0.5 / max(people, 1)
        self._lengths = np.array([len(word) for word in words], np.int64)
        by_sound: dict[str, list[int]] = defaultdict(list)
        by_letter: dict[str, list[int]] = defaultdict(list)
        by_name: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(words):
            by_sound[sound(word)].append(number)
            by_letter[word[0]].append(number)
            for name in stands_for(word):
                by_name[name].append(number)
        self._by_sound, self._by_letter, self._by_name = dict(by_sound), dict(by_letter), dict(by_name)
        self._sounds = list(by_sound)
        self._shortenings = Shortenings(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def neighbours(self, words: Iterable[str]) -> dict[str, Neighbours]:
        """For each of `words` (folded) those of the vocabulary that it may be."""
        wanted = sorted(set(words))
        long = [word for word in wanted if len(word) > 1]
        found = {word: self._initial(word) for word in wanted if len(word) == 1}
        for start in range(0, len(long), _CHUNK):
            piece = long[start : start + _CHUNK]
            slips = process.cdist(
                piece, self.words, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8, workers=_WORKERS
            )
            sounds = [sound(word) for word in piece]
            near = process.cdist(
                sounds, self._sounds, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8, workers=_WORKERS
            )
            for place, word in enumerate(piece):
                found[word] = self._of(word, sounds[place], slips[place], near[place])
        return found

    def _of(self, word: str, heard: str, slips: NDArray[np.uint8], near: NDArray[np.uint8]) -> Neighbours:
        levels: dict[int, int] = {}
        if word in self.numbers:
            levels[self.numbers[word]] = Level.EXACT
        self._put(levels, self._by_sound.get(heard, ()), Level.SOUND)
        self._put(levels, self._forms(word), Level.FORM)
        close = [int(i) for i in np.flatnonzero(slips <= (1 if len(word) < _TWO_SLIPS else 2))]
        self._put(levels, (i for i in close if slips[i] <= 1 and self._long(word, i, _SHORT)), Level.SLIP)
        if len(heard) >= _SHORT:
            for at in np.flatnonzero(near <= 1):
                if len(self._sounds[at]) >= _KEY:
                    self._put(levels, self._by_sound[self._sounds[at]], Level.NEAR_SOUND)
        self._put(levels, self._shortenings.of(word), Level.SHORT)
        if word[0] in self.numbers:
            self._put(levels, (self.numbers[word[0]],), Level.INITIAL)
        self._put(levels, (i for i in close if self._long(word, i, _TWO_SLIPS)), Level.TWO_SLIPS)
        return self._weighed(levels)

    @staticmethod
    def _put(levels: dict[int, int], numbers: Iterable[int], level: Level) -> None:
        for number in numbers:
            levels.setdefault(int(number), level)

    def _forms(self, word: str) -> Iterable[int]:
        for name in sorted(stands_for(word)):
            if name in self.numbers:
                yield self.numbers[name]
        yield from self._by_name.get(word, ())

    def _long(self, word: str, number: int, least: int) -> bool:
        return len(word) >= least and int(self._lengths[number]) >= least

    def _initial(self, letter: str) -> Neighbours:
        numbers = self._by_letter.get(letter, [])
        levels = {n: Level.EXACT if self.words[n] == letter else Level.INITIAL for n in numbers}
        return self._weighed({n: int(level) for n, level in levels.items()})

    def _weighed(self, levels: dict[int, int]) -> Neighbours:
        """A likeness is as surprising as all words together that are as like, or more."""
        ids = np.fromiter(levels, np.int64, len(levels))
        level = np.fromiter(levels.values(), np.int8, len(levels))
        own = self.shares[ids]
        upto = np.cumsum(np.bincount(level, weights=own, minlength=len(Level)))
        share = np.where(level == Level.EXACT, own, upto[level])
        share = np.clip(share, self._least, 0.9)
        return Neighbours(ids, level, (-np.log2(share)).astype(np.float32))
