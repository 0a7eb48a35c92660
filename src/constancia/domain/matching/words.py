"""Reasons in words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from constancia.domain.dates import edtf
from constancia.domain.dates.words import in_words
from constancia.domain.errors import DateRefused
from constancia.domain.language import Language
from constancia.domain.matching.shapes import Reason

_OF_DAYS = frozenset({"born", "day"})
"""Comparisons whose values are days, in EDTF."""
_HOLES = re.compile(r"\{(?:theirs|ours)\}")


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """What every comparison may find ("name.sound"), in each language, with {theirs} and {ours} in it."""
    data = tomllib.loads(files("constancia.domain.matching").joinpath("words.toml").read_text("utf-8"))
    return {f"{part}.{level}": told for part, levels in data.items() for level, told in levels.items()}


def said(reason: Reason, language: Language) -> str:
    """What one comparison found, as a sentence in `language` ("es" or "en"). It may hold names."""
    theirs, ours = reason.theirs, reason.ours
    if reason.comparison.split(".")[0] in _OF_DAYS:
        theirs, ours = _days(theirs, language), _days(ours, language)
    # Not str.format, and both at once: what lists hold is text, whatever braces are in it.
    values = {"{theirs}": theirs, "{ours}": ours}
    return _HOLES.sub(lambda hole: values[hole.group()], sentences()[reason.comparison][language])


def _days(edtf_text: str, language: Language) -> str:
    try:
        return in_words(edtf.parse(edtf_text), language)
    except DateRefused:
        return edtf_text
