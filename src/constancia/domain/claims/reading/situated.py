"""Where those whom a number counts are held, detained or released, if the clause of the number says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.parts import whole_of
from constancia.domain.claims.reading.places import HERE, Place, country_called, places
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.tying import Tied, tied
from constancia.domain.claims.reading.view import View

Pairs = tuple[tuple[str, str], ...]
NEAR = 4000
"""Characters around a number in which a text says what country it is about."""
LONGEST = 120
"""Characters of a category that is one piece of the text."""


def situated(seen: View, found: Sequence[Found], pieces: Sequence[Sentence], words: Lexicon) -> list[Found]:
    """The claims in the making, each with where its people are (`where`) and the words for it."""
    made: list[Found] = []
    place = 0
    before: tuple[int, list[Place]] = (-1, [])
    while place < len(found):
        number = found[place].sentence
        mine = []
        while place < len(found) and found[place].sentence == number:
            mine.append(found[place])
            place += 1
        one = pieces[number]
        named = places(seen, one.start, one.end, words)
        near = before[1] if before[0] == number - 1 else _before(seen, pieces, number, words)
        ties = tied(seen, one, mine, named, near, words)
        for claim in mine:
            made.append(_placed(seen, claim, ties.get(claim.quantity.start), made, one, words))
        before = (number, named)
    return made


def _before(seen: View, pieces: Sequence[Sentence], number: int, words: Lexicon) -> list[Place]:
    """The places of the sentence before, if it stands in the same paragraph."""
    if number == 0 or pieces[number - 1].paragraph != pieces[number].paragraph:
        return []
    return places(seen, pieces[number - 1].start, pieces[number - 1].end, words)


def _placed(
    seen: View, claim: Found, tie: Tied | None, made: Sequence[Found], one: Sentence, words: Lexicon
) -> Found:
    whole = whole_of(seen.folded, claim, made, one, words)
    claim = replace(claim, part=whole is not None)
    if tie is not None:
        pairs = _pairs(seen, tie)
        return replace(
            claim, where=pairs, place=_named(seen, tie), category=_category(seen, claim, tie) if pairs else ""
        )
    if country := _of_a_country(seen, claim, words):
        return replace(claim, where=(("country", country),), place=country)
    if whole is None or not whole.where:
        return claim
    named = ", ".join(filter(None, (_noun(seen, claim), whole.place)))
    return replace(claim, where=whole.where, place=whole.place, category=named)


def _pairs(seen: View, tie: Tied) -> Pairs:
    """The traits of places. Several of one kind, or one among others, are a trait in the text's own words:
    no figure of ours is of all of them."""
    kept = [place for place in tie.places if place.kind != HERE]
    if not kept:
        return ()
    if len({place.pairs for place in kept}) == 1 and not tie.others:
        return kept[0].pairs
    end = tie.end if tie.others else tie.places[-1].end
    return ((kept[0].pairs[0][0], " ".join(seen.quote(kept[0].name, end)[1].split())),)


def _named(seen: View, tie: Tied) -> str:
    return " ".join(seen.quote(tie.places[0].name, tie.end)[1].split())


def _noun(seen: View, claim: Found) -> str:
    return " ".join(seen.quote(claim.noun.start, claim.noun.end)[1].split()) if claim.noun else ""


def _category(seen: View, claim: Found, tie: Tied) -> str:
    """Who and where: as the text has it in one piece, else the noun and the words for the place."""
    noun = claim.noun
    if noun is not None and noun.start >= claim.quantity.end and noun.end <= tie.start:
        whole = " ".join(seen.quote(noun.start, tie.end)[1].split())
        led_to = seen.folded[noun.start : tie.places[0].name]
        if len(whole) <= LONGEST and not any(sign in led_to for sign in ",;:("):
            return whole
    if noun is not None and noun.end <= tie.start and tie.end <= claim.quantity.outset:
        return " ".join(seen.quote(noun.start, tie.end)[1].split())
    words = " ".join(seen.quote(tie.start, tie.end)[1].split())
    led = tie.places[0].prep != ""
    words = words[:1].lower() + words[1:] if led else words
    return (" " if led else ", ").join(filter(None, (_noun(seen, claim), words)))


def _of_a_country(seen: View, claim: Found, words: Lexicon) -> str:
    """The country of "2,400 Russian political prisoners", where the text speaks of none in Venezuela: there
    they are foreigners held here."""
    noun, text = claim.noun, seen.folded
    if noun is None or text.find("venez", max(0, noun.start - NEAR), noun.end + NEAR) >= 0:
        return ""
    if words["political"].match(text, noun.end + 1):
        return country_called(text[noun.start : noun.end], words)
    if words["political"].fullmatch(text, noun.start, noun.end) is None:
        return ""
    near = [*text[claim.quantity.end : noun.start].split()[-1:], *text[noun.end : noun.end + 24].split()[:1]]
    return next((c for c in (country_called(word.strip(".,;:"), words) for word in near) if c), "")
