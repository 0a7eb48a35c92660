"""Reasons in words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from constancia.domain.matching.shapes import Reason

_HOLES = re.compile(r"\{(?:theirs|ours)\}")


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """What every comparison may find ("name.sound"), in each language, with {theirs} and {ours} in it."""
    data = tomllib.loads(files("constancia.domain.matching").joinpath("words.toml").read_text("utf-8"))
    return {f"{part}.{level}": told for part, levels in data.items() for level, told in levels.items()}


def said(reason: Reason, language: str) -> str:
    """What one comparison found, as a sentence in `language` ("es" or "en"). It may hold names."""
    # Not str.format, and both at once: what lists hold is text, whatever braces are in it.
    values = {"{theirs}": reason.theirs, "{ours}": reason.ours}
    return _HOLES.sub(lambda hole: values[hole.group()], sentences()[reason.comparison][language])
