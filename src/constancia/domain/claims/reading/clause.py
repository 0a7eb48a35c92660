"""What a clause says of those whom its number counts, and whether a number without a noun counts."""

from __future__ import annotations

import re

from constancia.domain.claims.reading import alone
from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.frames import GOVERN, STATE, VERB, Cue
from constancia.domain.claims.reading.lexicon import Head
from constancia.domain.claims.reading.stretch import Stretch
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
_NAMED_ROW = re.compile(
    r"(?:,|;|\band|\by|\be) (?:then |luego |the )?[A-ZÁÉÍÓÚÑ][\w-]+(?: [A-ZÁÉÍÓÚÑ][\w-]+){0,3}"
    r"(?: a| con| with| for| por)? $"
)
_CHANGES = frozenset({Said.ADDED, Said.REMOVED, Said.NET_CHANGE, Said.EXCLUDED, Said.AMNESTY_REQUESTS})
_DECIDED = (Said.AMNESTY_GRANTED, Said.EXCLUDED)
_APART = re.compile(r"[;:.]|\b(?:y|and) (?:l[oa]s?|el|the|that) ")
_WALL = re.compile(r"[;:]|\.\s|\b(?:y|and|but|pero) (?:[a-z]+ ){1,3}(?:que|that) ")
_ONE = re.compile(r"(?:[a-z]{2,}(?:ad|id|ert)[oa]|pres[oa]|(?:fue|ha|habia|esta|estaba|sigue) [a-z]+)\b")
_AS_ONE = re.compile(
    r"\b(?:grupo|total|cifra|numero|docena|decena|[a-z]+tena|centenar|cantidad|millar|saldo)\b"
)
_AFTERWARDS = re.compile(
    r"\b(?:after|following|before|tras|(?:despues|luego|antes) de(?: que)?)\b[^,;:]{8,}\Z"
)
"""What a predicate is told to have come after: "30 were arrested after the call-up of 300 reservists"."""
_PAUSE = re.compile(r"[,;:.]")
_OPENING = re.compile(r"(?:[,;:.\"(]|\by|\band|\bmientras(?: que)?|\bwhile|\bque|\bthat|\bpero|\bbut)$")
_PLACED = re.compile(
    r"\s(?:abroad\b|elsewhere\b|overseas\b|afuera\b|fuera\b)|\s(?:en|de|del|a|hacia|in|from|at|of|to)\s(?:(?:el|la|los|las|the)\s)?\w"
)
_PLACED_BY_NAME = re.compile(
    r"\s(?:en|de|del|a|hacia|in|from|at|of|to)\s(?:(?:el|la|los|las|the)\s)?[A-ZÁÉÍÓÚÑ]"
)


class Clause(Stretch):
    """A stretch of a sentence, and what it says."""

    def own(self) -> Said | None:
        """What the clause itself says of those counted, the surest sign first."""
        head = self.noun.head if self.noun else None
        if head is not None and head.kind == "event":
            return self._event(head)
        main = self._main()
        state = next((c for c in self.right if self._attached(c) and c.end > self.after + 1), None)
        told_after = (state is not None and state.start - self.quantity.end < 3) or main is not None
        if self.governing is not None and told_after and self._joined_to(self.governing):
            self.governing = None
        if state is not None and main is not None and state.start - self.after < 3 and self._halved():
            return self._by(state, 4)
        if state is None and main is not None and head is not None and head.said and self._halved():
            self.rank = 6
            return Said(head.said)
        told = head is not None and head.kind == "participle" and head.said not in ("held", "sentenced")
        if head is not None and told and (main is None or self._lies(main)) and self._weak_governing():
            self.rank = 3
            return Said(head.said)
        if main is not None and self.governing is None:
            return self._by(main, 2)
        if self.governing is not None:
            if state is not None and state.start - self.after < 3 and self._only_lists(state):
                return self._by(state, 4)
            return self._governed(self.governing, main)
        if head is not None and told:
            self.rank = 3
            return Said(head.said)
        if state is not None and (head is None or head.said != "held" or state.said is not Said.HELD):
            return self._by(state, 4)
        if head is not None and head.kind == "participle" and self._arrest_event():
            self.rank = 4
            return Said.DETAINED
        cue = self._trailing_behind()
        open_head = head is None or head.kind in ("category", "neutral", "people")
        if cue is not None and open_head and (head is None or head.said != "held" or cue.form == VERB):
            return self._by(cue, 5)
        if head is not None and head.said:
            self.rank = 6
            return Said(head.said)
        return None

    def _event(self, head: Head) -> Said:
        """What a noun of events says: "62 arrests", "12 applications were rejected", "40 to come"."""
        self.rank = 1
        if self.governing is not None and self.governing.said is Said.ANNOUNCED_RELEASE:
            return self._by(self.governing, 1)
        main = self._main()
        if main is not None and main.said is Said.ANNOUNCED_RELEASE:
            return Said.ANNOUNCED_RELEASE
        if head.said == "amnesty_requests":
            decided = [c for c in (main, self.governing) if c is not None and c.said in _DECIDED]
            if decided:
                return self._by(decided[0], 1)
        return Said(head.said)

    def _governed(self, governing: Cue, main: Cue | None) -> Said:
        if main is not None and (governing.said, main.said) == (Said.RELEASED, Said.ANNOUNCED_RELEASE):
            return self._by(main, 2)
        if main is not None and self.only_counts() and main.said is not Said.HELD and not self._held_noun():
            return self._by(main, 2)
        weaker = governing.said is Said.HELD
        other = main is not None and main.said is not governing.said
        if main is not None and other and weaker and not self._relative(main) and not self._lies(main):
            return self._by(main, 2)
        return self._by(governing, 3)

    def _held_noun(self) -> bool:
        return self.noun is not None and self.noun.head.said == "held"

    def _joined_to(self, cue: Cue) -> bool:
        """Whether only "and" stands between a predicate and the number: it may be of the one before."""
        return self.words["and"].search(self.text, cue.end, self.quantity.outset) is not None

    def _only_lists(self, state: Cue) -> bool:
        """Whether a list is said to hold them, and a participle what befell them: "it has 17 freed"."""
        return (
            self.governing is not None
            and self.governing.said is Said.HELD
            and state.said not in (Said.HELD, Said.DETAINED, Said.SENTENCED)
        )

    def _weak_governing(self) -> bool:
        return self.governing is None or self.governing.said in (Said.ADDED, Said.HELD)

    def _lies(self, cue: Cue) -> bool:
        """Whether a predicate only says where somebody is: "in prison", with no verb of its own."""
        return cue.said is Said.HELD and self.words["where_held"].match(self.text, cue.start) is not None

    def _halved(self) -> bool:
        """Whether the number is a whole that only a part of is spoken of: "half of the 200"."""
        base = max(self.left, self.quantity.outset - 40)
        found = self.words["fraction_of"].search(self.text, base, self.quantity.start)
        return found is not None and not _PAUSE.search(self.text[found.end() : self.quantity.start])

    def _trailing_behind(self) -> Cue | None:
        """A predicate before the number that may still hold of it, though not right before it."""
        for cue in reversed(self.behind):
            gap = self.quantity.outset - cue.end
            paused = _PAUSE.search(self.text, cue.end, self.quantity.outset) is not None
            if cue.form == STATE or (cue.form == GOVERN and (gap > 40 or (paused and self.follows))):
                continue
            if self.noun is not None and self.noun.head.said and paused:
                continue
            if cue.said in _CHANGES and (gap > 12 or self._weak_noun()):
                continue
            if self.follows and self.noun and _AFTERWARDS.search(self.text[cue.end : self.quantity.outset]):
                continue
            return cue
        return None

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
        verbs = [c for c in self.right if c.form == VERB and not self._walled(c) and not self._of_one(c)]
        free = [c for c in verbs if not self._relative(c)]
        if free:
            return free[0]
        free_to = self.governing is None or (self.only_counts() and not self._held_noun())
        return verbs[0] if verbs and free_to else None

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
        return _WALL.search(between) is not None or len(between) > 160

    def _attached(self, cue: Cue) -> bool:
        between = self.text[self.after : cue.start]
        if cue.form != STATE or len(between) >= 60 or _APART.search(between):
            return False
        return not (between.strip() and self._of_one(cue))

    def _of_one(self, cue: Cue) -> bool:
        """Whether a predicate is of one person, and so not of the many counted: "370 en el homenaje al
        opositor muerto"; a group or a total of many takes it too."""
        if self.words.language != "es" or self.quantity.value < 2 or not _ONE.match(self.text, cue.start):
            return False
        return _AS_ONE.search(self.text, max(self.left, self.quantity.outset - 40), self.quantity.end) is None

    def _arrest_event(self) -> bool:
        return any(c.said is Said.DETAINED and c.start >= self.quantity.end for c in self.right) or bool(
            self.words["arrest_context"].match(self.text, self.after + 1, self.limit)
        )

    def bare_counts(self, before: Found | None, earlier: Found | None, cased: str, start: int) -> bool:
        """Whether a number without a noun counts: told of directly, governed, or one of a row."""
        unknown = self.unknown() and not self.timed
        if self.governing is not None and unknown and not self._personal():
            return False
        if self.labelled or self.of_them() or self.in_total() or self.governing is not None:
            return True
        if any(c.form == VERB and self._near_by(c) for c in self.right):
            return True
        if before is not None and (
            self.words["again"].match(self.text, self.quantity.end + 1)
            or self.words["instead"].search(self.text, self.quantity.outset - 8, self.quantity.outset)
        ):
            return True
        if earlier is not None and any(
            c.form == STATE and c.start - self.quantity.end < 3 for c in self.right
        ):
            return True
        if (
            self.figure()
            and not unknown
            and (earlier is not None or self.rank < 6 or self.told_of(self.left) is not None)
        ):
            return True
        if earlier is not None and self.words["traits"].match(self.text, self.quantity.end + 1):
            return True
        if earlier is not None and self._in_a_row(before or earlier, cased):
            return True
        if unknown:
            return False
        if earlier is not None and (
            alone.portion(cased, self.quantity) or alone.opens(self.text, start, self.quantity, self.words)
        ):
            return True
        if earlier is not None and self._rather():
            return True
        if earlier is not None and (self.named or self.timed or self._opens() or self.listed(cased)):
            return True
        left = self.text[max(self.left, self.quantity.outset - 14) : self.quantity.start].rstrip()
        determined = re.search(rf"(?:{self.words['determiners'].pattern})$", left) is not None
        return determined and (before is not None or self.rank <= 5)

    def _rather(self) -> bool:
        """Whether it is put in the place of a number before: "not 15 but at least 22"."""
        base = max(self.left, self.quantity.outset - 24)
        left = self.text[base : self.quantity.outset].rstrip()
        return re.search(rf"(?<!\w)(?:{self.words['rather'].pattern})$", left) is not None

    def _near_by(self, cue: Cue) -> bool:
        between = self.text[self.quantity.end : cue.start]
        if between.strip() == ",":  # "dozens of people, perhaps 70, were"
            return (
                re.search(r"[,-]\s?$", self.text[max(0, self.quantity.outset - 2) : self.quantity.outset])
                is not None
            )
        return len(between) <= 24 and re.search(r"[,.;]", between) is None

    def _personal(self) -> bool:
        """Whether the governing words can only be about people: "arrested 12 somebodies"."""
        return self.governing is not None and (
            self.words["personal"].search(self.text, self.governing.start, self.quantity.outset) is not None
        )

    def _opens(self) -> bool:
        """Whether it opens a clause as its subject: "14 come from abroad"."""
        left = self.text[max(0, self.quantity.outset - 30) : self.quantity.outset]
        left = self.words["solely"].sub("", left).rstrip()
        opens = not left or self.quantity.outset <= self.left + 10 or _OPENING.search(left) is not None
        return opens and self.words["finite"].match(self.text, self.quantity.end + 1) is not None

    def _in_a_row(self, before: Found, cased: str) -> bool:
        """Whether it goes on from the number before: "12 en Zulia, 5 en Lara", "en Yare, 34"."""
        left = self.text[max(self.left - 40, 0) : self.quantity.outset].rstrip()
        right = cased[self.quantity.end : self.quantity.end + 40]
        if re.search(rf"(?:{self.words['among'].pattern})$", left):
            return True
        joined = left.endswith((",", ";", ":", " y", " and", "(", " e", ", a", " y a"))
        if joined and _PLACED.match(right):
            named = _PLACED_BY_NAME.match(right) is not None
            return named or self.quantity.value <= before.quantity.value * 3
        if (
            joined
            and self.text[self.quantity.outset - 2 : self.quantity.outset] == "a "
            and not self.unknown()
        ):
            return True
        if _NAMED_ROW.search(cased[max(0, self.quantity.outset - 40) : self.quantity.outset]):
            return not self.unknown()
        if left.endswith((" a", " to", " hasta")) and 0 <= self.quantity.outset - before.quantity.end <= 8:
            return not self.unknown()
        if left.endswith(",") and self.quantity.value > 99 and re.match(r"\s*(?:[.,;)]|$)", right):
            return True
        return alone.placed(cased, self.text, self.quantity)
