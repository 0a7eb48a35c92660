"""A long report as several pages: parted before its sections, its notes still within reach."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from itertools import pairwise

_VOID = frozenset({"br", "img", "source", "hr", "wbr", "col", "input", "meta", "link"})
_HERE = re.compile(r'href="#([^"]+)"')
_NAMED = re.compile(r'\sid="([^"]+)"')


class _Outermost(HTMLParser):
    """Where, in characters, a section of the outermost level begins: an h2, or the notes."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [0]
        for line in markup.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._depth = 0
        self.found: list[int] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0 and (tag == "h2" or ("class", "notes") in attrs):
            line, column = self.getpos()
            self.found.append(self._lines[line - 1] + column)
        if tag not in _VOID:
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._depth -= 1


def sections(markup: str) -> list[str]:
    """The markup parted before each section of the outermost level. Joined again it is the same."""
    starts = [0, *_Outermost(markup).found, len(markup)]
    found = (markup[start:end] for start, end in pairwise(starts))
    return [one for one in found if one.strip()]


def packed(parts: Sequence[str], room: int) -> list[str] | None:
    """The parts in as few pages of at most `room` bytes as their order allows; None where one is larger."""
    pages: list[str] = []
    for part in parts:
        if len(part.encode()) > room:
            return None
        if pages and len((pages[-1] + part).encode()) <= room:
            pages[-1] += part
        else:
            pages.append(part)
    return pages


def relinked(pages: Sequence[str], addresses: Sequence[str]) -> list[str]:
    """The pages with links to what now stands on another page leading there; `addresses` of the pages."""
    home = {
        name: address for page, address in zip(pages, addresses, strict=True) for name in _NAMED.findall(page)
    }

    def link(found: re.Match[str], here: str) -> str:
        address = home.get(found[1], here)
        return found[0] if address == here else f'href="{address}#{found[1]}"'

    return [
        _HERE.sub(lambda found, here=address: link(found, here), page)  # type: ignore[misc]
        for page, address in zip(pages, addresses, strict=True)
    ]
