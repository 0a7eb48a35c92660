"""The pieces of a line, and what each of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from constancia.domain.matching.reading import words
from constancia.domain.matching.reading.cleaning import bare
from constancia.domain.matching.reading.finding import CUT
from constancia.domain.vocabulary.prisons import prison_name, prisons_by_name
from constancia.domain.vocabulary.states import state_code

MOST_WORDS = 10
"""Of a name; a longer piece is prose."""
_CUTS = re.compile(
    rf"(\t|{CUT}|;|\||,|(?<=\s)[-–—/]+(?=\s)|(?<=\S)[-–—]+(?=\s)|(?<=\s)[-–—]+(?=\S)|[–—]|\.{{3,}}|…|:(?=\s|$)|[()\[\]{{}}])"
)
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]{0,200})[)\]}]")
_QUOTED = re.compile(r"(?<!\w)[\"“«]([^\"”»“«]{1,40})[\"”»](?!\w)")
_IN = re.compile(
    r"^(?:(?:recluid[oa]|detenid[oa]|pres[oa]|excarcelad[oa]|liberad[oa]|held|jailed|detained)\s+)?"
    r"(?:en|in|at|desde|from|de|del)\s+(?:la\s|el\s|the\s)?",
    re.IGNORECASE,
)
_PLAINLY_IN = re.compile(r"^(?:en|in|at)\s", re.IGNORECASE)
_EXPLICIT_STATE = re.compile(r"^(?:estado|edo\.?|est\.)\s", re.IGNORECASE)


class Kind(StrEnum):
    """What a piece is. NAME: what could be one; PROSE: words that no name has."""

    NAME = "name"
    PROSE = "prose"
    HEADING = "heading"
    MARKER = "marker"
    STATE = "state"
    PLACE = "place"
    TOWN = "town"
    SEX = "sex"
    OCCUPATION = "occupation"
    SIGNS = "signs"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """`before`: what parted it from the piece before, "" for the first; `value`: the state's code, the
    place's name or the sex."""

    text: str
    kind: Kind
    before: str
    value: str = ""


def parted(text: str) -> tuple[list[Piece], list[str]]:
    """The pieces of a line, in order, and what stood in brackets or quotation marks, as written."""
    aside: list[str] = []
    if "(" in text or "[" in text or "{" in text:
        text = _BRACKETS.sub(lambda m: _put(aside, m[1]), text)
    if '"' in text or "“" in text or "«" in text:
        text = _QUOTED.sub(lambda m: _put(aside, m[1]), text)
    if text.replace(" ", "").isalpha():
        return [_piece(text, "")], aside
    found: list[Piece] = []
    before = ""
    for at, part in enumerate(_CUTS.split(text)):
        if at % 2:
            before = ":" if part == ":" else part if part in ",;\t" + CUT else "-"
        elif part and not part.isspace():
            found.append(_piece(part, before if found else ""))
    return found, aside


def _put(aside: list[str], inside: str) -> str:
    for part in inside.split(CUT):
        if bare(part):
            aside.append(part.strip())
    return CUT if CUT in inside else " "


def _piece(text: str, before: str) -> Piece:
    text = bare(" ".join(text.split()))
    kind, value = kind_of(text)
    return Piece(text, kind, before, value)


def kind_of(text: str) -> tuple[Kind, str]:
    """What a piece of text is by itself, and its code or name where it has one."""
    folded = words.folded(text)
    tokens = folded.split()
    if not any(c.isalpha() for c in text):
        return Kind.SIGNS, ""
    if known := _known(text, folded, tokens):
        return known
    if not all(map(_is_word, tokens)) or "@" in text or "/" in text or len(tokens) > MOST_WORDS:
        if is_prose(tokens) or len(tokens) > MOST_WORDS:
            return Kind.PROSE, ""
        return (Kind.OTHER if words.HEADINGS.isdisjoint(tokens) else Kind.HEADING), ""
    if is_prose(tokens) and tokens[0] not in words.HEADINGS:
        return Kind.PROSE, ""
    if not words.HEADINGS.isdisjoint(tokens) and not (
        tokens[0] in words.GIVEN and words.HEADINGS.isdisjoint(tokens[:2])
    ):
        return Kind.HEADING, ""
    return Kind.NAME, ""


def _is_word(token: str) -> bool:
    """Letters, among which a badly recognised one may be a figure ("isabe1", "b0ronat")."""
    return token.isalpha() or 2 * sum(map(str.isalpha, token)) > len(token) > 2


def _known(text: str, folded: str, tokens: list[str]) -> tuple[Kind, str] | None:
    if words.state_words().issuperset(tokens) and (code := state_code(text)):
        return Kind.STATE, code
    if sex := words.SEXES.get(folded):
        return Kind.SEX, sex
    if tokens[0] in words.MARKER_PIECES and all(token in words.MARKER_PIECES for token in tokens):
        if not words.MARKERS.isdisjoint(tokens) or len(tokens) > 1 or folded in ("libre", "libres"):
            return Kind.MARKER, ""
        return None
    if not words.place_words().isdisjoint(tokens) and (place := place_of(text)):
        return Kind.PLACE, place
    if folded in words.towns():
        return Kind.TOWN, ""
    if (
        tokens[0] in words.OCCUPATIONS
        and len(tokens) <= 6
        and (len(tokens) == 1 or tokens[1] not in words.GIVEN)
    ):
        return Kind.OCCUPATION, text
    return None


def place_of(text: str) -> str:
    """The place of detention that a piece names; "" if none."""
    stripped = _IN.sub("", text, count=1)
    for said in (text, stripped) if stripped != text else (text,):
        name = prison_name(said)
        known = prisons_by_name().get(words.folded(name))
        if known is not None and (not known.only_in or _PLAINLY_IN.match(text)):
            return known.name
    return ""


def is_explicit_state(text: str) -> bool:
    """Whether it says of itself that it is a state ("Estado Lara")."""
    return bool(_EXPLICIT_STATE.match(text))


def is_prose(tokens: list[str]) -> bool:
    """Whether no name has these words."""
    if not words.PROSE.isdisjoint(tokens):
        return True
    return sum(token in words.WEAK_PROSE for token in tokens) >= 2
