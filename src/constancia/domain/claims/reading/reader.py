"""Reads claims out of a text: numbers, what they count, what is said of that, on whose word, of what day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from constancia.domain.claims.reading import alone, attribution, frames
from constancia.domain.claims.reading.cast import GOVERNMENT, OFFICIAL, ORG, PERSON, Speaker
from constancia.domain.claims.reading.clause import Clause
from constancia.domain.claims.reading.dating import STOCKS
from constancia.domain.claims.reading.days import Calendar
from constancia.domain.claims.reading.found import Found, speaker_key
from constancia.domain.claims.reading.frames import VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.placing import Placed, days_of, told
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.claims.reading.saying import Sayer
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.times import When
from constancia.domain.claims.reading.turns import Room, Turn
from constancia.domain.claims.reading.uncounted import (
    Uncounted,
    does_else,
    of_disaster,
    others_do,
    things,
    unmasked,
)
from constancia.domain.claims.reading.view import View
from constancia.domain.vocabulary.terms import ClaimUnit, Said

_RECENT = 12
"""Claims that another may go on from."""

MOST = 40
"""Numbers in one sentence; a sentence with more is a table or noise, and nobody's claim."""

_CROWD = 1_000_000
"""So many are no claim's that only other words of the text would make it one."""

_NUMERIC = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The part of a sentence that is one number's. `counted`: the noun it shares with the whole that it is
    part of ("8 out of 182 prisoners"); `whole`: it is itself such a whole; `first`: none stands before it."""

    left: int
    limit: int
    counted: Noun | None = None
    whole: bool = False
    first: bool = False


@dataclass(slots=True)
class Reader:
    """The state of one reading, sentence after sentence."""

    view: View
    words: Lexicon
    published: date | None
    room: Room
    calendar: Calendar
    found: list[Found] = field(default_factory=list)
    topic: Said | None = None
    topic_asked: Said | None = None
    named: Said | None = None
    paragraph: int = -1
    amnesty: bool = False
    amnesty_law: bool = False
    apart: Uncounted | None = None
    asked: alone.Question | None = None

    def sentence(self, number: int, one: Sentence) -> None:
        text = self.view.folded
        turn = self.room.turns[number]
        heard = turn.heard
        when = [replace(w, told=told(w, heard, text)) for w in self.calendar.read(text, one, self.words)]
        cues = [
            cue
            for cue in frames.cues(text, one.start, one.end, self.words)
            if not any(
                m.start <= cue.start and cue.end <= m.end and m.speaker.kind == ORG for m in turn.present
            )
        ]
        known = len(self.found)
        if _NUMERIC.search(text, one.start, one.end) or self.words["numerals"].search(
            text, one.start, one.end
        ):
            self._numbers(number, one, turn, when, cues)
        claimants = [found.speaker for found in self.found[known:]]
        claimants = claimants or [v.speaker for v in heard if v.speaker] or [m.speaker for m in turn.present]
        stock = any(found.said in STOCKS for found in self.found[known:])
        self.calendar.note(when, map(speaker_key, claimants), one.paragraph, stock)
        named = frames.told(text, one.start, one.end, self.words)
        self.named = None if len(self.found) > known else named or self.named
        self.asked = alone.question(text, one, number, cues, self.words)
        if not cues and named is not None:
            self.topic = named
        if cues:
            self.topic = next((c.said for c in reversed(cues) if c.form == VERB), cues[-1].said)
        self.topic_asked = self.topic if self.asked is not None else None

    # -- numbers of one sentence

    def _numbers(self, number: int, one: Sentence, turn: Turn, when: list[When], cues: list[Cue]) -> None:
        text = self.view.folded
        present = turn.present
        named = [
            (m.start, m.end)
            for m in present
            if m.speaker.kind == ORG and _NUMERIC.search(text[m.start : m.end])
        ]
        read = unmasked(text, self.view.cased, one, [(w.start, w.end) for w in when] + named, self.words)
        if len(read) > MOST:
            return
        left = one.start
        mine: list[Found] = []
        waiting: list[tuple[Quantity, Noun | None]] = []
        thing = -1
        falling = False
        for place, quantity in enumerate(read):
            later = [q for q in read[place + 1 :] if not q.indefinite]
            limit = later[0].outset if later else one.end
            part = (
                bool(later)
                and self.words["part_of"].fullmatch(text[quantity.end : limit].strip()) is not None
            )
            whole = place > 0 and self.words["part_of"].fullmatch(
                text[read[place - 1].end : quantity.outset].strip()
            )
            counted = frames.noun_after(text, later[0].end, one.end, self.words) if part else None
            if part:
                limit = later[1].outset if len(later) > 1 else one.end
            if later and alone.inserted(text, quantity, later[0], self.words):
                limit = later[1].outset if len(later) > 1 else one.end
            stretch = _Stretch(left, limit, counted, bool(whole), place == 0)
            found = None
            if not frames.part_of_things(text, thing, quantity.outset, quantity.end, self.words):
                found = self._claim(number, one, quantity, stretch, mine, turn, when, cues)
            if found is not None or frames.counts_things(text, left, quantity, limit, self.words):
                thing = quantity.end if found is None else -1
            if found is not None:
                self.apart = None
                own = found.rank == 4 and found.noun is None
                if not found.inherited and not own and (found.rank in (2, 4, 5) or falling):
                    mine = [*self._shared(waiting, found, mine), found]
                else:
                    mine.append(found)
                left = max(
                    quantity.end, found.noun.end if found.noun and found.noun.start > quantity.start else 0
                )
            noun = found.noun if found else frames.noun_after(text, quantity.end, limit, self.words)
            between = text[max(quantity.end, noun.end if noun else 0) : limit]
            falling = False
            falls = later and re.fullmatch(r"\s(?:a|to)\s(?:l[oa]s\s)?", between) and noun is None
            if (
                (noun is not None or falls)
                and later
                and _JOINT.fullmatch(between)
                and not quantity.indefinite
            ):
                apart = self.words["among"].search(
                    text, max(one.start, quantity.outset - 24), quantity.outset
                )
                of_all = self.words["out_of_the"].search(
                    text, max(one.start, quantity.start - 16), quantity.start
                )
                place = (noun.end if noun else quantity.end) + 1
                idle = self.words["unconcerned"].match(text, place) or does_else(text, noun, self.words)
                parted = self.words["of_them"].match(text, later[0].end + 1) or alone.of_those_before(
                    text, quantity.end, later[0], self.words
                )
                if (found is None or found.rank >= 6) and not (apart or of_all or idle or parted):
                    waiting.append((quantity, noun))
                    falling = bool(falls)
            else:
                waiting = []
        self.found += mine

    def _shared(
        self, waiting: list[tuple[Quantity, Noun | None]], found: Found, mine: list[Found]
    ) -> list[Found]:
        """ "Three journalists and two activists were freed": the first shares what is said of the last."""
        kept = [one for one in mine if all(one.quantity is not quantity for quantity, _ in waiting)]
        for quantity, noun in waiting:
            span = (quantity.outset, max(quantity.end, noun.end if noun else 0))
            unit = ClaimUnit(noun.head.unit) if noun else found.unit
            kept.append(replace(found, quantity=quantity, noun=noun, unit=unit, span=span))
        waiting.clear()
        return kept

    def _claim(
        self,
        number: int,
        one: Sentence,
        quantity: Quantity,
        stretch: _Stretch,
        mine: list[Found],
        turn: Turn,
        when: list[When],
        cues: list[Cue],
    ) -> Found | None:
        text = self.view.folded
        left, limit = stretch.left, stretch.limit
        label = frames.label_before(text, quantity.start, quantity.end, one.start, self.words)
        if label is not None and frames.says_itself(text, quantity.end, limit, self.words):
            label = None
        noun = stretch.counted or label or frames.noun_after(text, quantity.end, limit, self.words)
        before = mine[-1] if mine else None
        earlier = before or self._last(one)
        if noun is None and before is not None:
            noun = frames.noun_apart(text, quantity.start, quantity.end, limit, self.words)
        if noun is None and frames.others_before(text, left, quantity.outset, self.words):
            return None
        if quantity.indefinite and not alone.counts_as_one(
            text, quantity, noun, before, earlier, cues, self.words
        ):
            return None
        gone, self.apart = self.apart, Uncounted(quantity, number)
        if noun is None and things(text, left, quantity, one.end, self.words):
            return None
        named = any(m.speaker.kind == ORG and 0 <= quantity.outset - m.end <= 3 for m in turn.present)
        timed = any(alone.touches(text, quantity, w) for w in when)
        inner = Clause(
            text, quantity, noun, label is not None, left, limit, cues, self.words, named, timed, bool(mine)
        )
        sayer = Sayer(
            text,
            self.view.cased,
            self.words,
            self.topic,
            inner,
            one,
            before,
            earlier,
            stretch.counted is not None,
            self._same(one, quantity),
            self.topic_asked,
            next((f for f in reversed(mine) if f.said not in _CHANGES), self._last(one)),
            number,
            self.named,
            any(f.said is Said.HELD and one.paragraph - f.paragraph <= 8 for f in self.found[-8:]),
        )
        if inner.governing is None and others_do(text, inner, self.words):
            return None
        said: Said | None
        asked = self.asked if noun is None and stretch.first else None
        if asked and not (
            asked.sentence == number - 1 and alone.answers(text, one, quantity, cues, self.words)
        ):
            asked = None
        state = inner.state() if stretch.whole else None
        if state is not None:
            said, inherited = state, False
        elif stretch.whole and noun is not None and noun.head.said:
            later = self.words["promised"]
            promised = later.search(text, quantity.end, noun.start) or later.match(text, noun.end + 1)
            said, inherited = Said.ANNOUNCED_RELEASE if promised else Said(noun.head.said), False
        elif (
            stretch.whole
            and not self.words["relative"].match(text, inner.after + 1)
            and inner.governing is None
        ):
            said, inherited = (sayer.same.said if sayer.same else None), True
        elif asked is not None:
            said, inherited = asked.said, True
        else:
            said, inherited = sayer.said()
        if said in (Said.KILLED, Said.HELD) and of_disaster(text, inner, self.words):
            return None
        if quantity.value >= _CROWD and (inherited or inner.rank >= 5):
            return None
        if said is None or frames.of_a_body(text, one.start, quantity.outset, self.words):
            return None
        carried = inherited or (
            inner.rank == 5 and gone and (inner.of_them() or inner.evidence_before(gone.quantity.start))
        )
        if carried and gone is not None and gone.covers(text, quantity, noun, number, self.words):
            self.apart = replace(self.apart, of_another=True)
            return None
        if (
            noun is None
            and asked is None
            and said is not Said.NET_CHANGE
            and not (earlier is None and inner.listed(self.view.cased))
            and not sayer.awaited(said)
            and not inner.bare_counts(before, earlier, self.view.cased, one.start)
        ):
            return None
        speaker = self._claimant(inner, turn, said, inherited, before, when)
        if said is Said.AMNESTY_GRANTED and not self.amnesty:
            said = Said.RELEASED
        if said is Said.PARDONED and self.amnesty_law and "amnest" in inner.evidence_text():
            said = Said.AMNESTY_GRANTED
        if (
            said is Said.ANNOUNCED_RELEASE
            and inner.by_announcement
            and speaker
            and speaker.kind in (ORG, PERSON)
            and (speaker.kind == ORG or speaker.org)
        ):
            said = Said.RELEASED
        placed = Placed(
            inner, one, said, inherited, speaker, before, earlier, [*self.found[-_RECENT:], *mine]
        )
        day = days_of(placed, when, self.calendar)
        unit = sayer.unit(
            said, noun, earlier if inherited or noun is None else None, text, quantity, inner.evidence
        )
        span = inner.span()
        return Found(
            quantity, noun, said, unit, speaker, day, span, one.paragraph, number, "", inherited, inner.rank
        )

    def _same(self, one: Sentence, quantity: Quantity) -> Found | None:
        """The last claim of the same number, not long before."""
        near = (f for f in reversed(self.found) if f.quantity.value == quantity.value)
        return next((f for f in near if one.paragraph - f.paragraph <= 4), None)

    def _last(self, one: Sentence) -> Found | None:
        """The claim that a sentence may go on from: the last, over what was added or removed since."""
        for found in reversed(self.found[-8:]):
            if found.said not in _CHANGES:
                return found
            if one.paragraph - found.paragraph > 2:
                break
        return self.found[-1] if self.found else None

    # -- what is said

    def _claimant(
        self, inner: Clause, turn: Turn, said: Said, inherited: bool, before: Found | None, when: list[When]
    ) -> Speaker | None:
        found = self._named_claimant(inner, turn, said, inherited, before, when)
        if found is None or found.label != "state media":
            return found
        ruling = attribution.decider(inner.quantity.start, turn.heard, turn.present)
        ruling = ruling if ruling and ruling.label != "state media" else None
        return ruling or attribution.nearby_government(self.room.cast, inner.quantity.start) or found

    def _named_claimant(
        self, inner: Clause, turn: Turn, said: Said, inherited: bool, before: Found | None, when: list[When]
    ) -> Speaker | None:
        start = inner.quantity.start
        found = self.room.named(turn, (start, max(inner.quantity.end, inner.after)), inner.limit)
        text = self.view.folded
        background = (
            inner.rank <= 6
            and said is Said.DETAINED
            and self.words["part_of"].search(
                text[max(turn.one.start, inner.quantity.outset - 8) : inner.quantity.outset + 1]
            )
        )
        if found is not None and background and found.kind in (OFFICIAL, GOVERNMENT):
            return None
        if said is Said.ANNOUNCED_RELEASE and (promising := attribution.promising(start, turn.heard)):
            return promising
        if found is not None:
            return found
        if said in (Said.ANNOUNCED_RELEASE, Said.PARDONED):
            decided = attribution.decider(start, turn.heard, turn.present)
            if decided is not None:
                return decided
        if before is not None:
            return before.speaker
        told_by = self.room.cast.own is not None or turn.ago == 0
        if said is Said.RELEASED and not told_by and (agent := attribution.agent(start, turn.heard)):
            return agent
        if said is Said.ANNOUNCED_RELEASE and self.room.cast.own is None:
            return attribution.nearby_government(self.room.cast, start)
        return self.room.follower(turn, said not in STOCKS, when, start)


_JOINT = re.compile(
    r"(?:[^.;:()]{0,40}?\s?(?:,|\by\b|\band\b|\be\b|\ba\b|\bto\b|\bas well as\b|\basi como\b)"
    r"\s?(?:otr[oa]s\s|another\s)?){1,2}"
)
_CHANGES = {Said.NET_CHANGE, Said.ADDED, Said.REMOVED}
