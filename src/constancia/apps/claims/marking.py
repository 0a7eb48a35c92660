"""A text as a page shows it: line by line, what claims quote marked, nothing in it taken for markup."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from constancia.apps.claims.standing import Standing

WHOLE = 120_000
"""Characters up to which a text is shown whole."""
HEAD, AROUND = 20_000, 2_000
"""Of a longer one: characters from its beginning, and on either side of each quotation."""

PRECEDENCE = (
    Standing.PROPOSED,
    Standing.CONFIRMED,
    Standing.CORRECTED,
    Standing.REJECTED,
    Standing.WITHDRAWN,
)
"""Where quotations overlap, the standing that their common words show."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a claim's quotation stands. `card`: the claim that the page shows for it."""

    number: int
    start: int
    end: int
    standing: Standing
    card: int


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the text, from character `start` to `end`, its line end included; or what is left out."""

    start: int
    end: int
    html: SafeString
    left_out: bool = False

    @property
    def length(self) -> int:
        return self.end - self.start


def blocks(text: str, spans: Iterable[Span]) -> list[Block]:
    """The text as lines with marks. The blocks together are the text: none overlap, none is missing."""
    found = sorted(spans, key=lambda span: (span.start, -span.end))
    made: list[Block] = []
    at = 0
    for start, end in _shown(len(text), found):
        if start > at:
            made.append(Block(at, start, SafeString(""), left_out=True))
        made += _lines(text, start, end, found)
        at = end
    if at < len(text):
        made.append(Block(at, len(text), SafeString(""), left_out=True))
    return made


def _shown(length: int, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """The stretches of a text that are shown, in order."""
    if length <= WHOLE:
        return [(0, length)]
    shown = [(0, HEAD)]
    for span in spans:
        start, end = max(0, span.start - AROUND), min(length, span.end + AROUND)
        if start <= shown[-1][1]:
            shown[-1] = (shown[-1][0], max(end, shown[-1][1]))
        else:
            shown.append((start, end))
    return shown


def _lines(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Block]:
    edges = [start]
    while edges[-1] < end:
        edges.append(text.find("\n", edges[-1], end) + 1 or end)
    upon: list[list[Span]] = [[] for _ in edges]
    for span in spans:
        if span.start >= end or span.end <= start:
            continue
        line = max(0, bisect_right(edges, span.start) - 1)
        while line < len(edges) - 1 and edges[line] < span.end:
            upon[line].append(span)
            line += 1
    return [Block(a, b, _marked(text, a, b, upon[line])) for line, (a, b) in enumerate(pairwise(edges))]


def _marked(text: str, start: int, end: int, spans: Sequence[Span]) -> SafeString:
    if not spans:
        return escape(text[start:end])
    edges = {start, end, *(span.start for span in spans), *(span.end for span in spans)}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    return format_html_join("", "{}", ((_piece(text, a, b, spans),) for a, b in pairwise(cuts)))


def _piece(text: str, start: int, end: int, spans: Sequence[Span]) -> SafeString:
    """Words that the same quotations cover. The first piece of each bears the name that links lead to."""
    over = [span for span in spans if span.start <= start and end <= span.end]
    if not over:
        return escape(text[start:end])
    names = format_html_join("", '<span id="t{}"></span>', ((s.number,) for s in over if s.start == start))
    shown = min(over, key=lambda span: (PRECEDENCE.index(span.standing), span.end - span.start))
    return format_html(
        '{}<mark class="{}" data-c="{}"><a href="#c{}" tabindex="-1">{}</a></mark>',
        names,
        shown.standing.value,
        " ".join(dict.fromkeys(str(span.card) for span in over)),
        shown.card,
        text[start:end],
    )
