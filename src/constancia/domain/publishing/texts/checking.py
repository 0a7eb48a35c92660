"""What a check page says of a folder: all its problems, and the numbers that were typed by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.texts.folder import PLAN, folder, section
from constancia.domain.publishing.texts.problem import Problem
from constancia.domain.publishing.texts.reading import read
from constancia.domain.publishing.texts.sheet import Describe, Sheet, sheet

Guess = Literal["date", "year", "hour", "article", "ordinal", "figure"]

_AROUND = 30
_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
)
_NUMBER = r"\d+(?:[.,\u00a0\u202f]\d+)*"
_TYPED = re.compile(
    rf"(?P<date>\b\d{{1,4}}[/-]\d{{1,2}}[/-]\d{{1,4}}\b"
    rf"|\b\d{{1,2}}(?:\.º|º)?\s+(?:de\s+)?{_MONTH}\b(?:,?\s+(?:del?\s+)?\d{{4}}\b)?"
    rf"|\b{_MONTH}\s+\d{{1,2}}\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b{_MONTH}\s+(?:del?\s+)?\d{{4}}\b)"
    rf"|(?P<hour>\b\d{{1,2}}[:.]\d{{2}}(?=\s*(?:h\b|hs\b|horas|a\.\s?m|p\.\s?m|am\b|pm\b))|\b\d{{1,2}}:\d{{2}}\b)"
    rf"|(?P<article>(?:\bart(?:s?\.|ículos?|icles?)|\b(?:ley|gaceta|law|gazette|resoluci[oó]n|resolution|decreto"
    rf"|decree|numeral|literal|section|párrafo|paragraph|§|n\.\s?[ºo]|no\.|núm\.)"
    rf"(?:\s+(?:oficial|extraordinaria|n\.\s?º|no\.|núm\.)){{0,3}})\s*{_NUMBER})"
    rf"|(?P<ordinal>\b\d+(?:\.?[ºª]|st\b|nd\b|rd\b|th\b))"
    rf"|(?P<year>\b(?:19|20)\d{{2}}\b(?![.,]\d))"
    rf"|(?P<figure>{_NUMBER})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number that no insertion gave. `guess`: what it seems to be; only a "figure" should worry the desk.

    `around`: some words of its paragraph.
    """

    file: str
    line: int
    text: str
    guess: Guess
    around: str


def problems(content: Content, language: Language, describe: Describe | None = None) -> list[Problem]:
    """Everything that is wrong with the folder's texts in the language, by file and line; 200 at the most.

    Charts are looked for only where `describe` is given.
    """
    try:
        gathered = _read(content, language, describe)
    except InputRefused as error:
        return [Problem(PLAN, 1, error)]
    return in_order(gathered.problems.found, folder(content).sections)


def in_order(found: list[Problem], sections: tuple[str, ...]) -> list[Problem]:
    """By the order of the sections in the report, then by line."""
    places = {
        f"{language}/{stem}.md": place for place, stem in enumerate(sections) for language in ("es", "en")
    }
    return sorted(found, key=lambda one: (places.get(one.file, -1), one.line))


def typed_numbers(content: Content, language: Language) -> list[TypedNumber]:
    """Every number that the desk typed by hand, in order. Nothing of a text that cannot be read.

    Raises InputRefused as `folder` does, and `edition.zone`.
    """
    gathered = _read(content, language, None)
    found = [
        TypedNumber(file, line, match.group(), _guess(match), _words_around(text, match))
        for file, line, text in gathered.written
        for match in _TYPED.finditer(text)
    ]
    order = {one: place for place, one in enumerate(dict.fromkeys(file for file, _, _ in gathered.written))}
    return sorted(found, key=lambda one: (order[one.file], one.line))


def _read(content: Content, language: Language, describe: Describe | None) -> Sheet:
    found = sheet(content, language, describe)
    for stem in folder(content).sections:
        read(section(content, stem, language), found)
    return found


def _guess(match: re.Match[str]) -> Guess:
    kind: Guess = match.lastgroup  # type: ignore[assignment]
    return kind


def _words_around(text: str, match: re.Match[str]) -> str:
    start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    return f"{before}{text[start:end].strip()}{after}"
