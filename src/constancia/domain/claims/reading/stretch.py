"""The stretch of a sentence that a number stands in: what governs it, what stands on either side."""

from __future__ import annotations

import re

from constancia.domain.claims.reading import alone, frames
from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.frames import GOVERN, VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.vocabulary.terms import Said


class Stretch:
    """The stretch of a sentence that a number stands in, and the cues in it."""

    def __init__(
        self,
        text: str,
        quantity: Quantity,
        noun: Noun | None,
        labelled: bool,
        left: int,
        limit: int,
        cues: list[Cue],
        words: Lexicon,
        named: bool = False,
        timed: bool = False,
        follows: bool = False,
    ) -> None:
        """`named`: an organisation's name stands right before; `timed`: words of time right before or after;
        `follows`: another number of the sentence was read before."""
        self.text, self.quantity, self.noun, self.words = text, quantity, noun, words
        self.left, self.limit, self.labelled = left, limit, labelled
        self.named, self.timed, self.follows = named, timed, follows
        self.after = quantity.end if noun is None or labelled else max(noun.end, quantity.end)
        self.right = [
            c for c in cues if c.start >= quantity.end and c.start < limit and c.end > self.after - 1
        ]
        self.behind = [c for c in cues if left <= c.start and c.end <= quantity.outset + 1]
        governing = [
            c
            for c in self.behind
            if c.form in (GOVERN, VERB)
            and frames.governs(text, c, quantity.outset, words)
            and not (follows and re.search(r"[,:]", text[c.end : quantity.outset]))
        ]
        self.governing = max(governing, key=lambda c: (c.end, c.end - c.start), default=None)
        self.evidence: Cue | None = None
        self.rank = 9
        self.by_announcement = False

    def only_counts(self) -> bool:
        """Whether what governs it says no more than that there are so many: "registra 154"."""
        governing = self.governing
        return governing is not None and (
            self.words["counting"].fullmatch(self.text[governing.start : governing.end]) is not None
        )

    def all_but(self) -> bool:
        base = max(self.left, self.quantity.outset - 24)
        left = self.text[base : self.quantity.outset].rstrip()
        return re.search(rf"(?:{self.words['all_but'].pattern})$", left) is not None

    def repeats_whole(self) -> bool:
        """Whether it can name a whole again whose parts follow: "of the 392, 21 are women"."""
        left = self.text[max(self.left, self.quantity.start - 24) : self.quantity.start].rstrip()
        return re.search(rf"(?:{self.words['out_of_the'].pattern})$", left) is not None

    def goes_on(self, before: Found) -> bool:
        """Whether it follows the number before it in a row or as its part, not in a clause of its own."""
        if self.noun is not None and not self.noun.head.weak:
            return True
        between = self.text[
            max(before.quantity.end, before.noun.end if before.noun else 0) : self.quantity.outset
        ]
        return len(between) < 24 or self.words["among"].search(between) is not None

    def evidence_before(self, place: int) -> bool:
        return self.evidence is not None and self.evidence.end <= place

    def evidence_text(self) -> str:
        return self.text[self.evidence.start : self.evidence.end] if self.evidence else ""

    def figure(self) -> bool:
        """Whether the words to the left give a total: "asciende a", "a total of"."""
        base = max(self.left, self.quantity.outset - 60)
        for match in self.words["figure"].finditer(self.text, base, self.quantity.start):
            cue = Cue(match.start(), match.end(), Said.HELD, GOVERN)
            if frames.governs(self.text, cue, max(self.quantity.outset, match.end()), self.words):
                return True
        return False

    def in_total(self) -> bool:
        return self.words["in_total"].match(self.text, self.quantity.end + 1, self.limit) is not None

    def told_of(self, start: int) -> Said | None:
        """What the last noun before it says, where it is a total of those: "presos: 568 en total"."""
        return frames.told(self.text, start, self.quantity.outset, self.words)

    def of_them(self) -> bool:
        return self.words["of_them"].match(self.text, self.quantity.end + 1, self.limit) is not None

    def listed(self, cased: str) -> bool:
        return alone.line(cased, self.quantity, self.words)

    def unknown(self) -> bool:
        """Whether a noun follows that no list knows."""
        word = re.compile(r"[ \xa0]([^\W\d_]+)").match(self.text, self.quantity.end)
        if (
            word is None
            or self.words["noun_stops"].fullmatch(word[1])
            or self.words["skip"].fullmatch(word[1])
        ):
            return False
        if self.words["finite"].match(self.text, word.start(1)):
            return False
        return not any(c.start == word.start(1) for c in self.right)

    def _weak_noun(self) -> bool:
        return self.noun is not None and self.noun.head.weak

    def span(self) -> tuple[int, int]:
        """What to quote: the number with its noun and the words that say something of it, 25 at most."""
        start, end = self.quantity.outset, self.after
        if self.noun is not None and self.labelled:
            start, end = min(start, self.noun.start), self.quantity.end
            if self.text[end : end + 1] == ")":
                end += 1
        if self.evidence is not None:
            start, end = min(start, self.evidence.start), max(end, self.evidence.end)
        if len(self.text[start:end].split()) > 25:
            start, end = self.quantity.outset, self.after
        while end > start and self.text[end - 1].isspace():
            end -= 1
        while start < end and self.text[start].isspace():
            start += 1
        return start, end
