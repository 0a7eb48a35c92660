"""What is said of those whom a number counts: by its own words, or as the numbers before it say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from constancia.domain.claims.reading import frames
from constancia.domain.claims.reading.clause import Clause
from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.frames import GOVERN, VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.vocabulary.terms import ClaimUnit, Said

_LISTED = (Said.ADDED, Said.REMOVED)
_CONVICTED = (Said.SENTENCED, Said.DETAINED)
_PAUSED = re.compile(r"[,;:.(]")
_SITUATIONS = (Said.HELD, Said.RESTRICTED, Said.RELEASED)
"""Where the beneficiaries of an amnesty were when it reached them."""


@dataclass(frozen=True, slots=True)
class Sayer:
    """Decides for one number. `same`: the claim of the same number before; `topic`: what the text spoke of
    last; `before`: the number before it in its sentence; `earlier`: the same, or the last of the text;
    `counted`: it shares the noun of its whole; `asked`: what the question right before asks how many are;
    `settled`: the last claim that is no mere change; `number`: of the sentence; `named`: what a noun says
    that stood between the last claim and this one; `stocked`: prisoners were counted not long before."""

    text: str
    cased: str
    words: Lexicon
    topic: Said | None
    inner: Clause
    one: Sentence
    before: Found | None
    earlier: Found | None
    counted: bool
    same: Found | None = None
    asked: Said | None = None
    settled: Found | None = None
    number: int = 0
    named: Said | None = None
    stocked: bool = False

    def said(self) -> tuple[Said | None, bool]:
        """What is said, and whether that is taken over from a number before; the first rule that speaks."""
        said = self.inner.own()
        if self.answers(said):
            return self.asked, False
        for ruled in (
            self._changed(said),
            self._benefited(said),
            self._of_a_whole(said),
            self._taken_over(said),
            self._turned(said),
        ):
            if ruled is not None:
                return ruled
        alone = self.inner.noun is None and self.near is None and self.inner.rank > 5
        if said in (Said.SENTENCED, Said.RELEASED) and alone:
            return None, False
        return said, False

    @property
    def near(self) -> Found | None:
        """The last claim, if it stands in this paragraph or the one before."""
        earlier = self.earlier
        return earlier if earlier and self.one.paragraph - earlier.paragraph <= 2 else None

    @property
    def last(self) -> Found | None:
        """The last claim, if the sentence before this one makes it."""
        earlier = self.earlier
        return earlier if earlier and self.number - earlier.sentence <= 1 else None

    @property
    def held_noun(self) -> bool:
        return self.inner.noun is not None and self.inner.noun.head.said == "held"

    @property
    def among(self) -> bool:
        """Whether the number is told to be part of those spoken of before."""
        among, place = self.words["among"], self.inner.quantity.outset
        opens = among.match(self.text, self.one.start) is not None
        return opens or among.search(self.text, max(self.one.start, place - 90), place) is not None

    def answers(self, said: Said | None) -> bool:
        """Whether it is the number that was asked for: "How many are in prison? According to them, 12." """
        noun = self.inner.noun
        bare = noun is None or (noun.head.kind in ("neutral", "category") and not noun.head.said)
        weak = said is None or self.inner.rank >= 4 or self.inner.only_counts()
        other = self.inner.unknown() and not self.inner.figure()
        return self.asked is not None and self.before is None and bare and weak and not other

    def awaited(self, said: Said) -> bool:
        """Whether a number without a noun counts because of what was said before it: it was asked for, is a
        whole named again, or the part of one that is on a list."""
        again = self.same is not None and said is self.same.said and self.inner.repeats_whole()
        listed = self.before is not None and self._on_list()
        return again or listed or (said is self.asked and self.answers(None))

    def _on_list(self) -> bool:
        return self.words["on_list"].match(self.text, self.inner.quantity.end + 1) is not None

    # -- numbers that count no people, or those yet to come

    def _changed(self, said: Said | None) -> tuple[Said | None, bool] | None:
        inner, words, text = self.inner, self.words, self.text
        noun, end = inner.noun, inner.quantity.end
        if noun is not None and noun.head.kind == "event" and noun.head.said == "released":
            promised = words["promised"].search(text, end, noun.start) or words["promised"].match(
                text, noun.end + 1
            )
            if not self.counted and promised:
                return Said.ANNOUNCED_RELEASE, False
        delta = words["delta"]
        if delta.match(text, inner.after, min(inner.after + 40, self.one.end)) or delta.match(
            text, end + 1, end + 40
        ):
            return Said.NET_CHANGE, False
        if words["average"].search(text, max(inner.left, inner.quantity.outset - 24), inner.quantity.outset):
            return (self.before.said, True) if self.before else None
        return None

    # -- parts of a whole

    def _of_a_whole(self, said: Said | None) -> tuple[Said | None, bool] | None:
        inner, words, before, near = self.inner, self.words, self.before, self.near
        place = inner.quantity.end + 1
        if inner.all_but() and said is Said.RELEASED:
            return Said.HELD, False
        if self.same is not None and inner.repeats_whole():
            return self.same.said, True
        opens = words["among"].match(self.text, self.one.start) is not None
        among = opens and (inner.rank >= 4 or (inner.only_counts() and not self.held_noun))
        if opens and said is Said.HELD and self.last is not None and self.last.said in _CONVICTED:
            taken = inner.evidence is not None and words["among"].match(self.text, inner.evidence.start)
            if taken or among:
                return self.last.said, True
        if among and (before or self.last or self.topic):
            whole = before or self.last
            return (whole.said if whole else self.topic), True
        if before is not None and said in (None, Said.HELD) and self._on_list():
            return before.said, True
        if near is None:
            return None
        if (
            near.noun is not None
            and near.noun.head.kind == "event"
            and words["in_cases"].match(self.text, max(self.one.start, inner.quantity.outset - 3))
        ):
            return near.said, True
        if said is None and words["these"].match(self.text, place):
            return (self.named if before is None and self.named else near.said), True
        relative = inner.noun is None and words["relative"].match(self.text, place)
        if relative and before is not None and words["and"].search(self.text, before.quantity.end, place):
            return before.said, True
        if words["traits"].match(self.text, place) and (inner.rank >= 5 or near.said not in _CONVICTED):
            return self._standing(near), True
        if before is not None and before.said in _LISTED and said not in (None, *_LISTED) and inner.rank >= 2:
            governs = inner.evidence is not None and inner.evidence.end <= inner.quantity.start
            if (said is Said.RELEASED and governs) or (
                before.said is Said.REMOVED and said is not Said.RELEASED
            ):
                return Said.REMOVED, before.said is Said.REMOVED
        return None

    def _benefited(self, said: Said | None) -> tuple[Said | None, bool] | None:
        """Of those who have the amnesty, some "were in prison", some "under measures": they all have it."""
        inner, whole, text = self.inner, self.before or self.near, self.text
        if whole is None or whole.said is not Said.AMNESTY_GRANTED or said not in _SITUATIONS:
            return None
        if inner.noun is not None and inner.noun.head.said:
            return None
        around = text[inner.quantity.end : inner.evidence.end] if inner.evidence else ""
        part = self.before is not None or self.among or self.words["formerly"].search(around) is not None
        smaller = inner.quantity.value < whole.quantity.value or whole.inherited
        if part and smaller and not self.words["lasts"].search(around):
            return Said.AMNESTY_GRANTED, True
        return None

    def _standing(self, near: Found) -> Said:
        return Said.RELEASED if near.said is Said.NET_CHANGE else near.said

    def _taken_over(self, said: Said | None) -> tuple[Said | None, bool] | None:
        if self._newly():
            return Said.DETAINED, False
        for said_now in self._inherited(said):
            return said_now, True
        inner = self.inner
        bare = inner.noun is None or self.words["unnamed"].fullmatch(
            self.text, inner.noun.start, inner.noun.end
        )
        if said is None and bare and (inner.figure() or inner.in_total() or inner.of_them()):
            told = self.inner.told_of(self.one.start)
            if told is not None:
                return told, True
        if said is None and self.near is None and self.topic is not None and self.inner.listed(self.cased):
            return self.topic, True
        if said is None and self.topic is Said.RELEASED and inner.noun is not None and self._aboard():
            return self.topic, True
        return None

    def _aboard(self) -> bool:
        """Whether it counts who is on a bus or plane that was spoken of: "a bordo van nueve vecinos"."""
        place = self.inner.quantity.outset
        return self.words["aboard"].search(self.text, max(self.one.start, place - 60), place) is not None

    def _inherited(self, said: Said | None) -> Iterator[Said]:
        inner, before, near = self.inner, self.before, self.near
        noun = inner.noun
        if said is None and before is None and noun is None and inner.figure():
            told = self._put_at()
            if told is not None:
                yield told
        if said is None and before is not None and noun is None and inner.figure():
            told = inner.told_of(max(before.quantity.end, before.noun.end if before.noun else 0))
            if told is not None:
                yield told
        if said is None and before is not None:
            listed = noun is None or (noun.head.kind == "neutral" and noun.head.weak)
            if listed and before.said is Said.ANNOUNCED_RELEASE and inner.figure():
                yield Said.RELEASED
            if before.said is Said.NET_CHANGE and noun is None and self.settled is not None:
                yield self.settled.said
            if noun is None or (
                noun.head.kind in ("category", "neutral", "people") and inner.goes_on(before)
            ):
                yield before.said
        if before is not None and inner.rank == 5 and self._told_among(before):
            yield before.said
        counts = inner.only_counts() and (before is None or before.said is not Said.NET_CHANGE)
        if said is Said.HELD and noun is None and before is not None and counts:
            yield Said.RELEASED if before.said is Said.ANNOUNCED_RELEASE else before.said
        if said is Said.HELD and inner.rank >= 5 and before is not None and before.said is not Said.HELD:
            compared = self.words["compares"].search(self.text, before.quantity.end, inner.quantity.start)
            if compared or (inner.rank >= 6 and (self.among or inner.of_them())):
                yield before.said
        if said is None and self.among and self.topic is not None and noun is not None:
            yield near.said if near else self.topic
        they = noun is not None and self.words["unnamed"].fullmatch(self.text[noun.start : noun.end])
        if said is None and self.named is not None and before is None and they:
            yield self.named
        if said is not None or near is None:
            return
        if self.named is not None and (inner.of_them() or inner.figure()) and before is None:
            yield self.named
        if noun is not None and noun.head.kind == "category" and not noun.head.weak and self._of_them(near):
            yield near.said
        if (noun is None or noun.head.kind == "neutral") and inner.figure():
            yield Said.RELEASED if near.said is Said.ANNOUNCED_RELEASE else near.said
        cases = noun is not None and noun.head.unit == ClaimUnit.CASES and near.unit is not ClaimUnit.PERSONS
        if inner.of_them() or noun is None or inner.labelled or cases:
            yield near.said

    def _of_them(self, near: Found) -> bool:
        """Whether a group of people may be part of those counted last: women and the young may be anywhere,
        soldiers where they are fewer or open their sentence, nationals where both."""
        noun, inner = self.inner.noun, self.inner
        if noun is None or self.before is not None or inner.labelled or self.among or inner.figure():
            return True
        if {"sex", "age_group"} & set(noun.head.filters):
            return True
        smaller = inner.quantity.value <= near.quantity.value
        opens = inner.quantity.outset - self.one.start <= 12
        if "profile" in noun.head.filters:
            return smaller or opens
        return smaller and (opens or inner.governing is not None)

    def _put_at(self) -> Said | None:
        """What the noun says that a figure right after gives the number of: "situó los fallecidos en 50"."""
        base = max(self.one.start, self.inner.quantity.outset - 50)
        noun = frames.last_noun(self.text, base, self.inner.quantity.outset, self.words, telling=True)
        if noun is None or _PAUSED.search(self.text, noun.end, self.inner.quantity.outset):
            return None
        return Said(noun.head.said)

    def _told_among(self, before: Found) -> bool:
        between = self.text[before.quantity.end : self.inner.quantity.outset]
        return self.words["among"].search(between) is not None

    # -- what is said, in the light of what was said

    def _turned(self, said: Said | None) -> tuple[Said | None, bool] | None:
        inner, before, near = self.inner, self.before, self.near
        noun, evidence = inner.noun, inner.evidence
        active = evidence is not None and evidence.form == GOVERN
        bare = noun is None or inner.labelled or inner.of_them() or noun.head.said == "sentenced"
        stock = near is not None and (near.said is Said.HELD or (inner.labelled and self.stocked))
        if said is Said.SENTENCED and stock and bare and not active:
            return Said.HELD, True
        if said is Said.SENTENCED and self.held_noun and noun and self._of_those(noun):
            return Said.HELD, False
        participle = noun is not None and noun.head.kind == "participle"
        if said is Said.ANNOUNCED_RELEASE and before is not None and participle:
            return before.said, True
        if said is Said.RELEASED and before is not None and before.said is Said.AMNESTY_GRANTED:
            return Said.AMNESTY_GRANTED, False
        if said is Said.DETAINED and evidence is not None and evidence.form == VERB:
            jailed = self.words["jailed"].search(self.text, evidence.start, evidence.end)
            if jailed and self.words["as_of_then"].search(self.text, evidence.end, inner.limit):
                return Said.HELD, False
        return None

    def _of_those(self, noun: Noun) -> bool:
        """Whether it is a part of those held, so that a conviction only says which: "1,200 of those held"."""
        return re.match(r"(?:of|de|entre) ", self.text[self.inner.quantity.end + 1 : noun.end]) is not None

    def _newly(self) -> bool:
        """A line of a balance that counts who was imprisoned since the last: "9 encarcelados"."""
        noun = self.inner.noun
        if noun is None or self.inner.rank < 4 or self.one.end - self.one.start > 70:
            return False
        new = self.words["newly"].fullmatch(self.text[noun.start : noun.end]) is not None
        if self.inner.labelled:
            held = noun.head.kind == "participle" and noun.head.said == "held"
            return (new or held) and self.words["of_late"].search(
                self.text, self.one.start, self.inner.quantity.start
            ) is not None
        return new and self.one.end - self.one.start < 44

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
        if noun is not None and noun.head.unit == ClaimUnit.CASES:
            return self._of_cases(said)
        corresponds = text.startswith(" correspond", quantity.end)
        if corresponds and self.before is not None and self.before.said is said:
            return self.before.unit
        if noun is not None and self.words["unnamed"].fullmatch(text, noun.start, noun.end):
            noun, earlier = None, earlier or self.near
        if noun is None and self.inner.figure():
            subject = frames.last_noun(text, self.one.start, quantity.outset, self.words, telling=True)
            if subject is not None and subject.head.kind == "event" and subject.head.said == said:
                return ClaimUnit(subject.head.unit)
        if said is Said.AMNESTY_REQUESTS and noun is None:
            return ClaimUnit.REQUESTS
        decided = noun is None and said in (Said.AMNESTY_GRANTED, Said.EXCLUDED)
        if decided and self.near is not None and self.near.unit is ClaimUnit.REQUESTS:
            return ClaimUnit.REQUESTS
        around = text[evidence.start : evidence.end] if evidence is not None and noun is None else ""
        rest = text[quantity.end : min(quantity.end + 60, self.one.end)]
        around += rest if noun is None else text[noun.start : noun.end]
        if said is Said.RELEASED and self.words["as_releases"].search(around):
            return ClaimUnit.RELEASES
        if (
            noun is None
            and said is Said.RELEASED
            and text[quantity.outset - 4 : quantity.end].strip().startswith("las")
        ):
            return ClaimUnit.RELEASES
        told_again = noun is None and self.inner.rank <= 2 and self.inner.evidence is not None
        if told_again and earlier is not None and earlier.unit is ClaimUnit.CASES:
            return ClaimUnit.PERSONS
        if noun is None and earlier is not None and earlier.said in (said, Said.ANNOUNCED_RELEASE):
            return earlier.unit if earlier.said is said else ClaimUnit.RELEASES
        return ClaimUnit.PERSONS

    def _of_cases(self, said: Said) -> ClaimUnit:
        """ "Cases" are of what the number before them counts: "266 of those cases" of releases."""
        near = self.near
        if near is not None and near.said is said and near.unit is not ClaimUnit.PERSONS:
            return near.unit
        return ClaimUnit.RELEASES if said is Said.RELEASED else ClaimUnit.CASES
