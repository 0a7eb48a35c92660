"""Names as lists write them: spoiled in the ways of volunteers, ministries and scanners."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import numpy as np

from constancia.domain.names.folding import fold
from constancia.domain.names.shortened import names_short
from tools.matching.people import Draw, Invented

_SOUNDS = (
    ("z", "s"), ("s", "z"), ("s", "c"), ("c", "s"), ("b", "v"), ("v", "b"), ("ll", "y"), ("y", "ll"),
    ("i", "y"), ("y", "i"), ("h", ""), ("ge", "je"), ("gi", "ji"), ("je", "ge"), ("qu", "k"), ("c", "k"),
    ("k", "c"),
    ("x", "s"), ("x", "j"), ("ñ", "n"), ("m", "n"), ("n", "m"), ("gu", "w"), ("w", "gu"), ("f", "ph"),
    ("rr", "r"), ("nn", "n"), ("r", "rr"), ("l", "ll"), ("j", "y"),
)  # fmt: skip
_SEEN = (
    ("o", "0"),
    ("l", "1"),
    ("i", "1"),
    ("s", "5"),
    ("b", "8"),
    ("rn", "m"),
    ("m", "rn"),
    ("e", "c"),
    ("a", "o"),
    ("cl", "d"),
    ("u", "v"),
)
_KEYS = "qwertyuiop asdfghjklñ zxcvbnm"
_TITLES = ("Sr. ", "Cap. ", "Ing. ", "Lic. ")


class Spoiler:
    """Spoils names, always alike for a seed. `hand`: how careless, 1 for a common list, 0 for a clean one."""

    def __init__(self, draw: Draw, seed: int, hand: float = 1.0) -> None:
        self._draw, self._rng, self._hand = draw, np.random.default_rng(seed), hand
        self._short = _by_name()

    def _chance(self, share: float) -> bool:
        return bool(self._rng.random() < share * self._hand)

    def _one(self, choices: list[str] | tuple[str, ...]) -> str:
        return choices[int(self._rng.integers(len(choices)))]

    def spoiled(self, one: Invented) -> str:
        given, surnames = self._parts(one)
        given, surnames = [self._slips(w) for w in given], [self._slips(w) for w in surnames]
        if one.woman and self._chance(0.05):
            surnames = [*surnames, "de", self._draw.surnames(1)[0]]
        text = self._ordered(given, surnames)
        return self._cased(text)

    def _parts(self, one: Invented) -> tuple[list[str], list[str]]:
        given = [one.given, one.given2] if one.given2 else [one.given]
        surnames = [one.surname, one.surname2] if one.surname2 else [one.surname]
        if self._chance(0.07) and (short := self._short.get(fold(given[0]))):
            given[0] = self._one(short).capitalize()
        if len(given) > 1:
            given = self._cut(given, left_out=0.36, initial=0.09, other_only=0.04)
        if len(surnames) > 1:
            surnames = self._cut(surnames, left_out=0.3, initial=0.06, other_only=0.01)
            if len(surnames) > 1 and self._chance(0.03):
                surnames.reverse()
        if self._chance(0.06):
            side = given if self._rng.random() < 0.4 else surnames
            at = int(self._rng.integers(len(side)))
            side[at] = self._abbreviated(side[at])
        return given, surnames

    def _cut(self, words: list[str], *, left_out: float, initial: float, other_only: float) -> list[str]:
        chance = self._rng.random() / max(self._hand, 1e-9)
        if chance < left_out:
            return words[:1]
        if chance < left_out + initial:
            return [words[0], words[1][0] + self._one((".", ""))]
        if chance < left_out + initial + other_only:
            return words[1:]
        return words

    def _abbreviated(self, word: str) -> str:
        if len(word) < 5:
            return word
        if self._rng.random() < 0.4:
            return word[: int(self._rng.integers(3, 5))] + "."
        middle = [c for c in word[1:-2] if c.lower() not in "aeiouáéíóúü"][:1]
        return word[0] + "".join(middle) + word[-2:] + self._one((".", ""))

    def _slips(self, word: str) -> str:
        if len(word.rstrip(".")) < 3:
            return word
        count = int(self._rng.choice([0, 1, 2], p=_shares(0.26 * self._hand, 0.03 * self._hand)))
        for _ in range(count):
            kind: Callable[[str], str] = self._by_ear if self._rng.random() < 0.5 else self._by_hand
            word = kind(word)
        return self._swapped(word, _SEEN) if self._chance(0.015) else word

    def _by_ear(self, word: str) -> str:
        return self._swapped(word, _SOUNDS)

    def _swapped(self, word: str, pairs: tuple[tuple[str, str], ...]) -> str:
        low = word.lower()
        fits = [(a, b) for a, b in pairs if a in low]
        if not fits:
            return self._by_hand(word)
        a, b = fits[int(self._rng.integers(len(fits)))]
        places = [i for i in range(len(low)) if low.startswith(a, i)]
        at = places[int(self._rng.integers(len(places)))]
        put = b.capitalize() if at == 0 else b
        return word[:at] + put + word[at + len(a) :]

    def _by_hand(self, word: str) -> str:
        if len(word) < 4:
            return word
        at, kind = int(self._rng.integers(1, len(word) - 1)), self._rng.random()
        if kind < 0.3:
            return word[:at] + word[at + 1 :]
        if kind < 0.55:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind < 0.75:
            return word[:at] + self._beside(word[at]) + word[at + 1 :]
        if kind < 0.9:
            return word[:at] + word[at] + word[at:]
        return word[:at] + self._one("aeiounrsl") + word[at:]

    def _beside(self, letter: str) -> str:
        at = _KEYS.find(fold(letter))
        near = [c for c in _KEYS[max(0, at - 1) : at + 2] if c.isalpha() and c != letter] if at >= 0 else []
        return self._one(near) if near else self._one("aeiou")

    def _ordered(self, given: list[str], surnames: list[str]) -> str:
        chance = self._rng.random()
        first, last = " ".join(given), " ".join(surnames)
        if chance < 0.1:
            return f"{last}, {first}"
        text = f"{last} {first}" if chance < 0.22 else f"{first} {last}"
        if self._chance(0.02):
            at = text.find(" ")
            text = text[:at] + text[at + 1 :]
        return self._one(_TITLES) + text if self._chance(0.01) else text

    def _cased(self, text: str) -> str:
        if self._chance(0.35):
            text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
        chance = self._rng.random()
        return text.upper() if chance < 0.3 else text.lower() if chance < 0.36 else text


def _shares(one: float, two: float) -> list[float]:
    return [1 - one - two, one, two]


def _by_name() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for short, names in names_short().items():
        for name in names:
            found.setdefault(name, []).append(short)
    return {name: sorted(forms) for name, forms in found.items()}
