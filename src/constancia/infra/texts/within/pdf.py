"""PDF, by pypdf: pure Python, so that a file made to break its reader can at worst waste its time.

Lines that only the width of the page broke are joined again; a scan without text is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
from pypdf.errors import LimitReachedError, PdfReadError

from constancia.domain.errors import TextRefused
from constancia.infra.texts.limits import MAX_CHARACTERS, MAX_PAGES
from constancia.infra.texts.within.raw import Raw, day, declared

_CLOSING = tuple('.:;!?…»”")')
_BULLETS = tuple("•·-–—*►▪●○◦✓\t")
_CELL = re.compile(r"\S+(?: \S+)*")
_ASIDE = 2
"""Characters by which cells of one column may begin apart."""
_FULL = 0.75
"""Of the widest lines' width: a shorter line ended because its paragraph did."""


def read(data: bytes, media: str) -> Raw:
    """Raises TextRefused `texts.encrypted`, `texts.too_many_pages`, `texts.pdf_without_text`, `texts.bomb`,
    `texts.too_long`, `texts.broken`."""
    raw = _read(data, _flowing)
    return replace(raw, text="\n".join(raw.pages), pages=())


def read_lines(data: bytes, media: str) -> Raw:
    """The same by its lines, as they are laid out. Raises as `read`."""
    return _read(data, _laid_out)


def _read(data: bytes, page_text: Callable[[pypdf.PageObject], str]) -> Raw:
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise TextRefused("texts.encrypted")
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise TextRefused("texts.too_many_pages", limit=MAX_PAGES)
        texts = _texts(reader, page_text)
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
    return Raw("", title=title, language=language, published=published, notes=notes, pages=tuple(texts))


def _texts(reader: pypdf.PdfReader, page_text: Callable[[pypdf.PageObject], str]) -> list[str]:
    texts, spent = [], 0
    for page in reader.pages:
        texts.append(page_text(page))
        spent += len(texts[-1])
        if spent > MAX_CHARACTERS:
            raise TextRefused("texts.too_long", limit=MAX_CHARACTERS)
    return texts


def _flowing(page: pypdf.PageObject) -> str:
    return paragraphs(page.extract_text().split("\n"))


def _laid_out(page: pypdf.PageObject) -> str:
    """Columns as they stand; where the layout cannot be had, the lines alone."""
    try:
        return columns(page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False))
    except (KeyError, ValueError, TypeError, AttributeError, ZeroDivisionError, IndexError):
        return page.extract_text()


def columns(text: str) -> str:
    """Cells, which two blanks and more part, parted by tabs. Under a line of several cells, each cell of the
    next lines is put below the one with which it begins; a line that does not fit there is its own."""
    lines: list[str] = []
    starts: list[int] = []
    misses = 0
    for line in text.split("\n"):
        cells = [(found.start(), found[0]) for found in _CELL.finditer(line)]
        places = _below(cells, starts)
        if places is not None:
            row = [""] * len(starts)
            for place, (_, cell) in zip(places, cells, strict=True):
                row[place] = cell
            lines.append("\t".join(row))
            misses = 0
            continue
        lines.append("\t".join(cell for _, cell in cells))
        if len(cells) > 1:
            misses += 1
        if len(cells) > 1 and (not starts or misses > 1):
            # The first row of a table, or of another one.
            starts, misses = [start for start, _ in cells], 0
    return "\n".join(lines)


def _below(cells: Sequence[tuple[int, str]], starts: Sequence[int]) -> list[int] | None:
    """The columns in which cells stand; None if they do not stand in columns one by one."""
    places: list[int] = []
    for start, _ in cells:
        near = [n for n, place in enumerate(starts) if abs(place - start) <= _ASIDE]
        if len(near) != 1 or near[0] in places:
            return None
        places.append(near[0])
    return places or None


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
