"""Which number another is a part of, so that it counts people of the same place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.sentences import Sentence

MOST = 60
"""Claims that a whole may stand before its parts."""


def whole_of(text: str, claim: Found, before: Sequence[Found], one: Sentence, words: Lexicon) -> Found | None:
    """The number that a claim is plainly a part of: "14 people, three of them women"; None where nothing
    says so. `before`: the claims before it, in the order of the text."""
    whole = next((one for one in reversed(before[-MOST:]) if not one.part), None)
    if whole is None or claim.quantity.value > whole.quantity.value:
        return None
    rivals = [one for one in before[-MOST:] if one.sentence == whole.sentence and not one.part]
    if len({rival.where for rival in rivals}) > 1:
        return None
    start, end = claim.quantity.outset, claim.quantity.end
    after = max(end, claim.noun.end) if claim.noun and claim.noun.start >= end else end
    same = whole.sentence == claim.sentence
    if not same and (whole.paragraph != claim.paragraph or not words["among"].match(text, one.start)):
        return None
    if not same:
        return whole
    between = text[whole.quantity.end : start]
    if re.search(r";|[.]\s", between):
        return None
    shared = words["of_them"].match(text, end + 1) or words["place_between_them"].search(
        text, after, after + 24
    )
    inner = words["among"].search(between) or words["place_between_them"].search(between)
    listed = ":" in between and claim.noun is not None and claim.noun.head.kind == "category"
    return whole if shared or inner or listed else None
