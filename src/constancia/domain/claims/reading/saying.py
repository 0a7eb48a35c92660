"""What is said of those whom a number counts, with what the numbers before it said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.claims.reading.clause import Clause
from constancia.domain.claims.reading.found import Found, Stretch
from constancia.domain.claims.reading.frames import VERB, Noun
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.vocabulary.terms import ClaimUnit, Said

_JOINED = re.compile(r"(?:\by|\band|\be|\bademas de|\bplus)\s$")
_LEFT = (Said.AMNESTY_GRANTED, Said.RELEASED, Said.PARDONED)
_NEWLY_LINE = 44
"""Characters of a line that is one entry of a balance."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said, and whether it was taken over from an earlier number (`inherited`)."""

    said: Said | None
    inherited: bool = False


def counts_as_one(inner: Clause, before: Found | None) -> bool:
    """ "una excarcelación", and "y una mujer" in a breakdown; elsewhere "una persona" is nobody's count."""
    noun, start = inner.noun, inner.quantity.start
    if noun is None or noun.start > inner.quantity.end + 12:
        return False
    if noun.head.kind == "event":
        if noun.head.unit not in ("releases", "detentions") or inner.words.language != "es":
            return False
        return before is not None or inner.text.startswith("excarcelacion", noun.start)
    joined = _JOINED.search(inner.text[max(0, start - 12) : start]) is not None
    return joined and before is not None and noun.head.kind in ("category", "people", "participle")


def said_of(
    inner: Clause,
    one: Sentence,
    before: Found | None,
    earlier: Found | None,
    stretch: Stretch,
    topic: Said | None,
) -> Judged:
    """`before`: the claim before it in its sentence; `earlier`: in the text; `topic`: what was last said."""
    if stretch.whole:
        whole = _of_whole(inner)
        if whole is not None:
            return Judged(whole)
    said = inner.own()
    near = earlier if earlier and one.paragraph - earlier.paragraph <= 1 else None
    special = _special(inner, one, before, stretch)
    if special is not None:
        return special
    among = _among(inner, one)
    if among and inner.rank >= 4 and inner.words["among"].match(inner.text, one.start) and topic is not None:
        return Judged(before.said if before else topic, True)
    if said is None:
        return _taken_over(inner, one, before, near, topic if among else None)
    return _weighed(inner, said, before, near, among)


def _of_whole(inner: Clause) -> Said | None:
    """Of the whole that another number is part of: "15 of the 88 announced releases"."""
    state, noun = inner.state(), inner.noun
    if state is not None:
        return state
    if noun is None or not noun.head.said:
        return None
    promised = inner.words["promised"].search(inner.text, inner.quantity.end, noun.start)
    return Said.ANNOUNCED_RELEASE if promised else Said(noun.head.said)


def _special(inner: Clause, one: Sentence, before: Found | None, stretch: Stretch) -> Judged | None:
    """Promised releases, differences, averages, and the newly imprisoned of a balance."""
    text, words, noun, end = inner.text, inner.words, inner.noun, inner.quantity.end
    if (
        noun is not None
        and noun.head.kind == "event"
        and noun.head.said == "released"
        and not stretch.counted
        and words["promised"].search(text, end, noun.start)
    ):
        return Judged(Said.ANNOUNCED_RELEASE)
    limit = min(inner.after + 40, one.end)
    if words["delta"].match(text, inner.after, limit) or words["delta"].match(text, end + 1, end + 40):
        return Judged(Said.NET_CHANGE)
    opening = max(inner.left, inner.quantity.outset - 24)
    if before is not None and words["average"].search(text, opening, inner.quantity.outset):
        return Judged(before.said, True)
    entry = noun is not None and one.end - one.start < _NEWLY_LINE and inner.rank >= 4
    if noun is not None and entry and words["newly"].fullmatch(text[noun.start : noun.end]):
        return Judged(Said.DETAINED)
    return None


def _among(inner: Clause, one: Sentence) -> bool:
    among, outset = inner.words["among"], inner.quantity.outset
    found = among.search(inner.text, max(one.start, outset - 90), outset) or among.match(
        inner.text, one.start
    )
    return found is not None


def _taken_over(
    inner: Clause, one: Sentence, before: Found | None, near: Found | None, topic: Said | None
) -> Judged:
    """Where the clause says nothing of them. `topic`: where they are some of those told of before."""
    text, words, noun, end = inner.text, inner.words, inner.noun, inner.quantity.end
    if near is not None and (words["these"].match(text, end + 1) or words["traits"].match(text, end + 1)):
        return Judged(near.said, True)
    if before is not None and noun is None and before.said is Said.ANNOUNCED_RELEASE and inner.figure():
        return Judged(Said.RELEASED, True)
    if before is not None and (noun is None or noun.head.kind in ("category", "neutral", "people")):
        return Judged(before.said, True)
    if topic is not None and noun is not None:
        return Judged(near.said if near else topic, True)
    if near is not None and noun is not None and noun.head.kind == "category" and not noun.head.weak:
        return Judged(near.said, True)
    if near is not None and noun is None and inner.figure():
        return Judged(Said.RELEASED if near.said is Said.ANNOUNCED_RELEASE else near.said, True)
    if near is not None and inner.of_them():
        return Judged(near.said, True)
    if noun is None and (inner.figure() or inner.in_total()):
        return Judged(inner.told_of(one.start), True)
    return Judged(None)


def _weighed(inner: Clause, said: Said, before: Found | None, near: Found | None, among: bool) -> Judged:
    """What the clause says, unless what the numbers before it said is the surer sign."""
    text, words, noun = inner.text, inner.words, inner.noun
    if near is not None and inner.rank >= 5 and words["traits"].match(text, inner.quantity.end + 1):
        return Judged(near.said, True)
    if before is not None and before.said in _LEFT and said in (Said.HELD, Said.RESTRICTED) and inner.part():
        return Judged(before.said, True)
    if said is Said.HELD and inner.rank >= 5 and before is not None and before.said is not Said.HELD:
        compared = words["compares"].search(text, before.quantity.end, inner.quantity.start)
        if compared or (among and inner.rank >= 6):
            return Judged(before.said, True)
    if said is Said.SENTENCED and near is not None and near.said is Said.HELD and _standing(inner):
        return Judged(Said.HELD, True)
    participle = noun is not None and noun.head.kind == "participle"
    if said is Said.ANNOUNCED_RELEASE and before is not None and participle:
        return Judged(before.said, True)
    if said is Said.RELEASED and before is not None and before.said is Said.AMNESTY_GRANTED:
        return Judged(Said.AMNESTY_GRANTED)
    if said in (Said.SENTENCED, Said.RELEASED) and noun is None and near is None and inner.rank > 5:
        return Judged(None)
    return Judged(said)


def _standing(inner: Clause) -> bool:
    """Whether a sentence is a trait of people held ("no condenados: 307"), not something passed on them."""
    noun, evidence = inner.noun, inner.evidence
    if noun is not None and not inner.labelled and noun.head.said != "sentenced":
        return False
    return (
        evidence is None
        or evidence.form != VERB
        or bool(inner.words["has_sentence"].match(inner.text, evidence.start))
    )


def unit_of(inner: Clause, said: Said, earlier: Found | None) -> ClaimUnit:
    """`earlier`: the claim whose unit a number without a noun goes on in."""
    text, noun, quantity, evidence = inner.text, inner.noun, inner.quantity, inner.evidence
    if noun is not None and noun.head.kind == "event":
        return ClaimUnit(noun.head.unit)
    if said is Said.AMNESTY_REQUESTS and noun is None:
        return ClaimUnit.REQUESTS
    if said is Said.RELEASED and inner.words["as_releases"].search(_around(text, noun, quantity, inner)):
        return ClaimUnit.RELEASES
    if noun is not None:
        return ClaimUnit.PERSONS
    if said is Said.RELEASED and text[max(0, quantity.outset - 4) : quantity.end].strip().startswith("las"):
        return ClaimUnit.RELEASES
    if earlier is not None and earlier.said is said:
        return earlier.unit
    promised = earlier is not None and earlier.said is Said.ANNOUNCED_RELEASE
    return ClaimUnit.RELEASES if promised and evidence is None else ClaimUnit.PERSONS


def _around(text: str, noun: Noun | None, quantity: Quantity, inner: Clause) -> str:
    """The words that tell releases from people released."""
    if noun is not None:
        return text[noun.start : noun.end]
    return inner.evidence_text() + " " + text[quantity.end : quantity.end + 60]
