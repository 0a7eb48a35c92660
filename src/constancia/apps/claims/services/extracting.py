"""The text of a file: the one place where this room has it taken out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from constancia.domain.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file and what it says of itself. `notes`: codes of the catalogue."""

    text: str
    media: str
    title: str = ""
    publisher: str = ""
    language: str = ""
    published: date | None = None
    address: str = ""
    notes: tuple[str, ...] = ()


def extract(data: bytes, *, name: str = "", media: str = "") -> Extracted:
    """The text of a file in UTF-8. Raises InputRefused `claims.file_unread`."""
    try:
        return Extracted(data.decode("utf-8-sig"), "text/plain")
    except UnicodeDecodeError:
        raise InputRefused("claims.file_unread") from None
