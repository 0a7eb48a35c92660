"""Spanish or English? A vote of small words, which no text of either language does without."""

from __future__ import annotations

import re
from typing import Literal

Tongue = Literal["es", "en", ""]

_ES = """el la los las un una unos unas de del al en y e que se por para con sin su sus es son fue fueron
ha han está están más como pero entre hasta desde sobre lo le les este esta estos estas ese esa según también
ya u cuando donde quien quienes hay muy tras durante contra"""
_EN = """the an and of to in that is are was were for with on by from as at it its this these those has have
had been be not but or which who their they he she his her we you will would after before about more than
between during against there said according"""
_NEITHER = """o os da do dos das na nas no nos em um uma não são à ao pela pelo et est dans une au aux du sur
pas di il che gli della del nel und der die das ist nicht mit"""
_SPANISH, _ENGLISH = frozenset(_ES.split()), frozenset(_EN.split())
_OTHERS = frozenset(_NEITHER.split()) - _SPANISH - _ENGLISH - {"no", "nos", "o"}
"""Of Portuguese, French, Italian and German, which share small words with the two."""
_WORD = re.compile(r"[^\W\d_]+")
_READ = 5_000
"""Words of the beginning that vote."""
_LEAD = 2


def tongue(text: str) -> Tongue:
    """ "es" or "en" where its small words outnumber the other's two to one; else "" (another language, a
    list of names, both at once)."""
    spanish = english = others = 0
    for number, found in enumerate(_WORD.finditer(text)):
        if number == _READ:
            break
        word = found.group().lower()
        spanish += word in _SPANISH
        english += word in _ENGLISH
        others += word in _OTHERS
    if spanish >= 2 and spanish > _LEAD * max(english, others) and _enough(spanish, text):
        return "es"
    if english >= 2 and english > _LEAD * max(spanish, others) and _enough(english, text):
        return "en"
    return ""


def _enough(votes: int, text: str) -> bool:
    """One word in eight; in running text of either language it is one in three."""
    words = min(_READ, sum(1 for _ in _WORD.finditer(text[: 12 * _READ])))
    return votes * 8 >= words
