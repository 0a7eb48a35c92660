"""Which words of one fact can be erased while the fact stays, and what stands in their place.

Only free words on which nothing rests: no figure, no search, nobody's identity. Days, places, categories,
codes, names and numbers are corrected, or go with the person.

What takes the place of the words is the same wherever the same words stood, and nowhere else: facts that
agreed with each other agree as before, and those that did not still do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

DATE_WORDS = "date_words"
"""The date as the source said it; of every dated kind. The day itself stays."""
NOTE = "note"
"""What whoever reviewed the fact wrote beside the verdict. Of a review, not of the fact."""

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "narrative": ("text",),
        "safety_note": ("text",),
        "contact": ("contact_name", "said_tie", "reach", "lives_in"),
        "relation": ("relation",),
        "birth": ("words",),
        "occupation": ("detail",),
        "profile": ("rank",),
        "arrest": ("together_with",),
        "disappearance": ("together_with",),
        "hearing": ("what",),
        "death_in_custody": ("cause",),
        "recognition": ("reasoning",),
        "consent": ("given_by", "use"),
        "identity_judgement": ("reason",),
        "withdrawal": ("reason",),
    }
)
"""Kind of fact → its fields that can be erased alone."""
_MARK = re.compile(r"\[borrado [0-9]{1,19}\]")


def erasable(kind: str, fields: Mapping[str, Any], date_words: str) -> tuple[str, ...]:
    """Those that a fact of that kind has; `date_words` as it has them."""
    there = tuple(name for name in FIELDS.get(kind, ()) if fields.get(name))
    return (*there, DATE_WORDS) if date_words else there


def slot_name(kind: str, field: str) -> str:
    """The field's name in the ledger (`domain.ledger.schema`)."""
    return "words" if field == DATE_WORDS else f"{kind}.{field}"


def mark(request: int) -> str:
    """What stands where the words stood: "[borrado 12]", by the number of the request."""
    return f"[borrado {request}]"


def is_mark(value: object) -> bool:
    """Whether these are no words but what stands in the place of some."""
    return isinstance(value, str) and _MARK.fullmatch(value) is not None


def without(fields: Mapping[str, Any], gone: Mapping[str, int]) -> dict[str, Any]:
    """`fields` with the mark in the place of each field of `gone` (field → request) that is there."""
    return {name: mark(gone[name]) if name in gone else value for name, value in fields.items()}
