"""Reads claims sentence by sentence: numbers, what is said of them, on whose word, of what day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reading import attribution, frames, saying
from constancia.domain.claims.reading.attribution import Voice
from constancia.domain.claims.reading.cast import GOVERNMENT, OFFICIAL, ORG, Cast, Mention, Speaker, mentions
from constancia.domain.claims.reading.clause import Clause
from constancia.domain.claims.reading.dating import MOMENTS, STOCKS, Dated, Days, dated
from constancia.domain.claims.reading.days import Calendar
from constancia.domain.claims.reading.found import Found, Stretch
from constancia.domain.claims.reading.frames import VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity, quantities
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.times import AT, DAY, UNTIL, When
from constancia.domain.claims.reading.view import View
from constancia.domain.vocabulary.terms import ClaimUnit, Said

MOST = 40
"""Numbers in one sentence; a sentence with more is a table or noise, and nobody's claim."""

_NUMERIC = re.compile(r"\d")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|pic\.twitter\.com/\S+|[@#]\w+|\+?\d{9,}")
_JOINT = re.compile(
    r"(?:[^.;:()]{0,40}?\s?(?:,|\by\b|\band\b|\be\b|\ba\b|\bto\b|\bas well as\b|\basi como\b)"
    r"\s?(?:otr[oa]s\s|another\s)?){1,2}"
)
_FALLS = re.compile(r"\s(?:a|to)\s(?:l[oa]s\s)?")
_PARTED = re.compile(
    r"[,;:(]|\b(?:y|and|e|while|but|mientras|pero|aunque|bringing|including|incluyendo|incluid[oa]s?)\b"
)
_RELATED = re.compile(r"\d (?:that|which|que) [^.;:]{2,60}\Z")
_REPORTED = 5
"""Paragraphs through which a report of a past year goes on telling of it."""
_AMNESTY = {Said.AMNESTY_GRANTED, Said.AMNESTY_REQUESTS}


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with all that was found in it."""

    number: int
    place: Sentence
    present: list[Mention]
    heard: list[Voice]
    when: list[When]
    cues: list[Cue]


@dataclass(slots=True)
class Reader:
    """The state of one reading. `organisations`: keys of those that speak anywhere in the text."""

    view: View
    words: Lexicon
    published: date | None
    cast: Cast
    calendar: Calendar
    organisations: set[str] = field(default_factory=set)
    amnesty: bool = False
    amnesty_law: bool = False
    speaker: Speaker | None = None
    speaker_paragraph: int = -1
    topic: Said | None = None
    paragraph: int = -1
    found: list[Found] = field(default_factory=list)

    def sentence(self, number: int, one: Sentence) -> None:
        text = self.view.folded
        present = mentions(self.view, one.start, one.end, self.cast)
        heard = attribution.voices(self.view, one.start, one.end, present, self.words)
        when = [replace(w, told=w.told or _told(w, heard)) for w in self.calendar.read(text, one, self.words)]
        cues = [
            cue
            for cue in frames.cues(text, one.start, one.end, self.words)
            if not any(m.start <= cue.start and cue.end <= m.end and m.speaker.kind == ORG for m in present)
        ]
        known = len(self.found)
        if _NUMERIC.search(text, one.start, one.end) or self.words["numerals"].search(
            text, one.start, one.end
        ):
            self._numbers(Scene(number, one, present, heard, when, cues))
        claimants = [found.speaker for found in self.found[known:]]
        claimants = claimants or [v.speaker for v in heard if v.speaker] or [m.speaker for m in present]
        stock = any(found.said in STOCKS for found in self.found[known:])
        self.calendar.note(when, map(speaker_key, claimants), one.paragraph, stock)
        self._carry(one, present, heard)
        if cues:
            self.topic = next((c.said for c in reversed(cues) if c.form == VERB), cues[-1].said)

    def _numbers(self, scene: Scene) -> None:
        text, end = self.view.folded, scene.place.end
        read = self._unmasked(scene)
        if len(read) > MOST:
            return
        left = scene.place.start
        mine: list[Found] = []
        waiting: list[tuple[Quantity, Noun | None]] = []
        for place, quantity in enumerate(read):
            later = [q for q in read[place + 1 :] if not q.indefinite]
            stretch = self._stretch(read, place, later, left, end)
            found = self._claim(scene, quantity, stretch, mine)
            if found is not None:
                falls = found.rank == 3 and any(noun is None for _, noun in waiting)
                if not found.inherited and (found.rank in (2, 4, 5) or falls):
                    mine = _shared(waiting, found, mine)
                mine.append(found)
                left = max(
                    quantity.end, found.noun.end if found.noun and found.noun.start > quantity.start else 0
                )
            if not later:
                continue
            noun = found.noun if found else frames.noun_after(text, quantity.end, later[0].outset, self.words)
            between = text[max(quantity.end, noun.end if noun else 0) : later[0].outset]
            counts = noun is not None or _FALLS.fullmatch(between) is not None
            if not counts or quantity.indefinite or not _JOINT.fullmatch(between):
                waiting = []
            elif found is None or found.rank >= 6:
                waiting.append((quantity, noun))
        self.found += mine

    def _unmasked(self, scene: Scene) -> list[Quantity]:
        """The numbers of a sentence that may be counts: no dates, ages, addresses, or parts of names."""
        text, start, end = self.view.folded, scene.place.start, scene.place.end
        masked = [(w.start, w.end) for w in scene.when]
        masked += [match.span() for match in self.words["masks"].finditer(text, start, end)]
        masked += [match.span() for match in _ADDRESS.finditer(text, start, end)]
        masked += [(m.start, m.end) for m in scene.present if _NUMERIC.search(text[m.start : m.end])]
        return [
            q
            for q in quantities(text, start, end, self.words)
            if not any(first < q.end and q.start < last for first, last in masked)
        ]

    def _stretch(
        self, read: list[Quantity], place: int, later: list[Quantity], left: int, end: int
    ) -> Stretch:
        text, quantity, part_of = self.view.folded, read[place], self.words["part_of"]
        limit = later[0].outset if later else end
        whole = (
            place > 0 and part_of.fullmatch(text[read[place - 1].end : quantity.outset].strip()) is not None
        )
        if not later or not part_of.fullmatch(text[quantity.end : limit].strip()):
            return Stretch(left, limit, None, whole)
        counted = frames.noun_after(text, later[0].end, end, self.words)
        return Stretch(left, later[1].outset if len(later) > 1 else end, counted, whole)

    def _claim(self, scene: Scene, quantity: Quantity, stretch: Stretch, mine: list[Found]) -> Found | None:
        text, one = self.view.folded, scene.place
        label = frames.label_before(text, quantity.start, one.start, self.words)
        if label is not None and text[quantity.end : quantity.end + 1] != ")":
            opened = text[label.end : quantity.start].rstrip().endswith("(")
            label = None if opened else label
        noun = stretch.counted or label or frames.noun_after(text, quantity.end, stretch.limit, self.words)
        before = mine[-1] if mine else None
        earlier = before or (self.found[-1] if self.found else None)
        if noun is None and frames.blocked(text, quantity.end, one.end, self.words):
            return None
        inner = Clause(text, quantity, noun, label is not None, stretch, scene.cues, self.words)
        if quantity.indefinite and not saying.counts_as_one(inner, before):
            return None
        judged = saying.said_of(inner, one, before, earlier, stretch, self.topic)
        said = judged.said
        if said is None:
            return None
        bare = noun is None and said is not Said.NET_CHANGE
        if bare and not inner.bare_counts(before, earlier, self.view.cased):
            return None
        said = self._by_law(said, inner)
        speaker = self._claimant(scene, inner, said, judged.inherited, before)
        witness = speaker is not None and (speaker.kind == ORG or speaker.org != "")
        if said is Said.ANNOUNCED_RELEASE and inner.by_announcement and witness:
            said = Said.RELEASED  # an organisation announces what it has seen
        day = self._dated(scene, inner, said, judged.inherited, before, earlier, speaker)
        unit = saying.unit_of(inner, said, earlier if judged.inherited or noun is None else None)
        return Found(
            quantity, noun, said, unit, speaker, day, inner.span(), one.paragraph, scene.number,
            judged.inherited, inner.rank,
        )  # fmt: skip

    def _by_law(self, said: Said, inner: Clause) -> Said:
        """Amnesty is the law's; elsewhere the same words tell of pardons or of releases."""
        if said is Said.AMNESTY_GRANTED and not self.amnesty:
            return Said.RELEASED
        if said is Said.PARDONED and self.amnesty_law and "amnest" in inner.evidence_text():
            return Said.AMNESTY_GRANTED
        return said

    def _claimant(
        self, scene: Scene, inner: Clause, said: Said, inherited: bool, before: Found | None
    ) -> Speaker | None:
        found = self._named(scene, inner, said, before) or self._unnamed(
            scene.place, inner, said, inherited, before
        )
        if found is None or found.label != attribution.STATE_MEDIA:
            return found
        ruling = attribution.decider(inner.quantity.start, scene.heard, scene.present)
        if ruling is None or ruling.label == attribution.STATE_MEDIA:
            ruling = attribution.nearby_government(self.cast, inner.quantity.start)
        return ruling or found

    def _named(self, scene: Scene, inner: Clause, said: Said, before: Found | None) -> Speaker | None:
        place = (inner.quantity.start, max(inner.quantity.end, inner.after))
        found = attribution.claimant(place, inner.limit, scene.heard, self.speaker)
        if found is not None:
            opening = self.view.folded[max(0, inner.quantity.outset - 8) : inner.quantity.outset + 1]
            background = said is Said.DETAINED and inner.rank <= 6 and self.words["part_of"].search(opening)
            return None if background and found.kind in (OFFICIAL, GOVERNMENT) else found
        if said in (Said.ANNOUNCED_RELEASE, Said.PARDONED):
            return attribution.decider(inner.quantity.start, scene.heard, scene.present)
        return None

    def _unnamed(
        self, one: Sentence, inner: Clause, said: Said, inherited: bool, before: Found | None
    ) -> Speaker | None:
        """Who speaks on where the sentence names nobody; None where the text speaks itself."""
        if before is not None:
            return before.speaker
        if self.cast.own is not None:
            return self.cast.own
        if said is Said.ANNOUNCED_RELEASE:
            return attribution.nearby_government(self.cast, inner.quantity.start)
        short = one.end - one.start < 60
        among = self.words["among"].search(self.view.folded, one.start, min(one.end, one.start + 60))
        follows = among is not None or inherited or short or (self.words.language == "es" and not one.first)
        if one.paragraph == self.speaker_paragraph and follows:
            return self.speaker
        if len(self.organisations) == 1 and (
            self.speaker is None or self.speaker.kind == ORG or self.speaker.org
        ):
            return self.speaker or self.cast.first_org
        if short and self.speaker is not None and one.paragraph - self.speaker_paragraph < 8:
            return self.speaker
        return None

    def _carry(self, one: Sentence, present: list[Mention], heard: list[Voice]) -> None:
        spoken = [v for v in heard if v.speaker is not None and v.kind != attribution.LOCAL]
        if spoken:
            first = next(
                (v for v in spoken if v.kind in (attribution.SAYS, attribution.ACCORDING)), spoken[0]
            )
            self.speaker, self.speaker_paragraph = first.speaker, one.paragraph
        elif any(v.carried for v in heard):
            self.speaker_paragraph = one.paragraph
        elif self.speaker is None and present and present[0].speaker.kind == ORG:
            self.speaker, self.speaker_paragraph = present[0].speaker, one.paragraph
        if self.speaker is not None and self.speaker.name:
            self.cast.last_person = self.speaker

    def _dated(
        self,
        scene: Scene,
        inner: Clause,
        said: Said,
        inherited: bool,
        before: Found | None,
        earlier: Found | None,
        speaker: Speaker | None,
    ) -> Dated:
        start, end, one, when = inner.quantity.start, inner.quantity.end, scene.place, scene.when
        near = [w for w in when if inner.left <= w.start and w.end <= inner.limit]
        near = [
            w
            for w in near
            if not self._of_previous(w, before, start) and not self._of_next(w, inner, one.end)
        ]
        near = [replace(w, relation=AT) if w.opens and w.end <= start else w for w in near]
        near.sort(key=lambda w: (w.instant, w.start - end if w.start >= end else 2 * (start - w.end)))
        key = speaker_key(speaker)
        same = before is None or speaker_key(before.speaker) == key
        if before is not None and self.words["same_figure"].search(
            self.view.folded, before.quantity.end, inner.quantity.outset
        ):
            same = True
        opening = [w for w in when if w.end <= inner.left and same]
        opening = [w for w in opening if before is None or w.end <= before.quantity.start]
        trailing = [w for w in when if w.start >= inner.limit and before is None and self._of_all(w)]
        told = next((w.last for w in [*near, *opening, *trailing] if w.told and not w.tied), None)
        clocked = one.paragraph in self.calendar.clocked and speaker is None
        days = Days(
            told, self.calendar.day(key, one.paragraph), self.published, clocked, self.calendar.firm(key)
        )
        back = before if same else None
        if before is None and earlier is not None:
            back = self._goes_on(one, said, inherited, earlier, speaker)
            these = self.words["these"].match(self.view.folded, one.start) is not None
            if these and earlier.dated.period is not None and said not in STOCKS:
                return dated(said, near, opening, days, earlier.dated)
        alike = back is not None and (back.said is said or inherited or {back.said, said} <= _AMNESTY)
        if back is not None and not alike and said is not Said.NET_CHANGE and not _lasting(back, said):
            back = None
        if before is None and said in STOCKS and self.calendar.firm(key):
            back = None
        others = [*reversed(opening), *trailing]
        if back is not None and back is before:
            others = [w for w in reversed(opening) if w.relation == UNTIL]
        if back is not None and self._sums_up(inner, back):
            back = None
        return dated(said, near, others, days, back.dated if back else None)

    def _sums_up(self, inner: Clause, back: Found) -> bool:
        """Whether it is a total so far, told beside what one day added to it."""
        period = back.dated.period
        opening = self.view.folded[max(0, inner.quantity.outset - 40) : inner.quantity.outset]
        return (
            period is not None
            and period.start == period.end
            and self.words["sums"].search(opening) is not None
        )

    def _goes_on(
        self, one: Sentence, said: Said, inherited: bool, earlier: Found, speaker: Speaker | None
    ) -> Found | None:
        """The claim of an earlier sentence, if a number there and one here are of the same days."""
        if {earlier.said, said} <= _AMNESTY:
            return earlier
        apart = one.paragraph - earlier.paragraph
        unsaid = None in (speaker, earlier.speaker) and inherited and apart <= 1
        unsaid = unsaid or (speaker is None and _past(earlier, self.published))
        if speaker_key(earlier.speaker) != speaker_key(speaker) and not unsaid:
            return None
        period = earlier.dated.period
        one_day = period is not None and period.start == period.end
        if _past(earlier, self.published) and said not in STOCKS and apart < _REPORTED:
            return earlier
        return earlier if apart == 0 or (apart <= 1 and (inherited or one_day)) else None

    def _of_previous(self, w: When, before: Found | None, inner_start: int) -> bool:
        """Whether a day told of before a number belongs to the number before it."""
        if before is None:
            return False
        last = max(before.noun.end if before.noun else 0, before.quantity.end)
        between = self.view.folded[last : w.start]
        after = self.view.folded[w.end : max(w.end, inner_start)]
        free = _PARTED.search(between) is None
        return w.start < last or (free and (len(between) < 14 or _PARTED.search(after) is not None))

    def _of_all(self, w: When) -> bool:
        """Whether a day told of after other numbers may be the whole sentence's."""
        if not (w.told or w.tied or w.relation != AT):
            return False
        return _RELATED.search(self.view.folded[max(0, w.start - 60) : w.start]) is None

    def _of_next(self, w: When, inner: Clause, end: int) -> bool:
        """Whether a day told of after a number belongs to the next: "35 freed, bringing those since May to 40"."""
        text, after = self.view.folded, max(inner.after, inner.quantity.end)
        if w.start < after or inner.limit >= end or _PARTED.search(text, after, w.start) is None:
            return False
        return _PARTED.search(text, w.end, inner.limit) is None


def _past(back: Found, published: date | None) -> bool:
    """Whether it is of a stretch that was long over: a report of a year goes on telling of that year."""
    period = back.dated.period
    if period is None or period.start is None or period.end is None or published is None:
        return False
    return (period.end - period.start).days > 80 and (published - period.end).days > 14


def _lasting(back: Found, said: Said) -> bool:
    """Whether totals over a long time go on: what else has happened in it is told without naming it again."""
    period = back.dated.period
    if period is None or period.start is None or period.end is None or back.dated.as_of is None:
        return False
    return said not in STOCKS and said not in MOMENTS and (period.end - period.start).days > 1


def speaker_key(speaker: Speaker | None) -> str:
    """One key for an organisation and whoever speaks for it."""
    return ARTICLE if speaker is None else key_of(speaker.org or speaker.label)


def _shared(waiting: list[tuple[Quantity, Noun | None]], found: Found, mine: list[Found]) -> list[Found]:
    """ "Three journalists and two activists were freed": the first number shares what is said of the last."""
    kept = [one for one in mine if all(one.quantity is not quantity for quantity, _ in waiting)]
    for quantity, noun in waiting:
        span = (quantity.outset, max(quantity.end, noun.end if noun else 0))
        unit = ClaimUnit(noun.head.unit) if noun else found.unit
        kept.append(replace(found, quantity=quantity, noun=noun, unit=unit, span=span))
    waiting.clear()
    return kept


def _told(w: When, heard: list[Voice]) -> bool:
    """Whether a day stands right after a verb of saying: the day of the words, not of what they tell."""
    return (
        w.relation == AT
        and w.grain == DAY
        and any(v.kind == attribution.SAYS and 0 <= w.start - v.verb_end < 14 for v in heard)
    )
