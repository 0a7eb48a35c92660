"""PDF, by pypdf: pure Python, so that a file made to break its reader can at worst waste its time.

Lines that only the width of the page broke are joined again; a scan without text is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

import pypdf
from pypdf.errors import LimitReachedError, PdfReadError

from constancia.domain.errors import TextRefused
from constancia.infra.texts.limits import MAX_CHARACTERS, MAX_PAGES
from constancia.infra.texts.within.raw import Raw, day, declared

_CLOSING = tuple('.:;!?…»”")')
_BULLETS = tuple("•·-–—*►▪●○◦✓\t")
_FULL = 0.75
"""Of the widest lines' width: a shorter line ended because its paragraph did."""


def read(data: bytes, media: str) -> Raw:
    """Raises TextRefused `texts.encrypted`, `texts.too_many_pages`, `texts.pdf_without_text`, `texts.bomb`,
    `texts.too_long`, `texts.broken`."""
    logging.disable(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise TextRefused("texts.encrypted")
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise TextRefused("texts.too_many_pages", limit=MAX_PAGES)
        texts = _texts(reader)
        title, published = _said(reader)
        language = declared(str(reader.root_object.get("/Lang", "")))
    except LimitReachedError:
        raise TextRefused("texts.bomb") from None
    except RecursionError:
        raise TextRefused("texts.broken") from None
    silent = sum(not text.strip() for text in texts)
    if silent == len(texts):
        raise TextRefused("texts.pdf_without_text")
    notes = ("texts.pages_without_text",) if silent else ()
    return Raw("\n".join(texts), title=title, language=language, published=published, notes=notes)


def _texts(reader: pypdf.PdfReader) -> list[str]:
    texts, spent = [], 0
    for page in reader.pages:
        texts.append(paragraphs(page.extract_text().split("\n")))
        spent += len(texts[-1])
        if spent > MAX_CHARACTERS:
            raise TextRefused("texts.too_long", limit=MAX_CHARACTERS)
    return texts


def _said(reader: pypdf.PdfReader) -> tuple[str, date | None]:
    """Title and day; a file whose data about itself is damaged still has its text."""
    try:
        said: Mapping[str, object] = reader.metadata or {}
        return str(said.get("/Title", "")), day(str(said.get("/CreationDate", "")))
    except (PdfReadError, ValueError, TypeError, AttributeError, KeyError):
        return "", None


def paragraphs(lines: Sequence[str]) -> str:
    """Lines that run to the margin and close no sentence go on in the next; a word parted there is whole."""
    lines = [line.strip(" ") for line in lines]
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return ""
    full = _FULL * widths[min(len(widths) - 1, int(len(widths) * 0.9))]
    joined: list[str] = []
    going_on = False
    for line in lines:
        if going_on and line and not line.startswith(_BULLETS):
            before = joined[-1]
            if before.endswith("-") and before[-2:-1].isalpha() and line[0].islower():
                joined[-1] = before[:-1] + line
            else:
                joined[-1] = f"{before} {line}"
        else:
            joined.append(line)
        going_on = len(line) >= full and len(line) > 30 and not line.endswith(_CLOSING)
    return "\n".join(joined)
