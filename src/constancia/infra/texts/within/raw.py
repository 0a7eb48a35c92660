"""What a reader found, before it is tidied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Raw:
    """As `Extracted`, in the document's own writing; `language` as declared: "es", "en" or "".

    `pages`: each on its own instead of `text`, of what is read by its lines.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    language: str = ""
    published: date | None = None
    address: str | None = None
    notes: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()


def day(written: str | None) -> date | None:
    """The day that a stamp begins with: "2026-01-08T10:00Z", "D:20260108101500"; None if it is none."""
    found = re.match(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)", written or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def declared(language: str | None) -> str:
    """ "es" or "en" of a tag such as "es-VE", else ""."""
    short = (language or "").strip().lower()[:2]
    return short if short in ("es", "en") else ""
