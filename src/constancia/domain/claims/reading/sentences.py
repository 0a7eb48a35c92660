"""Where paragraphs and sentences begin and end. A line beyond `WINDOW` is read in windows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WINDOW = 1500

_END = re.compile(r"[.!?]{1,4}[\"')\]]{0,2}\s{1,40}(?=[\"'(\[¿¡*#@-]{0,3}\s?[A-ZÁÉÍÓÚÑÜ0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mrs?|ms|dr|dra|sr|sra|lic|abg|gen|col|sen|gov|rep|prof|art|arts|no|nro|num|vs|st|jr|ene|feb|mar|abr|jun|jul"
    r"|ago|sept?|oct|nov|dic|jan|apr|aug|dec|ee|uu|u\.s|u\.n|approx|aprox|pag|inc|ltd|edo|av|etc|e\.g|i\.e)|\b[a-z])\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """text[start:end]; `paragraph` counts them from zero, `first` says whether it opens its paragraph."""

    start: int
    end: int
    paragraph: int
    first: bool


def sentences(cased: str, folded: str) -> Iterator[Sentence]:
    """The sentences of a view, in order; blank lines end a paragraph, and so does a line's end, unless
    the sentence runs on in small letters."""
    for number, (start, end) in enumerate(_paragraphs(cased)):
        first, place = True, start
        for match in _END.finditer(cased, start, end):
            stop = match.end()
            if _ABBREVIATED.search(folded, max(place, match.start() - 8), match.start() + 1):
                continue
            yield from _windows(cased, place, stop, number, first)
            first, place = False, stop
        if place < end:
            yield from _windows(cased, place, end, number, first)


def _paragraphs(cased: str) -> Iterator[tuple[int, int]]:
    start: int | None = None
    place = 0
    for line in cased.split("\n"):
        end = place + len(line)
        if not line.strip():
            if start is not None:
                yield start, place
            start = None
        elif start is None:
            start = place
        elif not (line.lstrip()[:1].islower() and place - start > 40):
            yield start, place
            start = place
        place = end + 1
    if start is not None:
        yield start, len(cased)


def _windows(cased: str, start: int, end: int, paragraph: int, first: bool) -> Iterator[Sentence]:
    while end - start > WINDOW:
        cut = cased.rfind(" ", start + WINDOW // 2, start + WINDOW)
        cut = cut + 1 if cut > 0 else start + WINDOW
        yield Sentence(start, cut, paragraph, first)
        start, first = cut, False
    if cased[start:end].strip():
        yield Sentence(start, end, paragraph, first)
