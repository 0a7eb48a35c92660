"""A written name laid against a person's names: which word is which, and what is left over on both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from constancia.domain.matching.sides import GIVEN, GIVEN_MORE, SURNAME, SURNAME_MORE
from constancia.domain.matching.table import Small, Table
from constancia.domain.matching.vocabulary import Level, Neighbours
from constancia.domain.names.parts import MOST_WORDS

Floats = NDArray[np.float32]
Places = NDArray[np.int8]

_NONE = np.float32(-99)
_AS_GOOD_AS_NONE = -50
_ROUGH = np.array([0.5, -1.2, -2.3, -2.4, -4.2, -3.6, -0.4, -5.8], np.float32)
"""By which level two words are rather laid together, before anything is weighed; in bits."""

_CHEAPEST_FIRST = (GIVEN_MORE, SURNAME_MORE, GIVEN, SURNAME)
"""A word left over in the list is held against the one left over in the register that is left out most."""

ROLE_NAMES = ("given", "given_more", "surname", "surname_more")
FEATURES = (
    "surprise_exact",
    "surprise_sound",
    "surprise_other",
    *(f"level_{level.name.lower()}" for level in Level),
    *(f"missing_{role}" for role in ROLE_NAMES),
    *(f"conflict_{role}" for role in ROLE_NAMES),
    "extra",
    "turned",
    "disorder",
)
"""What an alignment comes down to, in this order; `weighing` has how much each is worth."""
_MISSING, _CONFLICT = FEATURES.index("missing_given"), FEATURES.index("conflict_given")
_EXTRA = FEATURES.index("extra")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Rows of (mention, form). `mention`, `form`: which; `features`: rows × FEATURES; `kin`: the same of the
    surnames alone, as for somebody of the family.

    `laid`: rows × words of the mention: the place of the form's word laid against it, -1 for none; `levels`
    and `surprise` of these likewise.
    """

    mention: NDArray[np.int64]
    form: NDArray[np.int64]
    features: Floats
    kin: Floats
    laid: Places
    levels: Places
    surprise: Floats


def align(
    table: Table,
    mentions: Sequence[Sequence[str]],
    near: Mapping[str, Neighbours],
    candidates: Sequence[Small],
) -> Aligned:
    """Lays each mention (its words) against each of its candidates (forms of `table`)."""
    counts = [len(one) for one in candidates]
    mention = np.repeat(np.arange(len(mentions)), counts)
    form = np.concatenate(candidates).astype(np.int64) if counts else np.zeros(0, np.int64)
    longest = min(MOST_WORDS, max((len(words) for words in mentions), default=1))
    written = np.array([min(longest, len(words)) for words in mentions], np.int64)[mention]
    names, roles = table.words[form], table.roles[form]
    levels, surprise = _compared(table, mentions, near, counts, names, longest)
    laid, level, worth = _lay(levels, surprise)
    features, kin = _features(laid, level, worth, written, roles)
    return Aligned(mention, form, features, kin, laid, level, worth)


def _compared(
    table: Table,
    mentions: Sequence[Sequence[str]],
    near: Mapping[str, Neighbours],
    counts: Sequence[int],
    names: Small,
    longest: int,
) -> tuple[Places, Floats]:
    """Rows × words × places: the level of each pair of words, -1 for unlike ones, and its surprise."""
    shape = (len(names), longest, names.shape[1])
    levels, surprise = np.full(shape, -1, np.int8), np.zeros(shape, np.float32)
    # One place more, for the -1 of a place without a word.
    by_word = np.full(len(table.vocabulary) + 1, -1, np.int8)
    worth = np.zeros(len(table.vocabulary) + 1, np.float32)
    start = 0
    for words, count in zip(mentions, counts, strict=True):
        rows = slice(start, start + count)
        start += count
        if not count:
            continue
        for place, word in enumerate(words[:longest]):
            one = near[word]
            by_word[one.ids], worth[one.ids] = one.levels, one.surprise
            levels[rows, place] = by_word[names[rows]]
            surprise[rows, place] = worth[names[rows]]
            by_word[one.ids] = -1
    return levels, surprise


def _lay(levels: Places, surprise: Floats) -> tuple[Places, Places, Floats]:
    """One word to one word, the pair that says most first."""
    rows, longest, width = levels.shape
    value = np.where(levels >= 0, surprise + _ROUGH[levels], _NONE)
    laid = np.full((rows, longest), -1, np.int8)
    level = np.full((rows, longest), -1, np.int8)
    worth = np.zeros((rows, longest), np.float32)
    every = np.arange(rows)
    for _ in range(min(longest, width) if rows else 0):
        flat = value.reshape(rows, -1)
        best = flat.argmax(axis=1)
        good = flat[every, best] > _AS_GOOD_AS_NONE
        if not good.any():
            break
        row, word, place = every[good], best[good] // width, best[good] % width
        laid[row, word] = place
        level[row, word] = levels[row, word, place]
        worth[row, word] = surprise[row, word, place]
        value[row, word, :] = _NONE
        value[row, :, place] = _NONE
    return laid, level, worth


def _features(
    laid: Places, level: Places, worth: Floats, written: NDArray[np.int64], roles: Places
) -> tuple[Floats, Floats]:
    rows, longest = laid.shape
    found = _likenesses(level, worth)
    surnames = np.take_along_axis(roles, np.maximum(laid, 0).astype(np.int64), axis=1) >= SURNAME
    kin = _likenesses(np.where(surnames & (laid >= 0), level, -1).astype(np.int8), worth)
    over = ((laid < 0) & (np.arange(longest)[None, :] < written[:, None])).sum(axis=1)
    free = roles >= 0
    every = np.arange(rows)
    for word in range(longest):
        on = laid[:, word] >= 0
        free[every[on], laid[on, word]] = False
    for role in _CHEAPEST_FIRST:
        left = ((roles == role) & free).sum(axis=1)
        against = np.minimum(left, over)
        over = over - against
        found[:, _CONFLICT + role] = against
        found[:, _MISSING + role] = left - against
        if role >= SURNAME:
            kin[:, _CONFLICT + role] = found[:, _CONFLICT + role]
            kin[:, _MISSING + role] = found[:, _MISSING + role]
    found[:, _EXTRA] = over
    turned, disorder = _order(laid)
    found[:, _EXTRA + 1] = turned
    found[:, _EXTRA + 2] = disorder
    return found, kin


def _likenesses(level: Places, worth: Floats) -> Floats:
    found = np.zeros((len(level), len(FEATURES)), np.float32)
    found[:, 0] = np.where(level == Level.EXACT, worth, 0).sum(axis=1)
    found[:, 1] = np.where(level == Level.SOUND, worth, 0).sum(axis=1)
    found[:, 2] = np.where(level > Level.SOUND, worth, 0).sum(axis=1)
    for one in Level:
        found[:, 3 + one] = (level == one).sum(axis=1)
    return found


def _order(laid: Places) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the words stand in the other order of the two sides, and whether in none of the two."""
    rows = len(laid)
    first, last, falls = np.full(rows, -1), np.full(rows, -1), np.zeros(rows, np.int64)
    for word in range(laid.shape[1]):
        place = laid[:, word].astype(np.int64)
        on = place >= 0
        falls += on & (last >= 0) & (place < last)
        first = np.where(on & (first < 0), place, first)
        last = np.where(on, place, last)
    turned = (falls == 1) & (last < first)
    return turned, (falls > 1) | ((falls == 1) & (last >= first))
