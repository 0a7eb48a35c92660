"""Documents as they are cited in notes."""

from __future__ import annotations

import re
from collections.abc import Callable

from constancia.domain.language import Language
from constancia.domain.publishing import printing
from constancia.domain.publishing.blocks import Link, NoteMark, Run, Text
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.content import Content, Source
from constancia.domain.publishing.wording import said

Noting = Callable[[tuple[Run, ...]], NoteMark]
"""Puts a note at the end of the document's notes and gives the mark that calls it."""

_ADDRESS = re.compile(r"(https?://[^\s<>\"\\^`{|}]+|mailto:[^\s<>\"\\^`{|}]+@[^\s<>\"\\^`{|}]+)")


def address(text: str) -> str | None:
    """The address if it is one that may be linked to (http, https, mailto), else None."""
    return text if plain(text) == text and _ADDRESS.fullmatch(text) else None


def cited(source: Source, language: Language) -> tuple[Run, ...]:
    """Publisher, title, date, address."""
    parts = [plain(source.publisher)] if plain(source.publisher) else []
    if title := plain(source.title):
        parts.append(said("sources.title", language, title=title))
    if source.published:
        parts.append(printing.day(source.published, language))
    text = ", ".join(parts) or said("sources.document", language, number=str(source.number))
    text = text if text.endswith(".") else f"{text}."
    if found := address(source.address):
        return Text(f"{text} "), Link(found, (Text(found),))
    return (Text(f"{text} {shown}"),) if (shown := plain(source.address)) else (Text(text),)


def citing(content: Content, number: int | None, language: Language, note: Noting) -> tuple[Run, ...]:
    """The mark of a note on a document of the content; nothing where the content has no such document."""
    source = content.source(number)
    return (note(cited(source, language)),) if source else ()
