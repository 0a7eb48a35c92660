"""Whole numbers in a stretch of folded text, in figures or in words, and how each is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.vocabulary.terms import Qualifier

LARGEST = 50_000_000
"""No claim counts more people than that; longer figures are numbers of something else."""

_FIGURES = re.compile(
    r"(?<![\w.,/:@#¤$€£+-])(?P<whole>\d{1,3}(?:[.,\u00a0']\d{3}){1,3}|\d{1,9})"
    r"(?P<part>[.,]\d{1,2})?(?![\d]|[.,/:]\d|-\d{3})"
)
_THOUSAND = re.compile(r"\s{1,2}(mil|thousand)(?!\w)(?:\s(?P<rest>\d{1,3})(?!\d|[.,]\d))?")
_BARE_THOUSAND = re.compile(r"(?<![\w.,])mil\s(?P<rest>\d{1,3})(?!\d|[.,]\d)")
_SPACED = re.compile(r"(?<![\w.,/:@#¤$€£+-])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?![\w%]|[.,/:-]\d| \d)")
_DATED = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|dia|[a-z]+day|lunes|martes|miercoles|jueves|viernes|sabado|domingo|al|el|del|law|ley|no)\.?\s?$"
)
_MILLION = re.compile(
    r"\s{1,2}(?:de\s)?(?P<large>millon(?:es)?|million|billion|bn|billon(?:es)?|trillion|mn)(?!\w)"
)
_GLUED = re.compile(r"[^\W\d_]{1,3}(?![^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")
_TWIN = re.compile(r"\s?[(\[]\s?([^()\[\]]{1,40}?)\s?[)\]]")
_RANGE = re.compile(r"\s?(?:-|a|to|o|or|y|and|hasta)(?:\sl[oa]s)?\s?")
_BETWEEN = re.compile(r"(?<!\w)(?:entre|between)(?: (?:un[oa]s|l[oa]s|some))?$")
_FROM = re.compile(r"(?<!\w)(?:de|desde|from)(?: (?:un[oa]s|l[oa]s|some))?$")
_SPREAD = re.compile(
    r"(?<!\w)(?:hay|habia|tiene|oscil\w+|rango|grupo|son|calcul\w+|estim\w+|cifra|suman"
    r"|anywhere|somewhere|rang(?:es?|ed|ing)|var(?:ies|y|ied)|varian?)$"
)
_BEFORE_BRACKET = re.compile(
    r"(?:^|[.;:,]\s|\b(?:of|and|with|de|y|con|least|than|some|about|menos|por lo) )$"
)
_LEFT = 60


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` (or `value` to `high`) at folded[start:end]; `outset`: where its qualifier begins."""

    start: int
    end: int
    value: int
    qualifier: Qualifier = Qualifier.EXACT
    outset: int = 0
    high: int | None = None
    indefinite: bool = False  # "a", "un": an article as much as a number


def quantities(text: str, start: int, end: int, words: Lexicon) -> list[Quantity]:
    """Those of text[start:end] in their order, masked ones included; offsets are those of `text`."""
    piece = text[start:end]
    found = [*_in_figures(piece), *_in_words(piece, words)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Quantity] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    kept = _ranges(piece, _twins(piece, kept, words))
    return [
        replace(one, start=one.start + start, end=one.end + start, outset=one.outset + start)
        for one in (_qualified(piece, _unbracketed(piece, one), words) for one in kept)
    ]


def _in_figures(piece: str) -> Iterator[Quantity]:
    for match in _FIGURES.finditer(piece):
        whole, part, end = match["whole"], match["part"], match.end()
        value = int(re.sub(r"\D", "", whole))
        if whole.startswith("0") and len(whole) > 1:
            continue  # a decimal with three places
        if million := _MILLION.match(piece, end):
            scale = 1_000_000 if million["large"].startswith("m") else 1_000_000_000
            value = round(float(f"{value}{(part or '').replace(',', '.')}") * scale)
            end = million.end()
        elif thousand := _THOUSAND.match(piece, end):
            value = round(float(f"{value}{(part or '').replace(',', '.')}") * 1_000) + int(
                thousand["rest"] or 0
            )
            end = thousand.end()
        elif part or _GLUED.match(piece, end):
            continue  # a decimal, or letters that belong to the figure: "11J"
        if value <= LARGEST:
            yield Quantity(match.start(), end, value, outset=match.start())
    for match in _BARE_THOUSAND.finditer(piece):
        yield Quantity(match.start(), match.end(), 1000 + int(match["rest"]), outset=match.start())
    for match in _SPACED.finditer(piece):
        if not _DATED.search(piece[max(0, match.start() - 14) : match.start()]):
            yield Quantity(match.start(), match.end(), int(re.sub(r"\D", "", match[0])), outset=match.start())


@cache
def _collective(words: Lexicon) -> re.Pattern[str]:
    names = sorted(words.tables["collectives"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)")


def _in_words(piece: str, words: Lexicon) -> Iterator[Quantity]:
    numbers, ones = words.tables["number_words"], words.tables["one_words"]
    for match in _collective(words).finditer(piece):
        value = words.tables["collectives"][match[0]]
        yield Quantity(match.start(), match.end(), value, Qualifier.ABOUT, match.start())
    run: list[re.Match[str]] = []
    for token in _WORD.finditer(piece):
        known = token[0] in numbers or (run and (_joins(token[0], words) or token[0] in ones))
        if run and (not known or not _next_to(piece, run[-1], token)):
            yield from _spelt(run, words)
            run = []
        if known and (token[0] in numbers or run):
            run.append(token)
        elif token[0] in ones and not run:
            yield Quantity(token.start(), token.end(), 1, outset=token.start(), indefinite=True)
    yield from _spelt(run, words)


def _joins(word: str, words: Lexicon) -> bool:
    return words["joins"].fullmatch(word) is not None


def _next_to(piece: str, before: re.Match[str], after: re.Match[str]) -> bool:
    return piece[before.end() : after.start()] in (" ", "-", "  ", "\n", "\u00a0")


def _spelt(run: list[re.Match[str]], words: Lexicon) -> Iterator[Quantity]:
    """Numbers of one run of number words: "two hundred and four" is one, "dos tres" are two."""
    left = list(run)
    numbers = {**words.tables["number_words"], **words.tables["one_words"]}
    while left:
        value, count = _longest([numbers.get(token[0]) for token in left], words.language == "es")
        if count == 0:
            left = left[1:]
            continue
        one = Quantity(left[0].start(), left[count - 1].end(), value, outset=left[0].start())
        yield replace(one, indefinite=value == 1)
        left = left[count:]


def _longest(values: list[int | None], bare: bool) -> tuple[int, int]:
    """The number that the first words make, and how many words it takes; None is a joining word.

    `bare`: "hundred" and "thousand" count alone, as "cien" and "mil" do.
    """
    total, current, room, used, joined = 0, 0, LARGEST, 0, False
    for place, value in enumerate(values):
        if value is None:
            if joined or room not in (10, 100, 1000):
                break
            joined = True
            continue
        if value in (100, 1000) and not current and not bare:
            break
        if value == 1000:
            if total or joined:
                break
            total, current, room = max(current, 1) * 1000, 0, 1000
        elif value == 100 and 0 < current < 10:
            current, room = current * 100, 100
        elif value < room:
            current += value
            room = 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 0
        else:
            break
        used, joined = place + 1, False
    return total + current, used


def _twins(piece: str, found: list[Quantity], words: Lexicon) -> list[Quantity]:
    """A number said twice over, "ocho (8)", as one."""
    kept: list[Quantity] = []
    for one in found:
        before = kept[-1] if kept else None
        if before is not None and before.value == one.value and before.end <= one.start:
            twin = _TWIN.match(piece, before.end)
            if twin and twin.start(1) <= one.start and one.end == twin.end(1):
                kept[-1] = replace(before, end=twin.end(), indefinite=False)
                continue
        kept.append(one)
    return kept


def _ranges(piece: str, found: list[Quantity]) -> list[Quantity]:
    """ "entre 50 y 60", "20-30", "20 to 30" as one number with a higher end."""
    kept: list[Quantity] = []
    for one in found:
        before = kept[-1] if kept else None
        if before is not None and before.high is None and before.value < one.value <= 3 * before.value + 10:
            between = piece[before.end : one.start]
            if _RANGE.fullmatch(between) and (between.strip() != "-" or (between == "-" and one.value > 3)):
                outset = _spread(piece[max(0, before.start - 32) : before.start].rstrip(), between.split()[0])
                if outset is not None:
                    kept[-1] = replace(before, end=one.end, high=one.value, outset=before.start - outset)
                    continue
        kept.append(one)
    return kept


def _spread(left: str, between: str) -> int | None:
    """How far before its lower end a range begins, None where the two are no range: "rose from 50 to 60"."""
    paired = _BETWEEN.search(left)
    if (paired is not None) != (between in ("y", "and")):
        return None
    if paired is not None:
        return len(left) - paired.start() + 1
    opened = _FROM.search(left)
    if opened is None:
        return 0
    spread = _SPREAD.search(left[: opened.start()].rstrip())
    if spread is None:
        return None
    return len(left) - (spread.start() if spread[0].endswith("where") else opened.start()) + 1


_QUALIFIERS = (
    (Qualifier.AT_LEAST, "at_least"),
    (Qualifier.MORE_THAN, "more_than"),
    (Qualifier.UP_TO, "up_to"),
    (Qualifier.ABOUT, "about"),
)


def _unbracketed(piece: str, one: Quantity) -> Quantity:
    """A number that some put in brackets in a sentence of its own, "(24,236) people", with them."""
    around = piece[one.start - 1 : one.start] + piece[one.end : one.end + 2]
    if around != "() " or not _BEFORE_BRACKET.search(piece[max(0, one.start - 24) : one.start - 1]):
        return one
    return replace(one, start=one.start - 1, end=one.end + 1, outset=one.start - 1)


def _qualified(piece: str, one: Quantity, words: Lexicon) -> Quantity:
    base = max(0, one.outset - _LEFT)
    left = piece[base : one.outset].rstrip(" (*~\"'")
    best: tuple[int, int, Qualifier] | None = None
    trimmed = left
    while match := re.search(rf"(?:{words['between_qualifier'].pattern})$", trimmed):
        if best := _ending(trimmed, words):
            break
        trimmed = trimmed[: match.start()].rstrip()
    best = best or _ending(trimmed, words)
    if best is not None:
        return replace(one, qualifier=best[2], outset=base + best[0])
    after = piece[one.end : one.end + 24].lstrip(" ,")
    if words["after_at_least"].match(after):
        return replace(one, qualifier=Qualifier.AT_LEAST)
    if words["after_about"].match(after):
        return replace(one, qualifier=Qualifier.ABOUT)
    if left.endswith("~"):
        return replace(one, qualifier=Qualifier.ABOUT)
    return one


def _ending(left: str, words: Lexicon) -> tuple[int, int, Qualifier] | None:
    """The longest qualifier that `left` ends with."""
    best: tuple[int, int, Qualifier] | None = None
    for qualifier, name in _QUALIFIERS:
        match = re.search(rf"(?:{words[name].pattern})$", left)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), match.end(), qualifier)
    return best
