"""Reads claims out of a text: numbers, what they count, what is said of that, on whose word, of what day."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from constancia.domain.claims.claim import ARTICLE, Claim
from constancia.domain.claims.claimants import claimants, key_of, printed
from constancia.domain.claims.reading import attribution, frames
from constancia.domain.claims.reading.attribution import Voice
from constancia.domain.claims.reading.cast import (
    GOVERNMENT,
    OFFICIAL,
    ORG,
    PERSON,
    Cast,
    Mention,
    Speaker,
    mentions,
    renewed,
)
from constancia.domain.claims.reading.dating import STOCKS, Calendar, Dated, dated
from constancia.domain.claims.reading.frames import GOVERN, STATE, VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity, quantities
from constancia.domain.claims.reading.sentences import Sentence, sentences
from constancia.domain.claims.reading.times import AT, DAY, SPAN, UNTIL, When, times
from constancia.domain.claims.reading.view import View
from constancia.domain.vocabulary.terms import ClaimUnit, Said

MOST = 40
"""Numbers in one sentence; a sentence with more is a table or noise, and nobody's claim."""

_NUMERIC = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in the making, with what later ones go on from."""

    quantity: Quantity
    noun: Noun | None
    said: Said
    unit: ClaimUnit
    speaker: Speaker | None
    dated: Dated
    span: tuple[int, int]
    paragraph: int
    sentence: int
    category: str = ""
    inherited: bool = False
    rank: int = 9


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The part of a sentence that is one number's. `counted`: the noun it shares with the whole that it is
    part of ("8 out of 182 prisoners"); `whole`: it is itself such a whole."""

    left: int
    limit: int
    counted: Noun | None = None
    whole: bool = False


@dataclass(slots=True)
class Reader:
    """The state of one reading, sentence after sentence."""

    view: View
    words: Lexicon
    published: date | None
    cast: Cast
    calendar: Calendar
    speaker: Speaker | None = None
    speaker_paragraph: int = -1
    subject: Speaker | None = None
    found: list[Found] = field(default_factory=list)
    topic: Said | None = None
    organisations: set[str] = field(default_factory=set)
    paragraph: int = -1
    amnesty: bool = False
    amnesty_law: bool = False

    def sentence(self, number: int, one: Sentence) -> None:
        text = self.view.folded
        present = mentions(self.view, one.start, one.end, self.cast)
        heard = attribution.voices(self.view, one.start, one.end, present, self.words)
        when = times(text, one.start, one.end, self.words, self.calendar.closing or self.published)
        when = [replace(w, told=_told(w, heard)) for w in when if not _COMPARED.search(text[w.start - 12 : w.start])]
        self._note_days(one, when)
        cues = [
            cue
            for cue in frames.cues(text, one.start, one.end, self.words)
            if not any(m.start <= cue.start and cue.end <= m.end and m.speaker.kind == ORG for m in present)
        ]
        if _countable(text, one, self.words):
            self._numbers(number, one, present, heard, when, cues)
        self._carry(one, present, heard)
        if cues:
            self.topic = next((c.said for c in reversed(cues) if c.form == VERB), cues[-1].said)

    # -- numbers of one sentence

    def _numbers(
        self, number: int, one: Sentence, present: list[Mention], heard: list[Voice], when: list[When], cues: list[Cue]
    ) -> None:
        text = self.view.folded
        masked = [(w.start, w.end) for w in when]
        masked += [m.span() for m in self.words["masks"].finditer(text, one.start, one.end)]
        masked += [m.span() for m in _ADDRESS.finditer(text, one.start, one.end)]
        masked += [(m.start, m.end) for m in present if _NUMERIC.search(text[m.start : m.end])]
        read = [q for q in quantities(text, one.start, one.end, self.words) if not _within(q, masked, text, self.words)]
        if len(read) > MOST:
            return
        left = one.start
        mine: list[Found] = []
        waiting: list[tuple[Quantity, Noun | None]] = []
        for place, quantity in enumerate(read):
            later = [q for q in read[place + 1 :] if not q.indefinite]
            limit = later[0].outset if later else one.end
            part = bool(later) and self.words["part_of"].fullmatch(text[quantity.end : limit].strip()) is not None
            whole = place > 0 and self.words["part_of"].fullmatch(text[read[place - 1].end : quantity.outset].strip())
            counted = frames.noun_after(text, later[0].end, one.end, self.words) if part else None
            if part:
                limit = later[1].outset if len(later) > 1 else one.end
            stretch = _Stretch(left, limit, counted, bool(whole))
            found = self._claim(number, one, quantity, stretch, mine, present, heard, when, cues)
            if found is not None:
                if not found.inherited and found.rank in (2, 4, 5):
                    mine = [*self._shared(waiting, found, mine), found]
                else:
                    mine.append(found)
                left = max(quantity.end, found.noun.end if found.noun and found.noun.start > quantity.start else 0)
            noun = found.noun if found else frames.noun_after(text, quantity.end, limit, self.words)
            between = text[max(quantity.end, noun.end if noun else 0) : limit]
            falls = later and re.fullmatch(r"\s(?:a|to)\s(?:l[oa]s\s)?", between) and noun is None
            if (noun is not None or falls) and later and _JOINT.fullmatch(between) and not quantity.indefinite:
                if found is None or found.rank >= 6:
                    waiting.append((quantity, noun))
            else:
                waiting = []
        self.found += mine

    def _shared(self, waiting: list[tuple[Quantity, Noun | None]], found: Found, mine: list[Found]) -> list[Found]:
        """ "Three journalists and two activists were freed": the first number shares what is said of the last."""
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
        present: list[Mention],
        heard: list[Voice],
        when: list[When],
        cues: list[Cue],
    ) -> Found | None:
        text = self.view.folded
        left, limit = stretch.left, stretch.limit
        label = frames.label_before(text, quantity.start, one.start, self.words)
        noun = stretch.counted or label or frames.noun_after(text, quantity.end, limit, self.words)
        before = mine[-1] if mine else None
        earlier = before or (self.found[-1] if self.found else None)
        if noun is None and frames.blocked(text, quantity.end, one.end, self.words):
            return None
        if quantity.indefinite and not self._counts_as_one(quantity, noun, before):
            return None
        inner = _Clause(text, quantity, noun, label is not None, left, limit, cues, self.words)
        state = inner.state() if stretch.whole else None
        if state is not None:
            said, inherited = state, False
        elif stretch.whole and noun is not None and noun.head.said:
            promised = self.words["promised"].search(text, quantity.end, noun.start) is not None
            said, inherited = Said.ANNOUNCED_RELEASE if promised else Said(noun.head.said), False
        else:
            said, inherited = self._said(inner, one, before, earlier, stretch)
        if said is None:
            return None
        if noun is None and said is not Said.NET_CHANGE and not inner.bare_counts(before, earlier, self.view.cased):
            return None
        speaker = self._claimant(inner, one, said, inherited, before, present, heard)
        if said is Said.AMNESTY_GRANTED and not self.amnesty:
            said = Said.RELEASED
        if said is Said.PARDONED and self.amnesty_law and "amnest" in inner.evidence_text():
            said = Said.AMNESTY_GRANTED
        if said is Said.ANNOUNCED_RELEASE and inner.by_announcement and speaker and speaker.kind in (ORG, PERSON) and (
            speaker.kind == ORG or speaker.org
        ):
            said = Said.RELEASED
        day = self._dated(inner, one, said, inherited, before, earlier, when, speaker)
        unit = self._unit(said, noun, earlier if inherited or noun is None else None, text, quantity, inner.evidence)
        span = inner.span()
        return Found(quantity, noun, said, unit, speaker, day, span, one.paragraph, number, "", inherited, inner.rank)

    def _counts_as_one(self, quantity: Quantity, noun: Noun | None, before: Found | None) -> bool:
        """ "una excarcelación", and "y una mujer" in a breakdown; elsewhere "una persona" is nobody's count."""
        if noun is None or noun.start > quantity.end + 12:
            return False
        text = self.view.folded
        if not re.search(r"(?:\by|\band|\be|\bademas de|\bplus)\s$", text[max(0, quantity.start - 12) : quantity.start]) and (
            noun.head.kind != "event"
        ):
            return False
        if noun.head.kind == "event":
            if noun.head.unit not in ("releases", "detentions") or self.words.language != "es":
                return False
            return before is not None or self.view.folded.startswith("excarcelacion", noun.start)
        return before is not None and noun.head.kind in ("category", "people", "participle")

    # -- what is said

    def _said(
        self, inner: _Clause, one: Sentence, before: Found | None, earlier: Found | None, stretch: _Stretch
    ) -> tuple[Said | None, bool]:
        text, words = self.view.folded, self.words
        noun = inner.noun
        said = inner.own()
        near = earlier if earlier and one.paragraph - earlier.paragraph <= 1 else None
        among = words["among"].search(text, max(one.start, inner.quantity.outset - 90), inner.quantity.outset) or (
            words["among"].match(text, one.start)
        )
        if noun is not None and noun.head.kind == "event" and noun.head.said == "released":
            if not stretch.counted and words["promised"].search(text, inner.quantity.end, noun.start):
                return Said.ANNOUNCED_RELEASE, False
        if words["delta"].match(text, inner.after, min(inner.after + 40, one.end)) or (
            words["delta"].match(text, inner.quantity.end + 1, inner.quantity.end + 40)
        ):
            return Said.NET_CHANGE, False
        if words["average"].search(text, max(inner.left, inner.quantity.outset - 24), inner.quantity.outset) and before:
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
        if said is None and before is not None and (noun is None or noun.head.kind in ("category", "neutral", "people")):
            return before.said, True
        if said is Said.HELD and inner.rank >= 5 and before is not None and before.said is not Said.HELD:
            compared = words["compares"].search(text, before.quantity.end, inner.quantity.start)
            if compared or (among and inner.rank >= 6):
                return before.said, True
        if said is None and among and self.topic is not None and noun is not None:
            return (near.said if near else self.topic), True
        if said is None and near is not None and noun is not None and noun.head.kind == "category" and not noun.head.weak:
            return near.said, True
        if said is None and near is not None and noun is None and inner.figure():
            return (Said.RELEASED if near.said is Said.ANNOUNCED_RELEASE else near.said), True
        if said is None and near is not None and inner.of_them():
            return near.said, True
        standing = inner.evidence is None or inner.evidence.form != VERB or words["has_sentence"].match(
            text, inner.evidence.start
        )
        bare = noun is None or inner.labelled or noun.head.said == "sentenced"
        if said is Said.SENTENCED and near is not None and near.said is Said.HELD and standing and bare:
            return Said.HELD, True
        if said is Said.ANNOUNCED_RELEASE and before is not None and noun is not None and noun.head.kind == "participle":
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

    def _newly(self, inner: _Clause, one: Sentence) -> bool:
        """A line of a balance that counts who was imprisoned since the last: "9 encarcelados"."""
        noun = inner.noun
        return (
            noun is not None
            and one.end - one.start < 44
            and self.words["newly"].fullmatch(self.view.folded[noun.start : noun.end]) is not None
            and inner.rank >= 4
        )

    def _unit(
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
        if noun is None and said is Said.RELEASED and text[quantity.outset - 4 : quantity.end].strip().startswith("las"):
            return ClaimUnit.RELEASES
        if noun is None and earlier is not None and earlier.said in (said, Said.ANNOUNCED_RELEASE):
            return earlier.unit if earlier.said is said else ClaimUnit.RELEASES
        return ClaimUnit.PERSONS

    # -- who says it

    def _claimant(
        self,
        inner: _Clause,
        one: Sentence,
        said: Said,
        inherited: bool,
        before: Found | None,
        present: list[Mention],
        heard: list[Voice],
    ) -> Speaker | None:
        found = self._named_claimant(inner, one, said, inherited, before, present, heard)
        if found is None or found.label != "state media":
            return found
        ruling = attribution.decider(inner.quantity.start, heard, present)
        ruling = ruling if ruling and ruling.label != "state media" else None
        return ruling or attribution.nearby_government(self.cast, inner.quantity.start) or found

    def _named_claimant(
        self,
        inner: _Clause,
        one: Sentence,
        said: Said,
        inherited: bool,
        before: Found | None,
        present: list[Mention],
        heard: list[Voice],
    ) -> Speaker | None:
        place = (inner.quantity.start, max(inner.quantity.end, inner.after))
        found = attribution.claimant(place, inner.limit, heard, self.speaker)
        text = self.view.folded
        background = inner.rank <= 6 and said is Said.DETAINED and self.words["part_of"].search(
            text[max(one.start, inner.quantity.outset - 8) : inner.quantity.outset + 1]
        )
        if found is not None and background and found.kind in (OFFICIAL, GOVERNMENT):
            return None
        if found is not None:
            return found
        if said in (Said.ANNOUNCED_RELEASE, Said.PARDONED):
            decided = attribution.decider(inner.quantity.start, heard, present)
            if decided is not None:
                return decided
        if before is not None:
            return before.speaker
        if self.cast.own is not None:
            return self.cast.own
        if said is Said.ANNOUNCED_RELEASE:
            return attribution.nearby_government(self.cast, inner.quantity.start)
        lead = text[one.start : min(one.end, one.start + 60)]
        follows = (
            self.words["among"].search(lead) is not None
            or inherited
            or (self.words.language == "es" and not one.first)
            or one.end - one.start < 60
        )
        if one.paragraph == self.speaker_paragraph and follows:
            return self.speaker
        if len(self.organisations) == 1 and (self.speaker is None or self.speaker.kind == ORG or self.speaker.org):
            return self.speaker or self.cast.first_org
        if follows and self.speaker is not None and one.end - one.start < 60 and one.paragraph - self.speaker_paragraph < 8:
            return self.speaker
        return None

    def _carry(self, one: Sentence, present: list[Mention], heard: list[Voice]) -> None:
        spoken = [v for v in heard if v.speaker is not None and v.kind != attribution.LOCAL]
        if spoken:
            first = next((v for v in spoken if v.kind in (attribution.SAYS, attribution.ACCORDING)), spoken[0])
            self.speaker, self.speaker_paragraph = first.speaker, one.paragraph
        elif any(v.carried for v in heard):
            self.speaker_paragraph = one.paragraph
        elif one.paragraph != self.speaker_paragraph and present and present[0].speaker.kind == ORG and self.speaker is None:
            self.speaker, self.speaker_paragraph = present[0].speaker, one.paragraph
        if self.speaker is not None and self.speaker.name:
            self.cast.last_person = self.speaker

    # -- when

    def _note_days(self, one: Sentence, when: list[When]) -> None:
        calendar = self.calendar
        if one.paragraph != self.paragraph:
            self.paragraph, calendar.closing_here = one.paragraph, None
        for w in when:
            if w.first is None or w.event or w.grain != DAY:
                continue
            if w.relation == UNTIL and w.last is not None:
                calendar.closing_here = w.last
                if calendar.closing is None and one.paragraph < 2 and not w.spoken:
                    calendar.closing = w.last

    def _dated(
        self,
        inner: _Clause,
        one: Sentence,
        said: Said,
        inherited: bool,
        before: Found | None,
        earlier: Found | None,
        when: list[When],
        speaker: Speaker | None,
    ) -> Dated:
        start, end = inner.quantity.start, inner.quantity.end
        near = [w for w in when if inner.left <= w.start and w.end <= inner.limit and not self._of_previous(w, before)]
        near.sort(key=lambda w: w.start - end if w.start >= end else 2 * (start - w.end))
        same = before is None or _key(before.speaker) == _key(speaker)
        opening = [w for w in when if w.end <= inner.left and same and (before is None or w.end <= before.quantity.start)]
        trailing = [w for w in when if w.start >= inner.limit and before is None]
        back = before if before is not None and same else None
        if back is None and earlier is not None and before is None and _key(earlier.speaker) == _key(speaker):
            close = earlier.paragraph == one.paragraph or (inherited and one.paragraph - earlier.paragraph <= 1)
            single = earlier.dated.period is not None and earlier.dated.period.start == earlier.dated.period.end
            follows = one.paragraph - earlier.paragraph <= 1 and single
            back = earlier if close or follows else None
        if back is None and before is None and earlier is not None and {earlier.said, said} <= _AMNESTY:
            back = earlier
        of_these = self.words["these"].match(self.view.folded, one.start) is not None
        if of_these and earlier is not None and earlier.dated.period is not None and said not in STOCKS:
            return dated(said, near, opening, self.calendar, earlier.dated)
        if back is not None and back.said is not said and not inherited and not {back.said, said} <= _AMNESTY:
            back = None
        others = opening if back is not None and back is before else [*opening, *trailing]
        return dated(said, near, others, self.calendar, back.dated if back else None)

    def _of_previous(self, w: When, before: Found | None) -> bool:
        """Whether a day told of before a number belongs to the number before it."""
        if before is None:
            return False
        last = max(before.span[1], before.quantity.end)
        between = self.view.folded[last : w.start]
        return w.start < last or (len(between) < 14 and not re.search(r"[,;]|\by\b|\band\b", between))


_LISTED = frozenset(
    {Said.EXCLUDED, Said.ADDED, Said.REMOVED, Said.NET_CHANGE, Said.HELD, Said.RECOGNISED, Said.AMNESTY_REQUESTS}
)
_JOINT = re.compile(r"(?:[^.;:()]{0,40}?\s?(?:,|\by\b|\band\b|\be\b|\ba\b|\bto\b|\bas well as\b|\basi como\b)\s?(?:otr[oa]s\s|another\s)?){1,2}")
_AMNESTY = {Said.AMNESTY_GRANTED, Said.AMNESTY_REQUESTS}


def _told(w: When, heard: list[Voice]) -> bool:
    """Whether a day stands right after a verb of saying: the day of the words, not of what they tell."""
    return any(v.kind == attribution.SAYS and 0 <= w.start - v.verb_end < 14 for v in heard)


class _Clause:
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
    ) -> None:
        self.text, self.quantity, self.noun, self.words = text, quantity, noun, words
        self.left, self.limit, self.labelled = left, limit, labelled
        self.after = quantity.end if noun is None or labelled else max(noun.end, quantity.end)
        self.right = [c for c in cues if c.start >= quantity.end and c.start < limit and c.end > self.after - 1]
        self.behind = [c for c in cues if left <= c.start and c.end <= quantity.outset + 1]
        self.governing = next(
            (c for c in reversed(self.behind) if c.form in (GOVERN, VERB) and frames.governs(text, c, quantity.outset, words)),
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
        if self.governing is not None and self.governing.said in (Said.ADDED, Said.HELD):
            if head is not None and head.kind == "participle" and head.said not in ("held", "sentenced"):
                self.rank = 3
                return Said(head.said)
        if self.governing is not None:
            if main is not None and main.form == VERB and not self._relative(main) and self.governing.said in (Said.HELD, Said.DETAINED) and main.said is not self.governing.said:
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
        if self.behind and (head is None or head.kind in ("category", "neutral", "people") ):
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
        others = [c for c in self.right if c.form == VERB and self.after + match.start() <= c.start < cue.start]
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

    def in_total(self) -> bool:
        return self.words["in_total"].match(self.text, self.quantity.end + 1, self.limit) is not None

    def told_of(self, start: int) -> Said | None:
        """What the last noun before the number says, where the number is a total of those: "presos: 568 en total"."""
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
        if any(c.form == VERB and c.start - self.quantity.end <= 24 and not re.search(r"[,.;]", self.text[self.quantity.end:c.start]) for c in self.right):
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
        """Whether it goes on from the number before it: "12 en Zulia, 5 en Lara", "en Yare, 34", "among them five"."""
        left = self.text[max(self.left - 40, 0) : self.quantity.outset].rstrip()
        right = cased[self.quantity.end : self.quantity.end + 40]
        if re.search(rf"(?:{self.words['among'].pattern})$", left):
            return True
        joined = left.endswith((",", ";", ":", " y", " and", "(", " e"))
        if joined and _PLACED.match(right) and self.quantity.value <= before.quantity.value * 3:
            return True
        place = _IN_PLACE.search(cased[max(0, self.quantity.outset - 50) : self.quantity.outset])
        return place is not None and re.match(r"\s*(?:[,.;)]|$|y\b|and\b)", right) is not None

    def span(self) -> tuple[int, int]:
        """What to quote: the number with its noun and the words that say something of it, 25 words at most."""
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


_COMPARED = re.compile(r"\b(?:than|que)(?: (?:a|the|la|el|hace|en|en la|en el))?\s$")
_PLACED = re.compile(r"\s(?:en|de|del|in|from|at|of)\s(?:(?:el|la|los|las|the)\s)?\w")
_IN_PLACE = re.compile(r"\b(?:[Ee]n|[Ii]n|[Aa]t|[Dd]e|[Ff]rom)\s(?:(?:el|la|los|las|the|El|La)\s)?[A-ZÁÉÍÓÚÑ][\w .'-]{1,30}?\s?[,:(-]\s?(?:con |with )?$")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|pic\.twitter\.com/\S+|[@#]\w+|\S+@\S+\.\w+|\+?\d{9,}")


def _within(quantity: Quantity, masked: list[tuple[int, int]], text: str, words: Lexicon) -> bool:
    return any(first < quantity.end and quantity.start < last for first, last in masked)


def _countable(text: str, one: Sentence, words: Lexicon) -> bool:
    if _NUMERIC.search(text, one.start, one.end):
        return True
    return words["numerals"].search(text, one.start, one.end) is not None


def read_view(seen: View, words: Lexicon, published: date | None, own: Speaker | None) -> list[Claim]:
    """All claims of a text, in its order, each once."""
    pieces = list(sentences(seen.cased, seen.folded))
    scout = Cast(words, own)
    orgs: set[str] = set()
    known: Counter[str] = Counter()
    for one in pieces:
        present = mentions(seen, one.start, one.end, scout)
        known.update(m.speaker.org or m.speaker.label for m in present if m.speaker.kind == ORG)
        for voice in attribution.voices(seen, one.start, one.end, present, words):
            if voice.speaker is not None and (voice.speaker.kind == ORG or voice.speaker.org):
                orgs.add(key_of(voice.speaker.org or voice.speaker.label))
    if own is None and known and len(words["ours"].findall(seen.folded)) > 2:
        label = known.most_common(1)[0][0]
        scout.own = Speaker(label, ORG, label)
    reader = Reader(seen, words, published, renewed(scout), Calendar(published), organisations=orgs)
    reader.amnesty = "amnist" in seen.folded or "amnest" in seen.folded
    reader.amnesty_law = words["amnesty_law"].search(seen.folded) is not None
    reader.calendar.today = _reported(pieces, seen, words, published)
    if published is None:
        reader.calendar.closing = _latest(pieces, seen, words)
    for number, one in enumerate(pieces):
        reader.sentence(number, one)
    _sign(reader, seen, pieces)
    return [_made(seen, one, words) for one in _once(reader.found)]


def _reported(pieces: list[Sentence], seen: View, words: Lexicon, published: date | None) -> date | None:
    """The day that a text reports on: the first that it tells from the day of writing, if that was within a week."""
    if published is None:
        return None
    for one in pieces[:60]:
        for w in times(seen.folded, one.start, one.end, words, published):
            near = w.first is not None and 0 <= (published - w.first).days <= 6
            if w.spoken and near and w.grain == DAY and w.relation in (AT, UNTIL):
                return w.first
    return None


def _latest(pieces: list[Sentence], seen: View, words: Lexicon) -> date | None:
    """The last day that a text of no known date names in full, if it names any."""
    named = [w.last for one in pieces for w in times(seen.folded, one.start, one.end, words, None) if w.grain in (DAY, SPAN)]
    return max((day for day in named if day is not None), default=None)


_SIGNED = re.compile(r"(?<![^\s.])-\s?([^()\n]{2,60}?)\s?\(@\w{2,30}\)")
_BEFORE_SIGNATURE = 14
"""Paragraphs that a post may have."""


def _sign(reader: Reader, seen: View, pieces: list[Sentence]) -> None:
    """Gives what nobody is named for, in a post, to whose signature stands under it: "— Name (@handle)"."""
    for number, one in enumerate(pieces):
        for match in _SIGNED.finditer(seen.cased, one.start, one.end):
            name = match[1].strip()
            label = printed(key_of(name)) if key_of(name) in claimants() else name
            speaker = Speaker(label, ORG, label)
            for place, found in enumerate(reader.found):
                near = one.paragraph - _BEFORE_SIGNATURE <= found.paragraph <= one.paragraph
                if found.speaker is None and near and found.sentence <= number:
                    reader.found[place] = replace(found, speaker=speaker)


def _once(found: list[Found]) -> list[Found]:
    """Each claim once: what is said again of the same number by the same, or by nobody named, is the same."""
    kept: list[Found] = []
    for one in found:
        twins = [k for k in kept if k.quantity.value == one.quantity.value and k.said is one.said]
        same = next((k for k in twins if _key(k.speaker) == _key(one.speaker) or one.speaker is None or k.speaker is None), None)
        if same is None:
            kept.append(one)
            continue
        better = same
        if same.speaker is None and one.speaker is not None:
            better = replace(better, speaker=one.speaker)
        if one.dated.firm and not same.dated.firm:
            better = replace(better, dated=one.dated)
        kept[kept.index(same)] = better
    return kept


def _key(speaker: Speaker | None) -> str:
    if speaker is None:
        return ARTICLE
    return key_of(speaker.org or speaker.label)


def _made(seen: View, one: Found, words: Lexicon) -> Claim:
    start, quote = seen.quote(*one.span)
    near = seen.folded[one.span[0] : one.span[1]]
    filters = dict(one.noun.head.filters) if one.noun else {}
    for entry, pair in words.tables["filters_by_words"].items():
        if re.search(rf"(?<!\w)(?:{entry})", near):
            name, value = pair.split("=")
            filters.setdefault(name, value)
    time_words = ""
    if one.dated.words is not None:
        time_words = seen.quote(*one.dated.words)[1]
    return Claim(
        quote=quote,
        start=start,
        value=one.quantity.value,
        qualifier=one.quantity.qualifier,
        unit=one.unit,
        about=one.said,
        claimant=one.speaker.label if one.speaker else ARTICLE,
        category=one.noun.head.category if one.noun else "",
        filters=filters,
        as_of=one.dated.as_of,
        period=one.dated.period,
        time_words=time_words,
        high=one.quantity.high,
    )


