"""Who goes on speaking where a sentence does not say: in a paragraph, a quotation, a release of their own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reading import attribution, signature
from constancia.domain.claims.reading.cast import (
    GROUP,
    OFFICIAL,
    ORG,
    PERSON,
    Cast,
    Mention,
    Speaker,
    organisation,
    renewed,
)
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.mentions import mentions
from constancia.domain.claims.reading.named import NAME
from constancia.domain.claims.reading.persons import spokesperson
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.times import AT, RANGE, SINCE, UNTIL, When
from constancia.domain.claims.reading.view import View
from constancia.domain.claims.reading.voices import ACCORDING, DECIDES, LOCAL, SAYS, Voice, voices

LONG_AGO = 35
"""Days after which something that happened on a day told of is background, if nobody is named for it."""
NEAR = 8
"""Paragraphs over which a line of a balance still goes on from who was speaking."""
SHORT = 60
"""Characters of such a line."""


@dataclass(slots=True)
class Turn:
    """One sentence: who is named in it, who is heard, and who was speaking before it.

    `speaker` spoke last, `ago` paragraphs ago (0: in this one), or only `acted`, and has said nothing yet;
    `follows`: the sentence opens with words that tie it to what was said; `quoted`: speakers of the
    quotations that it is in."""

    one: Sentence
    present: list[Mention]
    heard: list[Voice]
    speaker: Speaker | None = None
    ago: int = 99
    acted: bool = False
    follows: bool = False
    quoted: list[tuple[int, int, Speaker]] = field(default_factory=list)


@dataclass(slots=True)
class Room:
    """The speech of a text, sentence after sentence."""

    view: View
    words: Lexicon
    cast: Cast
    published: date | None
    turns: list[Turn] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)
    asked: Speaker | None = None  # who is interviewed
    answers: set[int] = field(default_factory=set)  # paragraphs in which they answer
    alone: bool = False  # every paragraph stands by itself: a chronicle by the hour

    def named(self, turn: Turn, place: tuple[int, int], limit: int) -> Speaker | None:
        """Whom the sentence itself names for the number at `place`."""
        for first, last, speaker in turn.quoted:
            if first <= place[0] < last and not any(
                v.kind == SAYS and v.speaker is not None and first <= v.start < place[0] for v in turn.heard
            ):
                return speaker
        return attribution.claimant(place, limit, turn.heard, turn.speaker, self.view.folded, self.words)

    def follower(self, turn: Turn, event: bool, when: list[When], start: int) -> Speaker | None:
        """Who vouches for a number of a sentence in which nobody is heard. None: the text itself."""
        one, speaker = turn.one, turn.speaker
        if self.cast.own is not None:
            return speaker if speaker is not None and turn.ago == 0 and turn.follows else self.cast.own
        if one.paragraph in self.answers:
            return self.asked
        told_before = (
            turn.ago == 0 and self.words["had_been"].search(self.view.folded, one.start, one.end) is not None
        )
        if (
            event
            and not told_before
            and not (turn.follows and turn.ago == 0)
            and self.background(turn, when, start)
        ):
            return None
        if turn.acted or (self.alone and turn.ago > 0):
            return None
        if turn.ago == 0:
            return speaker
        if turn.follows and turn.ago <= 2:
            return speaker
        if len(self.sources) == 1 and (speaker is None or speaker.kind == ORG or speaker.org):
            return speaker or self.cast.first_org
        if speaker is not None and one.first and one.end - one.start < SHORT and turn.ago < NEAR:
            return speaker
        return None

    def background(self, turn: Turn, when: list[When], start: int) -> bool:
        """Whether what is told happened well before the text was written."""
        one = turn.one
        if self.words["long_ago"].search(self.view.folded, one.start, one.end):
            return True
        if self.published is None:
            return False
        near = sorted((w for w in when if w.first is not None), key=lambda w: abs(w.start - start))
        for w in near[:1]:
            if w.relation in (SINCE, UNTIL, RANGE) or w.last is None or w.relation != AT:
                return False
            return (self.published - w.last).days > LONG_AGO
        return False


def listen(
    view: View, pieces: list[Sentence], words: Lexicon, published: date | None, own: Speaker | None
) -> Room:
    """Reads a text twice: first for whom it names, then for who speaks when."""
    scout = Cast(words, own)
    room = Room(view, words, scout, published)
    known: Counter[str] = Counter()
    for one in pieces:
        present = mentions(view, one.start, one.end, scout)
        known.update(m.speaker.org or m.speaker.label for m in present if m.speaker.kind == ORG)
        for voice in voices(view, one.start, one.end, present, words):
            if (
                voice.kind != DECIDES
                and voice.speaker is not None
                and (voice.speaker.kind == ORG or voice.speaker.org)
            ):
                room.sources.add(key_of(voice.speaker.org or voice.speaker.label))
    if own is None:
        scout.own = _own(view, pieces, words, scout, known)
    scout.country = _country(view, words)
    room.cast = renewed(scout)
    room.alone = len(words["hour_line"].findall(view.folded)) > 2
    full = {name.split()[-1]: name for name in NAME.findall(view.cased) if len(name.split()) in (2, 3)}
    for one in pieces:
        present = mentions(view, one.start, one.end, room.cast)
        heard = [_in_full(voice, full) for voice in voices(view, one.start, one.end, present, words)]
        room.turns.append(Turn(one, present, heard))
        first = next(
            (v.speaker for v in heard if v.speaker is not None and v.kind in (SAYS, ACCORDING)), None
        )
        spoke = [_org_of(v.speaker) for v in heard if v.speaker is not None and v.kind != DECIDES]
        room.cast.last_org = next((org for org in reversed(spoke) if org is not None), room.cast.last_org)
        if first is not None and first.name:
            room.cast.last_person = first
        elif first is not None and words["body"].search(first.label):
            room.cast.last_org = first
    _interview(room)
    _carry(room)
    _quote(room)
    return room


def _in_full(voice: Voice, full: dict[str, str]) -> Voice:
    """A voice with the whole name of whom its sentence calls by the last one only, if the text has it."""
    speaker = voice.speaker
    if speaker is None or speaker.kind != GROUP or speaker.name or speaker.label not in full:
        return voice
    name = full[speaker.label]
    return replace(voice, speaker=Speaker(name, PERSON, "", name))


def _org_of(speaker: Speaker) -> Speaker | None:
    """The organisation that speaks, or that a person speaks for."""
    org = speaker.org or (speaker.label if speaker.kind == ORG else "")
    return organisation(org) if org else None


def _spokesman(body: Mention, name: re.Match[str] | None) -> Speaker:
    if name is None:
        return body.speaker
    return Speaker(f"{body.speaker.label} ({name[1]})", PERSON, body.speaker.label, name[1])


_QUOTE = re.compile(r'"[^"\n]{12,1500}"')
_COLON_NAME = re.compile(rf":\s*({NAME.pattern})")


def _own(
    view: View, pieces: list[Sentence], words: Lexicon, cast: Cast, known: Counter[str]
) -> Speaker | None:
    """Whose text it is, where the text says so: by its heading, or by who says "we" in it."""
    head = view.folded[: pieces[min(len(pieces), 6) - 1].end] if pieces else ""
    spokesman = words["spoken_for"].search(head)
    if spokesman is not None:
        for body in mentions(view, spokesman.start(), len(head), cast)[:1]:
            name = _COLON_NAME.match(view.cased, body.end)
            heading = name is not None or words["release"].search(head) is not None
            if body.speaker.kind in (ORG, OFFICIAL) and body.start - spokesman.end() < 24 and heading:
                return _spokesman(body, name)
    for one in pieces[:4]:
        present = mentions(view, one.start, one.end, cast)
        for voice in voices(view, one.start, one.end, present, words):
            said_today = voice.kind == SAYS and words["today"].match(view.folded, voice.verb_end + 1, one.end)
            if said_today and voice.speaker is not None and voice.speaker.kind == ORG:
                return voice.speaker
    signer = signature.signed(view, pieces, cast)
    if signer is not None:
        return signer
    release = words["release"].search(head)
    for one in pieces[:4]:
        line = view.folded[one.start : one.end].strip()
        present = mentions(view, one.start, one.end, cast)
        orgs = [m for m in present if m.speaker.kind in (ORG, OFFICIAL) and not m.speaker.name]
        if (
            release
            and orgs
            and orgs[0].start - one.start < 12
            and (len(line) < 110 or words["we_inform"].search(line))
        ):
            return orgs[0].speaker
        if orgs and words["we_say"].match(view.folded[orgs[0].end : one.end][:80]):
            return orgs[0].speaker
    if known and len(words["ours"].findall(_QUOTE.sub(" ", view.folded))) > 2:
        return organisation(known.most_common(1)[0][0])
    return None


_LINE = re.compile(r"\s*(?:-|[PRQA]\s?[:.][- ]|[PRQA]:)\s?")
_DASH = re.compile(r"\s*-")
_HEADED = re.compile(rf"({NAME.pattern})(?=\s?[:,(]|\.$)")


def _interview(room: Room) -> None:
    """Lines that open with a dash or a letter, some of them questions: who answers is who was announced."""
    cased = room.view.cased
    lines = [t for t in room.turns if t.one.first and _LINE.match(cased, t.one.start)]
    ends = {t.one.paragraph: cased[t.one.start : t.one.end].rstrip() for t in room.turns}
    asking = {t.one.paragraph for t in lines if ends[t.one.paragraph].endswith("?")}
    if len(asking) < 2:
        return
    places = [t.one.paragraph for t in lines]
    asked = _announced(room, min(asking))
    if asked is None:
        return
    room.asked = asked
    in_turn = all(_DASH.match(cased, t.one.start) for t in lines) and asking <= set(places[::2])
    room.answers = set(places[1::2]) if in_turn else set(places) - asking
    if len(room.answers) < len(asking) // 2:  # only the questions are marked
        room.answers = {t.one.paragraph for t in room.turns if t.one.paragraph > min(asking)} - asking


def _announced(room: Room, first: int) -> Speaker | None:
    """Who is announced before the first question: with an office; or by name, which the organisation joins
    that somebody without a name is told to lead."""
    before = [t for t in room.turns if t.one.paragraph < first]
    named = next((m.speaker for t in before for m in t.present if m.speaker.name), None)
    if named is not None:
        return named
    for turn in before:
        match = _HEADED.search(room.view.cased, turn.one.start, turn.one.end)
        folded = room.view.folded[match.start() : match.end()] if match else ""
        if match is not None and not room.words["no_speaker"].search(folded):
            orgs = [m.speaker.label for t in before for m in t.present if m.speaker.kind == ORG]
            return spokesperson(orgs[0], match[1]) if orgs else Speaker(match[1], PERSON, "", match[1])
    return None


def _country(view: View, words: Lexicon) -> str:
    """The country that a text is about: of those it names, the one it names most, as an adjective."""
    named: Counter[str] = Counter()
    for table in ("demonyms", "countries"):
        for entry, adjective in words.tables[table].items():
            named[adjective] += len(re.findall(rf"(?<!\w)(?:{entry})(?!\w)", view.folded))
    most = named.most_common(1)
    return most[0][0] if most and most[0][1] else ""


def _carry(room: Room) -> None:
    """Who was speaking before each sentence."""
    speaker: Speaker | None = None
    paragraph, acted = -99, False
    for number, turn in enumerate(room.turns):
        one = turn.one
        if one.first and one.paragraph in room.answers:
            speaker, paragraph, acted = room.asked, one.paragraph, False
        if any(v.carried for v in turn.heard) and (subject := _subject(room, number - 1)):
            speaker, paragraph, acted = subject, one.paragraph, False
        turn.speaker, turn.ago, turn.acted = speaker, one.paragraph - paragraph, acted
        lead = room.view.folded[one.start : min(one.end, one.start + 70)]
        turn.follows = room.words["links"].match(lead.lstrip(" -*\"'(")) is not None
        spoken = [v for v in turn.heard if v.speaker is not None and v.kind in (SAYS, ACCORDING)]
        local = [v for v in turn.heard if v.speaker is not None and v.kind == LOCAL]
        if spoken:
            last = spoken[-1]
            turned = (
                len(spoken) > 1
                and not last.inner
                and room.words["contrast"].search(
                    room.view.folded, spoken[0].end, max(spoken[0].end, last.opens + 1)
                )
            )
            speaker, paragraph, acted = (last if turned else spoken[0]).speaker, one.paragraph, False
        elif local and turn.ago > 0:
            speaker, paragraph, acted = local[0].speaker, one.paragraph, False
        elif turn.ago > 1 and (
            acting := [v for v in turn.heard if v.kind == DECIDES and v.speaker is not None]
        ):
            speaker, acted = acting[0].speaker, True
        elif any(v.carried for v in turn.heard):
            paragraph, acted = one.paragraph, False
        elif turn.follows and turn.ago <= 1:
            paragraph = one.paragraph
        if (spoken or local) and room.words["retold"].match(lead):
            _tell_back(room, number, turn, (spoken or local)[0].speaker)


def _subject(room: Room, number: int) -> Speaker | None:
    """The person or office that the sentence before opens with, in the same paragraph, where nobody is heard
    in it: who goes on to speak if the next names nobody ("The minister shunned the word. Said that ...")."""
    if number < 0 or not _goes_on(room, number + 1):
        return None
    turn = room.turns[number]
    if any(v.kind != DECIDES for v in turn.heard):
        return None
    opening = [m for m in turn.present if m.start - turn.one.start < _AT_ONCE]
    who = opening[0].speaker if opening else None
    return who if who is not None and who.kind in (PERSON, OFFICIAL) else None


_AT_ONCE = 5
"""Characters before the first word of a subject: an article, a mark."""


def _tell_back(room: Room, number: int, turn: Turn, speaker: Speaker | None) -> None:
    """ "Así lo informó X": X has said what stands before it, for which nobody was named."""
    for place in range(number - 1, -1, -1):
        other = room.turns[place]
        if turn.one.paragraph - other.one.paragraph > 1 or any(
            v.kind in (SAYS, ACCORDING) for v in other.heard
        ):
            return
        if speaker is not None:
            other.quoted.append((other.one.start, other.one.end, speaker))


def _goes_on(room: Room, number: int) -> bool:
    """Whether a sentence is in the paragraph of the one before it."""
    return number < len(room.turns) and not room.turns[number].one.first


_ENDED = re.compile(r"[.?!]\"?\s")


def _quote(room: Room) -> None:
    """Gives a quotation of several sentences to who is named before it or right after it."""
    text = room.view.folded
    spans = [match.span() for match in _QUOTE.finditer(text)]
    place = 0
    for first, last in spans:
        while place < len(room.turns) and room.turns[place].one.end <= first:
            place += 1
        inside = []
        step = place
        while step < len(room.turns) and room.turns[step].one.start < last:
            inside.append(room.turns[step])
            step += 1
        if not inside:
            continue
        closing = [
            inside[-1],
            *(room.turns[step : step + 1] if inside[-1].one.end - last < 4 and _goes_on(room, step) else []),
        ]
        after = next(
            (
                v.speaker or t.speaker
                for t in closing
                for v in t.heard
                if last <= v.start <= last + 60
                and v.kind != LOCAL
                and _ENDED.search(text, last - 2, max(last, v.opens)) is None
            ),
            None,
        )
        ahead = next(
            (
                v.speaker
                for v in reversed(inside[0].heard)
                if v.start < first and v.kind == SAYS and v.speaker
            ),
            None,
        )
        speaker = (ahead or after) if text[:first].endswith(": ") else (after or ahead)
        if speaker is None:
            continue
        for turn in inside:
            turn.quoted.append((first, last, speaker))
