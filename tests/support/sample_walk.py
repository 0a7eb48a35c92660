"""A document walked in the order in which it is read: its numbers, and one where every text is hostile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from constancia.domain.publishing.blocks import Document, KeyNumber, Number, Text

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></w:t><w:p/>",
    "<!-- --> &lt; &#x3c; & &amp;",
    '{{ held }} #import("x") $x$ \\textbf{y}',
    "573\u202e573\u202c \u2066x\u2069 \u200f",
    "null\x00bell\x07 escape\x1b[31m half\ud800 \ufffe",
    "línea\r\notra\tmás\u2028fin",
    "palabra" * 60,
    "مرحبا بالعالم",
    "{page} {number}",
    "",
)

Value = Any


def numbers(part: Value) -> Iterator[Number]:
    """Every number in a part of a document, as fields are declared. Of a document: cover, blocks, notes,
    imprint; of a picture: title, notes, data."""
    match part:
        case Document():
            yield from numbers((part.cover, part.blocks, part.notes, part.imprint))
        case Number():
            yield part
        case KeyNumber():
            yield part.number
        case _ if hasattr(part, "chart"):
            yield from numbers((part.title, part.notes, part.data))
        case _ if is_dataclass(part):
            for field in fields(part):
                yield from numbers(getattr(part, field.name))
        case list() | tuple():
            for one in part:
                yield from numbers(one)


def hostile(part: Value, texts: Sequence[str] = HOSTILE) -> Value:
    """The same document with every text in it followed by a hostile one, in turn."""
    return _hostile(part, iter(list(texts) * 1000))


_KEPT = {
    "language",
    "draft",
    "number",
    "anchor",
    "chart",
    "key",
    "tone",
    "kind",
    "address",
    "labels",
    "start",
}


def _hostile(part: Value, texts: Iterator[str], name: str = "") -> Value:
    match part:
        case Text(text=text):
            return Text(text + next(texts))
        case Number():
            return part
        case str() if name not in _KEPT:
            return part + next(texts)
        case tuple():
            return tuple(_hostile(one, texts) for one in part)
        case _ if is_dataclass(part) and not isinstance(part, type):
            changed = {
                field.name: _hostile(getattr(part, field.name), texts, field.name) for field in fields(part)
            }
            return replace(part, **changed)
    return part
