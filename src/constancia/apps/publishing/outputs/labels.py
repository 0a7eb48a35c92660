"""The writers' own words: "Contents", "Figure", "Page" (`labels.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from constancia.domain.language import Language


@cache
def known() -> dict[str, dict[str, str]]:
    """{key: {"es": …, "en": …}}"""
    text = resources.files(__package__).joinpath("labels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class Labels:
    """Words by key: those that the document brings, else the house's in its language.

    A key that neither has is a KeyError: keys are written in code, never by a person.
    """

    def __init__(self, language: Language, own: Mapping[str, str] | None = None) -> None:
        self._language = language
        self._own = own or {}

    def __getitem__(self, key: str) -> str:
        return self._own.get(key) or known()[key][self._language]

    def of(self, key: str, **values: str | int) -> str:
        """The words with their blanks filled: {number}, {page}."""
        words = self[key]
        for name, value in values.items():
            words = words.replace(f"{{{name}}}", str(value))
        return words

    def edition(self, number: str) -> str:
        """The edition as a reader is told it: a bare "2" gets its word before it."""
        return self.of("edition", number=number) if number.isdigit() else number
