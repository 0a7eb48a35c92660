"""From what is written to what is compared: folded words, sounds, parts of dates, bare numbers.

Columns that a field becomes, by its kind:
    name                 name (folded words, sorted), name_words (tuple of their sounds)
    given, surnames      the same under their own names, words in their order
    born                 born_y, born_m, born_d (numbers; what a date does not say is left out), born_y_text
    day                  day (ordinal)
    document             document (letters and digits)
    sex, state, code     the folded text
    place, text, number  the folded text
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from anyascii import anyascii

from constancia.domain.dates import ImpreciseDate
from constancia.domain.matching.linking.language import As
from constancia.domain.matching.linking.records import Value
from constancia.domain.names import fold
from constancia.domain.names.parts import PARTICLES
from constancia.domain.names.sound import sound
from constancia.domain.vocabulary.prisons import prison_name
from constancia.domain.vocabulary.states import state_code

NAMES = frozenset({As.NAME, As.GIVEN, As.SURNAMES})
_DOCUMENT_NOISE = re.compile(r"[^0-9a-z]+")


def latin(text: str) -> str:
    """`text` folded, in Latin letters. A word wholly in another script is transliterated; in others a single
    foreign letter is a look-alike, and folding knows it."""
    if not text.isascii():
        text = " ".join(_transliterated(word) for word in text.split())
    folded = fold(text)
    return folded if folded.isascii() else fold(anyascii(folded))


def _transliterated(word: str) -> str:
    letters = [symbol for symbol in word if symbol.isalpha()]
    if not letters or any(unicodedata.name(symbol, "").startswith("LATIN") for symbol in letters):
        return word
    return anyascii(word).replace("'", "")


def prepared(kind: As, key: str, said: str | ImpreciseDate) -> dict[str, Value]:
    """The columns that a field with this `key` becomes; none where it says nothing that compares."""
    if isinstance(said, ImpreciseDate):
        return _date(kind, said)
    folded = latin(said)
    if not folded:
        return {}
    if kind in NAMES:
        return _name(kind, folded.split())
    if kind is As.DOCUMENT:
        return {"document": document} if (document := _document(folded)) else {}
    if kind is As.STATE:
        return {key: latin(state_code(said) or said)}
    return {key: latin(prison_name(said)) if kind is As.PLACE else folded}


def whole_name(values: Mapping[str, Value]) -> dict[str, Value]:
    """The columns of the whole name out of those of its parts; none where a part is missing."""
    given, surnames = values.get("given"), values.get("surnames")
    if not (isinstance(given, str) and isinstance(surnames, str)):
        return {}
    return _name(As.NAME, [*given.split(), *surnames.split()])


def _name(kind: As, words: list[str]) -> dict[str, Value]:
    bearing = [word for word in words if word not in PARTICLES] or words
    sounds = tuple(sorted({heard for word in bearing if (heard := sound(word))}))
    text = " ".join(sorted(bearing) if kind is As.NAME else bearing)
    return {kind.value: text, f"{kind.value}_words": sounds}


def _document(folded: str) -> str:
    """V-12.345.678, E12345678 and 012345678 as 12345678; what has other letters keeps them."""
    bare = _DOCUMENT_NOISE.sub("", folded)
    digits = bare[1:] if bare[:1] in "ve" and bare[1:].isdigit() else bare
    return digits.lstrip("0") if digits.isdigit() else digits


def _date(kind: As, when: ImpreciseDate) -> dict[str, Value]:
    first, last = when.earliest, when.latest
    if first is None or last is None:
        return {}
    if kind is As.DAY:
        day = when.day
        return (
            {"day": day.toordinal()} if day is not None and last.toordinal() - first.toordinal() < 32 else {}
        )
    if first.year != last.year:
        return {}
    month = first.month if first.month == last.month else None
    return born(first.year, month, first.day if month and first.day == last.day else None)


def born(year: int, month: int | None, day: int | None) -> dict[str, Value]:
    """The parts of a birth date that are known. A day that the calendar does not have is compared all the
    same: a slip in one part says nothing of the others."""
    said: dict[str, Value] = {"born_y": year, "born_y_text": f"{year:04d}"}
    if month is not None and 1 <= month <= 12:
        said["born_m"] = month
    if day is not None and 1 <= day <= 31:
        said["born_d"] = day
    return said


def born_of_digits(text: str, order: str | None) -> dict[str, Value]:
    """The parts out of bare figures of a date that is none (1945-13-31); nothing where they are no parts."""
    groups = re.findall(r"\d+", text)
    if len(groups) == 1 and len(groups[0]) == 8:
        whole = groups[0]
        groups = [whole[:4], whole[4:6], whole[6:]] if order == "ymd" else [whole[:2], whole[2:4], whole[4:]]
    if len(groups) != 3 or order is None:
        return {}
    said = dict(zip(order, map(int, groups), strict=True))
    return born(said["y"], said["m"], said["d"]) if 1000 <= said["y"] <= 2999 else {}
