"""The stretch of a sentence that a number stands in: what it says of them, and whether it counts them."""

from __future__ import annotations

import re

from constancia.domain.claims.reading import frames
from constancia.domain.claims.reading.found import Found, Stretch
from constancia.domain.claims.reading.frames import GOVERN, STATE, VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.vocabulary.terms import Said

_LISTED = frozenset(
    {
        Said.EXCLUDED,
        Said.ADDED,
        Said.REMOVED,
        Said.NET_CHANGE,
        Said.HELD,
        Said.RECOGNISED,
        Said.AMNESTY_REQUESTS,
    }
)
_PLACED = re.compile(
    r"\s(?:en|de|del|con|bajo|el|in|from|at|of|with|under|on)\s(?:(?:el|la|los|las|the)\s)?\w"
)
_IN_PLACE = re.compile(
    r"\b(?:[Ee]n|[Ii]n|[Aa]t|[Dd]e|[Ff]rom)\s(?:(?:el|la|los|las|the|El|La)\s)?"
    r"[A-ZÁÉÍÓÚÑ][\w .'-]{1,30}?\s?[,:(-]\s?(?:con |with )?$"
)


class Clause:
    """The stretch of a sentence that a number stands in, and the cues in it."""

    def __init__(
        self,
        text: str,
        quantity: Quantity,
        noun: Noun | None,
        labelled: bool,
        stretch: Stretch,
        cues: list[Cue],
        words: Lexicon,
    ) -> None:
        self.text, self.quantity, self.noun, self.words = text, quantity, noun, words
        left, limit = stretch.left, stretch.limit
        self.left, self.limit, self.labelled = left, limit, labelled
        self.after = quantity.end if noun is None or labelled else max(noun.end, quantity.end)
        self.right = [
            c for c in cues if c.start >= quantity.end and c.start < limit and c.end > self.after - 1
        ]
        self.behind = [c for c in cues if left <= c.start and c.end <= quantity.outset + 1]
        self.governing = next(
            (
                c
                for c in reversed(self.behind)
                if c.form in (GOVERN, VERB) and frames.governs(text, c, quantity.outset, words)
            ),
            None,
        )
        self.evidence: Cue | None = None
        self.rank = 9
        self.by_announcement = False

    def own(self) -> Said | None:
        """What the clause itself says of those counted, the surest sign first."""
        head = self.noun.head if self.noun else None
        if head is not None and head.kind == "event":
            self.rank = 1
            if self.governing is not None and self.governing.said in (Said.ANNOUNCED_RELEASE,):
                return self._by(self.governing, 1)
            return Said(head.said) if not self._later() else Said.ANNOUNCED_RELEASE
        main = self._main()
        if main is not None and self.governing is None:
            return self._by(main, 2)
        told = head is not None and head.kind == "participle" and head.said not in ("held", "sentenced")
        by_verb = self.governing is not None and (
            self.governing.form == VERB
            or self.governing.said in (Said.ADDED, Said.HELD)
            or self.text[self.governing.end : self.quantity.outset].split()[:1] in (["and"], ["y"])
        )
        if head is not None and told and by_verb:
            self.rank = 3
            return Said(head.said)
        if self.governing is not None:
            if (
                main is not None
                and main.form == VERB
                and not self._relative(main)
                and self.governing.said in (Said.HELD, Said.DETAINED)
                and main.said is not self.governing.said
            ):
                return self._by(main, 2)
            return self._by(self.governing, 3)
        if head is not None and head.kind == "participle" and head.said != "held":
            self.rank = 3
            return Said(head.said)
        states = [c for c in self.right if self._attached(c)]
        if states and (head is None or head.said != "held" or states[0].said not in (Said.HELD,)):
            return self._by(states[0], 4)
        if head is not None and head.kind == "participle" and self._arrest_event():
            self.rank = 4
            return Said.DETAINED
        if self.behind and (head is None or head.kind in ("category", "neutral", "people")):
            cue = self.behind[-1]
            if head is None or head.said != "held" or cue.form == VERB:
                return self._by(cue, 5)
        if head is not None and head.said:
            self.rank = 6
            return Said(head.said)
        return None

    def evidence_text(self) -> str:
        return self.text[self.evidence.start : self.evidence.end] if self.evidence else ""

    def state(self) -> Said | None:
        """What a participle right after the noun says: "the 2,400 people arrested after the election"."""
        found = next((c for c in self.right if self._attached(c) and c.start - self.after < 3), None)
        return found.said if found else None

    def _by(self, cue: Cue, rank: int) -> Said:
        self.evidence, self.rank = cue, rank
        self.by_announcement = cue.said is Said.ANNOUNCED_RELEASE and cue.form == GOVERN
        return cue.said

    def _main(self) -> Cue | None:
        """The finite predicate to the right; one within a relative clause only where there is no other."""
        verbs = [c for c in self.right if c.form == VERB and not self._walled(c)]
        free = [c for c in verbs if not self._relative(c)]
        if free:
            return free[0]
        return verbs[0] if verbs and self.governing is None else None

    def _relative(self, cue: Cue) -> bool:
        between = self.text[self.after : cue.start]
        match = self.words["relative"].search(between)
        if match is None:
            return False
        others = [
            c for c in self.right if c.form == VERB and self.after + match.start() <= c.start < cue.start
        ]
        return not others

    def _walled(self, cue: Cue) -> bool:
        between = self.text[self.after : cue.start]
        return re.search(r"[;:]|\.\s", between) is not None or len(between) > 160

    def _attached(self, cue: Cue) -> bool:
        between = self.text[self.after : cue.start]
        return cue.form == STATE and len(between) < 60 and re.search(r"[;:.]", between) is None

    def _later(self) -> bool:
        main = self._main()
        return main is not None and main.said is Said.ANNOUNCED_RELEASE

    def _arrest_event(self) -> bool:
        return any(c.said is Said.DETAINED and c.start >= self.quantity.end for c in self.right) or bool(
            self.words["arrest_context"].match(self.text, self.after + 1, self.limit)
        )

    def figure(self) -> bool:
        """Whether the words to the left give a total: "asciende a", "a total of"."""
        base = max(self.left, self.quantity.outset - 60)
        for match in self.words["figure"].finditer(self.text, base, self.quantity.start):
            cue = Cue(match.start(), match.end(), Said.HELD, GOVERN)
            if frames.governs(self.text, cue, max(self.quantity.outset, match.end()), self.words):
                return True
        return False

    def part(self) -> bool:
        """Whether it is told of as a part of the number before: "including 223 who were in prison"."""
        left = self.text[max(self.left - 40, 0) : self.quantity.outset].rstrip()
        among = re.search(rf"(?:{self.words['among'].pattern})$", left) is not None
        bare = self.noun is None and self.rank == 4 and left.endswith((" y", " and", ","))
        return among or bare

    def in_total(self) -> bool:
        return self.words["in_total"].match(self.text, self.quantity.end + 1, self.limit) is not None

    def told_of(self, start: int) -> Said | None:
        """What the last noun before the number says, where it is a total: "presos: 568 en total"."""
        found = None
        for match in re.finditer(r"(?<!\w)\w", self.text[start : self.quantity.outset]):
            noun = frames.noun_at(self.text, start + match.start(), self.quantity.outset, self.words)
            found = Said(noun.head.said) if noun is not None and noun.head.said else found
        return found

    def of_them(self) -> bool:
        return self.words["of_them"].match(self.text, self.quantity.end + 1, self.limit) is not None

    def bare_counts(self, before: Found | None, earlier: Found | None, cased: str) -> bool:
        """Whether a number without a noun counts: told of directly, governed, or one of a row."""
        if self.governing is not None and self._unknown() and self.governing.said in _LISTED:
            return False
        if self.labelled or self.of_them() or self.in_total() or self.governing is not None:
            return True
        if any(
            c.form == VERB
            and c.start - self.quantity.end <= 24
            and not re.search(r"[,.;]", self.text[self.quantity.end : c.start])
            for c in self.right
        ):
            return True
        if self.figure() and (earlier is not None or self.rank < 6):
            return True
        if earlier is not None and self.words["traits"].match(self.text, self.quantity.end + 1):
            return True
        if before is not None and self._in_a_row(before, cased):
            return True
        left = self.text[max(self.left, self.quantity.outset - 14) : self.quantity.start].rstrip()
        determined = re.search(rf"(?:{self.words['determiners'].pattern})$", left) is not None
        return determined and (before is not None or self.rank <= 5)

    def _unknown(self) -> bool:
        """Whether a noun follows that no list knows."""
        word = re.compile(r"\s([^\W\d_]+)").match(self.text, self.quantity.end)
        if word is None or self.words["noun_stops"].fullmatch(word[1]):
            return False
        return not any(c.start == word.start(1) for c in self.right)

    def _in_a_row(self, before: Found, cased: str) -> bool:
        """Whether it goes on from the number before: "12 en Zulia, 5 en Lara", "en Yare, 34"."""
        left = self.text[max(self.left - 40, 0) : self.quantity.outset].rstrip()
        right = cased[self.quantity.end : self.quantity.end + 40]
        if re.search(rf"(?:{self.words['among'].pattern})$", left):
            return True
        joined = left.endswith((",", ";", ":", " y", " and", "(", " e"))
        if joined and _PLACED.match(right):
            return True
        place = _IN_PLACE.search(cased[max(0, self.quantity.outset - 50) : self.quantity.outset])
        return place is not None and re.match(r"\s*(?:[,.;)]|$|y\b|and\b)", right) is not None

    def span(self) -> tuple[int, int]:
        """What to quote: the number, its noun and what says something of it; 25 words at most."""
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
