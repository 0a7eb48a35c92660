"""Invented people with Venezuelan naming habits: nobody in particular, the same again for the same seed."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import accumulate
from random import Random
from typing import Any, Literal

from constancia.domain.names import fold
from constancia.domain.vocabulary.terms import Sex

Which = Literal["women", "men"]

_TWO_GIVEN = 0.72
_MADE_UP = 0.16
_ONE_SURNAME = 0.04
_FLATTEN = 6.0
"""Frequencies fall as 1 / (rank + this): the first name of a list is about ten times the sixtieth."""

INVENTED_NUMBERS = range(60_000_000, 80_000_000)
"""Identity numbers are drawn from here: above every cédula issued, below the foreigners' series."""

# Somebody everybody knows must not turn up in a demonstration: SHA-256 of the folded
# "first given name + first surname". Hashed, so that no real person's name stands here.
_AVOIDED = frozenset(
    line for line in resources.files(__package__).joinpath("data/avoided.txt").read_text().split() if line
)


@dataclass(frozen=True, slots=True)
class InventedName:
    """Given names and surnames as a clerk would write them."""

    given: str
    surnames: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.surnames}"


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """`number` is an identity number that nobody holds; `born` a full date."""

    name: InventedName
    sex: Sex
    born: date
    number: str


@cache
def _parts() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("data/names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _steps(size: int) -> list[float]:
    return list(accumulate(1 / (rank + _FLATTEN) for rank in range(size)))


def _draw(rng: Random, among: Sequence[str]) -> str:
    return rng.choices(among, cum_weights=_steps(len(among)))[0]


def is_avoided(given: str, surname: str) -> bool:
    """Whether the first of `given` with the first of `surname` is on the list of names to avoid."""
    key = f"{fold(given).split()[0]} {fold(surname).split()[0]}"
    return hashlib.sha256(key.encode()).hexdigest() in _AVOIDED


def _first_given(rng: Random, which: Which) -> str:
    parts = _parts()
    if rng.random() < _MADE_UP:
        return f"{rng.choice(parts['first_parts'])}{rng.choice(parts[f'{which}_parts'])}"
    return _draw(rng, parts[which])


def invented_name(rng: Random, sex: Sex) -> InventedName:
    """A name for somebody of `sex` (for OTHER either list); never one of the names to avoid."""
    which: Which = "women" if sex is Sex.WOMAN or (sex is Sex.OTHER and rng.random() < 0.5) else "men"
    parts = _parts()
    while True:
        given = _first_given(rng, which)
        if rng.random() < _TWO_GIVEN:
            second = _draw(rng, parts[f"second_{which}"])
            if second != given:
                given = f"{given} {second}"
        first = _draw(rng, parts["surnames"])
        surnames = first if rng.random() < _ONE_SURNAME else f"{first} {_draw(rng, parts['surnames'])}"
        if not is_avoided(given, surnames):
            return InventedName(given, surnames)


def spelled_otherwise(rng: Random, text: str) -> str:
    """`text` with one sound written the other way (b/v, s/z …); if none fits, without its accents."""
    pairs = [tuple(pair) for pair in _parts()["same_sound"]]
    places = [
        (index, old, new)
        for one, other in pairs
        for old, new in ((one, other), (other, one))
        for index in range(1, len(text))
        if text.startswith(old, index)
    ]
    if not places:
        return fold(text).title()
    index, old, new = rng.choice(places)
    return f"{text[:index]}{new}{text[index + len(old) :]}"


def invented_people(
    seed: int,
    n: int,
    *,
    women: float = 0.14,
    born: tuple[date, date] = (date(1950, 1, 1), date(2007, 12, 31)),
) -> Iterator[InventedPerson]:
    """`n` invented people, the same for the same arguments; identity numbers do not repeat (n ≤ 20 million).

    `women` is their share; birth days are even over `born`. About 60,000 people a second.
    """
    rng = Random(seed)
    days = (born[1] - born[0]).days
    # Steps that share no factor with the range visit every number once.
    start, step = rng.randrange(len(INVENTED_NUMBERS)), 7_368_787
    for index in range(n):
        sex = Sex.WOMAN if rng.random() < women else Sex.MAN
        number = INVENTED_NUMBERS[(start + index * step) % len(INVENTED_NUMBERS)]
        yield InventedPerson(
            invented_name(rng, sex), sex, born[0] + timedelta(days=rng.randint(0, days)), f"V-{number}"
        )
