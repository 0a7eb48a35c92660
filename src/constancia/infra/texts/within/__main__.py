"""`python -m constancia.infra.texts.within KIND MEDIA SECONDS BYTES FORM`: document on stdin, JSON on stdout.

FORM is "text" (as it reads) or "lines" (as it is laid out).

The answer is {"refused": code, "params": {…}} or the fields of `Extracted`. Any other end is a failure of
the document's reader, and whoever started this says so.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from importlib import import_module

from constancia.domain.claims.tongue import tongue
from constancia.domain.errors import ConstanciaError, TextRefused
from constancia.infra.confined import confine
from constancia.infra.texts import limits
from constancia.infra.texts.extracted import DOCX, HTML, PDF, TXT
from constancia.infra.texts.tidy import field, tidy
from constancia.infra.texts.within.raw import Raw

_READERS = {TXT: "plain", HTML: "page", PDF: "pdf", DOCX: "word"}


def main(kind: str, media: str, seconds: str, memory: str, form: str = "text") -> int:
    logging.disable(logging.CRITICAL)  # libraries put pieces of what they read into their warnings
    data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
    confine(int(seconds), int(memory))
    answer: dict[str, object]
    try:
        answer = _told(kind, _read(kind, media, data, form), rows=form == "lines")
    except MemoryError:
        answer = {"refused": "texts.too_heavy", "params": {"megabytes": int(memory) // 1_000_000}}
    except ConstanciaError as refused:
        answer = {"refused": refused.code, "params": refused.params}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    return 0


def _read(kind: str, media: str, data: bytes, form: str) -> Raw:
    """Whatever else a reader raises is the document's fault."""
    try:
        # One reader with its libraries is loaded, not all four.
        reader = import_module(f"constancia.infra.texts.within.{_READERS[kind]}")
        read = getattr(reader, "read_lines", reader.read) if form == "lines" else reader.read
        raw: Raw = read(data, media)
        return raw
    except (ConstanciaError, MemoryError):
        raise
    except Exception:
        raise TextRefused("texts.broken") from None


def _told(kind: str, raw: Raw, *, rows: bool) -> dict[str, object]:
    if raw.pages:
        text, seen = _page_by_page(raw.pages)
    else:
        text, seen = tidy(raw.text, rows=rows)
    return {
        "text": text,
        "media": kind,
        "title": field(raw.title),
        "publisher": field(raw.publisher),
        "language": tongue(text) or raw.language,
        "published": raw.published.isoformat() if raw.published else None,
        "address": field(raw.address),
        "notes": sorted({*raw.notes, *seen}),
    }


def _page_by_page(pages: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The pages tidied and parted by form feeds; one without text is empty."""
    texts: list[str] = []
    notes: set[str] = set()
    for page in pages:
        if any(symbol.isalnum() for symbol in page):
            text, seen = tidy(page, rows=True)
            texts.append(text)
            notes.update(seen)
        else:
            texts.append("")
    return "\f".join(texts), tuple(notes)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:6]))
