"""Which of the two languages a text is in, told from its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

from constancia.domain.language import Language

_SAMPLE = 20_000
_SMALL: dict[str, frozenset[str]] = {
    "es": frozenset("de la que el en y los las del se por con una su para es al lo como mas no sus han un".split()),
    "en": frozenset("the of and to in that for is was on are with by as at from their have has it been were".split()),
}


def detected(folded: str) -> Language:
    """Spanish where the two are even: it comes first here."""
    counts = Counter(re.findall(r"[a-z]+", folded[:_SAMPLE]))
    english = sum(counts[word] for word in _SMALL["en"])
    spanish = sum(counts[word] for word in _SMALL["es"])
    return "en" if english > spanish else "es"
