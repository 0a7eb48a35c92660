"""The words of published documents in Spanish and English, one file per kind of output.

A key is "file.entry" ("bulletin.held" is the entry `held` of `bulletin.toml`); `{field}` is filled.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from string import Formatter

from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Run, Text


@cache
def phrases() -> dict[str, dict[Language, str]]:
    """All entries: "file.entry" → language → words."""
    found: dict[str, dict[Language, str]] = {}
    for file in sorted(resources.files(__package__).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for entry, words in tomllib.loads(file.read_text(encoding="utf-8")).items():
                found[f"{file.name.removesuffix('.toml')}.{entry}"] = words
    return found


def said(key: str, language: Language, /, **values: str) -> str:
    """The entry in the language, its fields filled with texts that are already printed."""
    return phrases()[key][language].format(**values)


def said_or(key: str, otherwise: str, language: Language) -> str:
    """The entry where there is one, else the text given: for open lists of codes."""
    words = phrases().get(key)
    return words[language] if words else otherwise


def runs(key: str, language: Language, /, **values: Run | tuple[Run, ...] | str) -> tuple[Run, ...]:
    """The entry as runs, its fields filled with runs, so that numbers in it stay `Number`s."""
    found: list[Run] = []
    for literal, field, _, _ in Formatter().parse(phrases()[key][language]):
        if literal:
            found.append(Text(literal))
        if field is None:
            continue
        value = values[field]
        if isinstance(value, str):
            found.append(Text(value))
        elif isinstance(value, tuple):
            found.extend(value)
        else:
            found.append(value)
    return tuple(found)
