"""How a folded word of a name sounds in Spanish: one key for the spellings that people mix up.

After the usual phonetic reductions for Spanish (b/v, s/z/c/x, y/i/ll, g/j before e and i, silent h, qu/k/c,
m before a consonant or at the end as n, double letters as one), as in METHODS of name matching since
Soundex; unlike Soundex nothing is cut off and vowels stay, so that few different names share a key.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        ("ll", "y"),
        ("ph", "f"),
        ("sch|sh", "ch"),
        ("ch", "1"),
        ("gu(?=[ei])", "g2"),
        ("qu(?=[ei])", "k"),
        ("g(?=[ei])", "j"),
        ("g2", "g"),
        ("h", ""),
        ("c(?=[ei])", "s"),
        ("[zx]", "s"),
        ("[qc]", "k"),
        ("v", "b"),
        ("w", "u"),
        ("y", "i"),
        ("m(?=[^aeiou1]|$)", "n"),
        ("(.)\\1+", "\\1"),
    )
)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """The key of one folded word; the word itself where nothing of it sounds."""
    key = word
    for pattern, put in _RULES:
        key = pattern.sub(put, key)
    return key or word
