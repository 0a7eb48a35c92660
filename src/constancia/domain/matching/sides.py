"""On which side of a name the given names stand, where its source did not tell the parts apart.

A register teaches itself: common given names decide at first, then every word counts by the side on which
it stood in the register's other names. Names of n words are looked at together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from constancia.domain.names.parts import given_names

GIVEN, GIVEN_MORE, SURNAME, SURNAME_MORE = 0, 1, 2, 3
"""Roles of a word: the first given name, a further one, the first surname, a further one."""

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_SPLITS: dict[int, tuple[tuple[int, float], ...]] = {
    2: ((1, 0.97), (2, 0.01), (0, 0.02)),
    3: ((1, 0.4), (2, 0.58), (3, 0.01), (0, 0.01)),
    4: ((1, 0.04), (2, 0.9), (3, 0.06)),
}
"""How many of n words are given names, and how often; of more words, two or three."""
_SURNAMES_FIRST = 0.1
_LEXICON = 30.0
"""How many names of the register one entry of the list of common given names weighs."""
_DOUBT = 2.0


def learned(names: Sequence[Sequence[int]], given_sure: Sequence[int], words: Sequence[str]) -> Floats:
    """For each of `words` how likely it is a given name, in [0, 1].

    `names`: word numbers of each name; `given_sure`: how many of them are given names, -1 where not told.
    """
    common = given_names()
    given = np.array([_LEXICON if word in common else 0.0 for word in words])
    total = given + _DOUBT + np.array([0.0 if word in common else _DOUBT for word in words])
    given += _DOUBT / 2
    for name, count in zip(names, given_sure, strict=True):
        if count >= 0:
            for place, word in enumerate(name):
                given[word] += place < count
                total[word] += 1
    unsure = [name for name, count in zip(names, given_sure, strict=True) if count < 0]
    if unsure:
        share = given / total
        for length, group in _by_length(unsure).items():
            turned, counts = split(group, share)
            places = np.arange(length)[None, :]
            on_given = np.where(turned[:, None], places >= length - counts[:, None], places < counts[:, None])
            np.add.at(given, group.ravel(), on_given.ravel())
            np.add.at(total, group.ravel(), 1)
    return np.asarray(given / total, np.float64)


def split(names: Whole, share: Floats) -> tuple[NDArray[np.bool_], Whole]:
    """Whether each of `names` (all of one length, as word numbers) begins with the surnames, and how many
    of its words are given names; `share` as from `learned`."""
    length = names.shape[1]
    if length == 1:
        return np.zeros(len(names), bool), np.zeros(len(names), np.int64)
    yes = np.log(np.clip(share, 0.01, 0.99))[names]
    no = np.log(np.clip(1 - share, 0.01, 0.99))[names]
    best = np.full(len(names), -np.inf)
    first, count = np.zeros(len(names), bool), np.zeros(len(names), np.int64)
    for number, prior in _SPLITS.get(length, ((2, 0.6), (3, 0.4))):
        for turned in (False, True):
            at = length - number if turned else number
            ahead, behind = (no, yes) if turned else (yes, no)
            told = ahead[:, :at].sum(1) + behind[:, at:].sum(1) + np.log(prior)
            told += np.log(_SURNAMES_FIRST if turned else 1 - _SURNAMES_FIRST)
            better = told > best
            best = np.where(better, told, best)
            first = np.where(better, turned, first)
            count = np.where(better, number, count)
    return first, count


def roles(length: int, given: int, *, surnames_first: bool) -> list[int]:
    """The role of each of a name's words: `given` of them are given names."""
    on_given = [GIVEN if place == 0 else GIVEN_MORE for place in range(given)]
    others = [SURNAME if place == 0 else SURNAME_MORE for place in range(length - given)]
    return [*others, *on_given] if surnames_first else [*on_given, *others]


def _by_length(names: Sequence[Sequence[int]]) -> dict[int, Whole]:
    groups: dict[int, list[Sequence[int]]] = {}
    for name in names:
        groups.setdefault(len(name), []).append(name)
    return {length: np.array(group, np.int64) for length, group in groups.items() if length > 1}
