"""The code of a person: short enough to dictate over a telephone, and sure of a slip.

Ten symbols of Crockford's base 32 (digits and letters without I, L, O, U) as `K7PM-3XQ4-TH`: nine drawn
at random (45 bits; whoever stores them must still refuse a second use) and one check symbol. The check
is a Reed-Solomon one over GF(32): with a the generator, symbols s0 … s9 satisfy
s0·a^0 + s1·a^1 + … + s9·a^9 = 0. All weights differ and none is zero, so every single wrong symbol and
every exchange of two symbols (neighbours or not) is caught.
"""

from __future__ import annotations

import re
import secrets

from constancia.domain.errors import InputRefused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SEPARATORS = re.compile(r"[\s._\-\u2010-\u2015\u2212\u00ad\u200b\ufeff]+")
_MAX_WRITTEN = 40


def _powers_of_the_generator() -> list[int]:
    """a^0 … a^30 in GF(32) modulo x^5 + x^2 + 1, which is primitive."""
    powers = [1]
    for _ in range(30):
        value = powers[-1] << 1
        powers.append(value ^ 0b100101 if value & 0b100000 else value)
    return powers


_EXP = _powers_of_the_generator()
_LOG = {value: exponent for exponent, value in enumerate(_EXP)}


def _weighted(value: int, position: int) -> int:
    """`value`·a^`position` in GF(32)."""
    return _EXP[(_LOG[value] + position) % 31] if value else 0


def _syndrome(values: list[int]) -> int:
    total = 0
    for position, value in enumerate(values):
        total ^= _weighted(value, position)
    return total


def _check_value(values: list[int]) -> int:
    """The tenth value, which brings the sum to zero."""
    rest = _syndrome(values)
    return _EXP[(_LOG[rest] - (LENGTH - 1)) % 31] if rest else 0


def _written(values: list[int]) -> str:
    text = "".join(ALPHABET[value] for value in values)
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def new_code() -> str:
    """A fresh code from the system's random source."""
    values = [secrets.randbelow(32) for _ in range(LENGTH - 1)]
    return _written([*values, _check_value(values)])


def normalise(text: str) -> str:
    """The code that somebody wrote, in its one written form.

    Case, blanks, dots and dashes do not matter; O counts as 0, I and L as 1. InputRefused `code.invalid`
    if it is not ten symbols or the check symbol does not agree.
    """
    if len(text) > _MAX_WRITTEN:
        raise InputRefused("code.invalid")
    symbols = _SEPARATORS.sub("", text).upper()
    if len(symbols) != LENGTH or any(symbol not in _VALUE for symbol in symbols):
        raise InputRefused("code.invalid")
    values = [_VALUE[symbol] for symbol in symbols]
    if _syndrome(values):
        raise InputRefused("code.invalid")
    return _written(values)


def is_code(text: str) -> bool:
    """Whether `normalise` would accept it."""
    try:
        normalise(text)
    except InputRefused:
        return False
    return True
