"""What is said of those whom a number counts: by its own words, or as the numbers before it say."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.claims.reading.clause import Clause
from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.frames import VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.vocabulary.terms import ClaimUnit, Said


@dataclass(frozen=True, slots=True)
class Sayer:
    """Decides for one sentence. `topic`: what the text spoke of last."""

    text: str
    words: Lexicon
    topic: Said | None

    def said(
        self, inner: Clause, one: Sentence, before: Found | None, earlier: Found | None, counted: bool
    ) -> tuple[Said | None, bool]:
        text, words = self.text, self.words
        noun = inner.noun
        said = inner.own()
        near = earlier if earlier and one.paragraph - earlier.paragraph <= 1 else None
        among = words["among"].search(
            text, max(one.start, inner.quantity.outset - 90), inner.quantity.outset
        ) or (words["among"].match(text, one.start))
        if noun is not None and noun.head.kind == "event" and noun.head.said == "released":
            if not counted and words["promised"].search(text, inner.quantity.end, noun.start):
                return Said.ANNOUNCED_RELEASE, False
        if words["delta"].match(text, inner.after, min(inner.after + 40, one.end)) or (
            words["delta"].match(text, inner.quantity.end + 1, inner.quantity.end + 40)
        ):
            return Said.NET_CHANGE, False
        if (
            words["average"].search(text, max(inner.left, inner.quantity.outset - 24), inner.quantity.outset)
            and before
        ):
            return before.said, True
        if among and inner.rank >= 4 and words["among"].match(text, one.start) and self.topic is not None:
            return (before.said if before else self.topic), True
        if said is None and near is not None and words["these"].match(text, inner.quantity.end + 1):
            return near.said, True
        if self._newly(inner, one):
            return Said.DETAINED, False
        if near is not None and inner.rank >= 5 and words["traits"].match(text, inner.quantity.end + 1):
            return near.said, True
        if said is None and before is not None and noun is None and before.said is Said.ANNOUNCED_RELEASE:
            if inner.figure():
                return Said.RELEASED, True
        if (
            said is None
            and before is not None
            and (noun is None or noun.head.kind in ("category", "neutral", "people"))
        ):
            return before.said, True
        if said is Said.HELD and inner.rank >= 5 and before is not None and before.said is not Said.HELD:
            compared = words["compares"].search(text, before.quantity.end, inner.quantity.start)
            if compared or (among and inner.rank >= 6):
                return before.said, True
        if said is None and among and self.topic is not None and noun is not None:
            return (near.said if near else self.topic), True
        if (
            said is None
            and near is not None
            and noun is not None
            and noun.head.kind == "category"
            and not noun.head.weak
        ):
            return near.said, True
        if said is None and near is not None and noun is None and inner.figure():
            return (Said.RELEASED if near.said is Said.ANNOUNCED_RELEASE else near.said), True
        if said is None and near is not None and inner.of_them():
            return near.said, True
        standing = (
            inner.evidence is None
            or inner.evidence.form != VERB
            or words["has_sentence"].match(text, inner.evidence.start)
        )
        bare = noun is None or inner.labelled or noun.head.said == "sentenced"
        if said is Said.SENTENCED and near is not None and near.said is Said.HELD and standing and bare:
            return Said.HELD, True
        if (
            said is Said.ANNOUNCED_RELEASE
            and before is not None
            and noun is not None
            and noun.head.kind == "participle"
        ):
            return before.said, True
        if said is None and noun is None and (inner.figure() or inner.in_total()):
            told = inner.told_of(one.start)
            if told is not None:
                return told, True
        if said is Said.RELEASED and before is not None and before.said is Said.AMNESTY_GRANTED:
            return Said.AMNESTY_GRANTED, False
        if said in (Said.SENTENCED, Said.RELEASED) and noun is None and near is None and inner.rank > 5:
            return None, False
        return said, False

    def _newly(self, inner: Clause, one: Sentence) -> bool:
        """A line of a balance that counts who was imprisoned since the last: "9 encarcelados"."""
        noun = inner.noun
        return (
            noun is not None
            and one.end - one.start < 44
            and self.words["newly"].fullmatch(self.text[noun.start : noun.end]) is not None
            and inner.rank >= 4
        )

    def unit(
        self,
        said: Said,
        noun: Noun | None,
        earlier: Found | None,
        text: str,
        quantity: Quantity,
        evidence: Cue | None,
    ) -> ClaimUnit:
        if noun is not None and noun.head.kind == "event":
            return ClaimUnit(noun.head.unit)
        if said is Said.AMNESTY_REQUESTS and noun is None:
            return ClaimUnit.REQUESTS
        around = text[evidence.start : evidence.end] if evidence is not None and noun is None else ""
        around += text[quantity.end : quantity.end + 60] if noun is None else text[noun.start : noun.end]
        if said is Said.RELEASED and self.words["as_releases"].search(around):
            return ClaimUnit.RELEASES
        if (
            noun is None
            and said is Said.RELEASED
            and text[quantity.outset - 4 : quantity.end].strip().startswith("las")
        ):
            return ClaimUnit.RELEASES
        if noun is None and earlier is not None and earlier.said in (said, Said.ANNOUNCED_RELEASE):
            return earlier.unit if earlier.said is said else ClaimUnit.RELEASES
        return ClaimUnit.PERSONS

    # -- who says it
