"""Why a fact has its grade, as codes with parameters, and in words for people."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from constancia.domain.language import Language
from constancia.domain.vocabulary.terms import Grade


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `code` stands in `words.toml`; `number` fills `{number}` where the words have it.

    Codes: `source.<kind of source>`, `independent`, `reliability.<letter>`, `confirmed`, `disputed`,
    `retracted`, and what is missing: `needs.confirmation`, `needs.source`, `needs.own_source`, `never_alone`.
    """

    code: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade and what gave it."""

    grade: Grade
    reasons: tuple[Reason, ...]


@cache
def _words() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)
    return found


def reason_words(reason: Reason, language: Language = "es") -> str:
    """The words of one reason, to stand inside a sentence."""
    entry = _words().get(f"{reason.code}.many" if reason.number > 1 else reason.code)
    entry = entry or _words()[reason.code]
    return entry[language].format(number=reason.number)


def in_words(graded: Graded, language: Language = "es") -> str:
    """For people: "verificado: visto por nuestro abogado y confirmado por una segunda persona"."""
    head = _words()[f"grade.{graded.grade.name.lower()}"][language]
    given = [reason_words(reason, language) for reason in graded.reasons if not _is_missing(reason)]
    missing = [reason_words(reason, language) for reason in graded.reasons if _is_missing(reason)]
    told = ", ".join([*given[:-2], f" {_words()['and'][language]} ".join(given[-2:])])
    return f"{head}: " + "; ".join(part for part in (told, *missing) if part)


def _is_missing(reason: Reason) -> bool:
    return reason.code == "never_alone" or reason.code.startswith("needs.")
