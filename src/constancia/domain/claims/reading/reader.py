"""Reads claims sentence by sentence: numbers, what is said of them, on whose word, of what day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from constancia.domain.claims.reading import attribution, frames, saying
from constancia.domain.claims.reading.attribution import Voice
from constancia.domain.claims.reading.cast import GOVERNMENT, OFFICIAL, ORG, Cast, Mention, Speaker, mentions
from constancia.domain.claims.reading.clause import Clause
from constancia.domain.claims.reading.dating import STOCKS
from constancia.domain.claims.reading.days import Calendar
from constancia.domain.claims.reading.found import Found, Stretch, speaker_key
from constancia.domain.claims.reading.frames import VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.placing import Placed, days_of, told
from constancia.domain.claims.reading.quantities import Quantity, quantities
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.times import When
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
        when = [replace(w, told=told(w, heard)) for w in self.calendar.read(text, one, self.words)]
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
        number = Placed(inner, one, said, judged.inherited, speaker, before, earlier)
        day = days_of(number, scene.when, self.calendar)
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


def _shared(waiting: list[tuple[Quantity, Noun | None]], found: Found, mine: list[Found]) -> list[Found]:
    """ "Three journalists and two activists were freed": the first number shares what is said of the last."""
    kept = [one for one in mine if all(one.quantity is not quantity for quantity, _ in waiting)]
    for quantity, noun in waiting:
        span = (quantity.outset, max(quantity.end, noun.end if noun else 0))
        unit = ClaimUnit(noun.head.unit) if noun else found.unit
        kept.append(replace(found, quantity=quantity, noun=noun, unit=unit, span=span))
    waiting.clear()
    return kept
