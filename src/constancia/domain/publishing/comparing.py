"""What differs between two contents, as far as it was counted: words may be said better, numbers may not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constancia.domain.publishing.content import Content

MOST = 50
"""Differences that are told at most."""

NOT_COUNTED = frozenset({"software", "title", "organisation", "languages", "texts", "errata"})
"""Parts of a content that nobody counts."""

_WORDS = frozenset({"es", "en"})


def unlike(one: Content, other: Content) -> list[str]:
    """Every number, day and code in which two contents differ, as "figures.held.value: 573 ≠ 572"; at most
    MOST of them. Labels and other words are left out."""
    found = []
    for path, first, second in _differences("", _parts(one), _parts(other)):
        found.append(f"{path}: {_short(first)} ≠ {_short(second)}")
        if len(found) >= MOST:
            break
    return found


def _parts(content: Content) -> dict[str, Any]:
    return content.model_dump(mode="json", exclude=set(NOT_COUNTED))


def _differences(path: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict):
        if set(one) == _WORDS == set(other):
            return
        for key in sorted({*one, *other}):
            yield from _differences(f"{path}.{key}" if path else key, one.get(key), other.get(key))
    elif isinstance(one, list) and isinstance(other, list):
        firsts, seconds = _named(one), _named(other)
        for name in sorted({*firsts, *seconds}, key=str):
            yield from _differences(f"{path}.{name}", firsts.get(name), seconds.get(name))
    elif one != other:
        yield path, one, other


def _named(items: list[Any]) -> dict[str, Any]:
    """A list by what its parts are called, so that one more among them is one difference and not many."""
    found: dict[str, Any] = {}
    for place, item in enumerate(items):
        name = next(
            (
                str(item[key])
                for key in ("name", "number", "cause", "day", "kind", "key")
                if isinstance(item, dict) and key in item
            ),
            str(place),
        )
        found[name if name not in found else f"{name}#{place}"] = item
    return found


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
