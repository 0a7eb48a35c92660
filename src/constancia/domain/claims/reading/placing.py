"""Which of the expressions of time in a sentence date which of its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from constancia.domain.claims.claim import Period
from constancia.domain.claims.reading.cast import GOVERNMENT, Speaker
from constancia.domain.claims.reading.clause import Clause
from constancia.domain.claims.reading.dating import MOMENTS, STOCKS, Dated, Days, dated
from constancia.domain.claims.reading.days import Calendar
from constancia.domain.claims.reading.found import Found, speaker_key
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.times import AT, DAY, LAW, RANGE, SINCE, UNTIL, When
from constancia.domain.claims.reading.voices import SAYS, Voice
from constancia.domain.vocabulary.terms import Said

_PARTED = re.compile(
    r"[,;:(]|\b(?:y|and|e|while|but|mientras|pero|aunque|bringing|including|incluyendo|incluid[oa]s?)\b"
)
_ANEW = re.compile(r"(?:;|\b(?:y|and|e)) (?:en|el|in|on|during|durante)(?: el)? \Z")
_RELATED = re.compile(r"\d (?:that|which|que) [^.;:]{2,60}\Z")
_WHOLE = r"(?:of|de|among|entre) (?:the|those|these|l[oa]s|es[oa]s|est[oa]s) (\d(?:[\d.,]*\d)?)\b"
_OF_WHOLE = re.compile(r"\s?(?:\w+ )?" + _WHOLE)
_WHOLE_FIRST = re.compile(r"\b" + _WHOLE + r"[^.;:\d]{0,40}\Z")
_THAT = re.compile(r"\b(?:que|that)\b")
_THIS = re.compile(r"(?:this|est[ae]|la presente|el presente)\b")
_LEFT = 64
_SHORT = 3
"""Days that what a total is told beside may have lasted."""

_REPORTED = 5
"""Paragraphs through which a report of a past year goes on telling of it."""

_AMNESTY = {Said.AMNESTY_GRANTED, Said.AMNESTY_REQUESTS}


@dataclass(frozen=True, slots=True)
class Placed:
    """A number in its clause and sentence. `before`: the claim before it in the sentence; `earlier`: in
    the text; `found`: those before it, the last last; `inherited`: whether what is said of it was taken
    over from an earlier one."""

    inner: Clause
    sentence: Sentence
    said: Said
    inherited: bool
    speaker: Speaker | None
    before: Found | None
    earlier: Found | None
    found: Sequence[Found] = ()


def days_of(number: Placed, when: Sequence[When], calendar: Calendar) -> Dated:
    """The day or days of one claim."""
    inner, one, said, before = number.inner, number.sentence, number.said, number.before
    near = _near(inner, one, when, before)
    key = speaker_key(number.speaker)
    same = before is None or speaker_key(before.speaker) == key or _same_figure(inner, before)
    opening = [w for w in when if w.end <= inner.left and same]
    opening = [w for w in opening if before is None or w.end <= before.quantity.start]
    trailing = [w for w in when if w.start >= inner.limit and before is None and _of_all(inner.text, w)]
    if any(w.relation in (AT, RANGE) for w in near if _usable([w])):
        trailing = [w for w in trailing if w.relation != SINCE]
    days = _fallbacks(number, [*near, *opening, *trailing], calendar)
    if (summed := _sum_of(number, near)) is not None:
        return summed
    these = inner.words["these"].match(inner.text, one.start) is not None
    follows = before is None and these and said not in STOCKS and number.earlier is not None
    if follows and number.earlier and number.earlier.dated.period is not None:
        return dated(said, near, opening, days, number.earlier.dated)
    back = before if same else None
    if before is None and not (said in STOCKS and calendar.firm(key)):
        back = _goes_on(number, calendar.published)
    back = _whole(number) or back
    if back is not None and not _alike(number, back):
        back = _goes_on(number, calendar.published) if before is not None and said not in STOCKS else None
    others = [*reversed(opening), *trailing]
    if back is not None and back is before:
        others = [w for w in reversed(opening) if w.relation == UNTIL]
    if days.earlier and said in STOCKS:
        others, back = [], None
    if back is not None and _sums_up(inner, back):
        back = _counted_before(number, back)
    if calendar.law is not None and inner.words["by_law"].search(inner.text, inner.left, inner.limit):
        others.append(replace(calendar.law, tied=LAW, instant=False))
    if said not in STOCKS and not _usable([*near, *others]):
        others += _supposed(number, calendar, back)
    if back is None and any(w.relation == UNTIL for w in near):
        back = _begun_with(number)
    return dated(said, near, others, days, back.dated if back else None)


def _fallbacks(number: Placed, when: Sequence[When], calendar: Calendar) -> Days:
    """The days that the claim may fall back on."""
    spoke = next((w for w in when if w.told and not w.tied), None)
    vague = spoke is not None and spoke.grain != DAY
    key, paragraph = speaker_key(number.speaker), number.sentence.paragraph
    return Days(
        spoke.last if spoke and not vague else None,
        calendar.day(key, paragraph),
        calendar.published,
        paragraph in calendar.clocked and number.speaker is None,
        calendar.firm(key),
        earlier=_earlier(number.inner),
        own=number.speaker is None or number.speaker.kind == GOVERNMENT,
        vague=vague and spoke is not None and _THIS.match(number.inner.text, spoke.start) is None,
    )


def _usable(when: Sequence[When]) -> bool:
    return any(w.first is not None and not (w.told or w.tied or w.compared) for w in when)


def _supposed(number: Placed, calendar: Calendar, back: Found | None) -> list[When]:
    """What dates a number that its sentence does not: the heading of its list, the day since which a text
    counts what there is so far."""
    inner, one = number.inner, number.sentence
    if calendar.heading is not None and one.paragraph > calendar.heading[0]:
        return [calendar.heading[1]]
    if back is not None:
        return []
    so_far = inner.words["so_far"].search(inner.text, one.start, inner.limit)
    if calendar.begun is not None and (so_far or _totals(inner)):
        return [replace(calendar.begun, tied="")]
    return []


def _sum_of(number: Placed, near: Sequence[When]) -> Dated | None:
    """The days of the parts, where a number is exactly their sum: "39 on Friday and 40 on Saturday: 79"."""
    if number.said in STOCKS or _usable(near):
        return None
    first = number.sentence.paragraph - 1
    parts: list[Found] = []
    for found in reversed(number.found):
        period = found.dated.period
        if found.paragraph < first or found.said is not number.said or period is None:
            return None
        parts.append(found)
        if len(parts) > 1 and sum(part.quantity.value for part in parts) == number.inner.quantity.value:
            spans = [part.dated.period for part in parts if part.dated.period]
            starts = [span.start for span in spans if span.start]
            ends = [span.end for span in spans if span.end]
            if starts and ends and max(starts) != min(starts):
                return Dated(max(ends), Period(min(starts), max(ends)))
            return None
    return None


def _whole(number: Placed) -> Found | None:
    """The claim that a number is told to be part of by that claim's number: "four of the 31"."""
    inner = number.inner
    after = _OF_WHOLE.match(inner.text, inner.quantity.end)
    outset = inner.quantity.outset
    before = _WHOLE_FIRST.search(inner.text[max(number.sentence.start, outset - _LEFT) : outset])
    for match in (after, before):
        if match is not None:
            value = int(re.sub(r"[.,]", "", match[1]))
            same = (f for f in reversed(number.found) if f.quantity.value == value)
            found = next((f for f in same if f.dated.as_of is not None), None)
            if found is not None:
                return found
    return None


def _begun_with(number: Placed) -> Found | None:
    """What somebody else counted beside it up to another day, since the same one."""
    earlier = number.earlier
    if earlier is None or earlier.said is not number.said or number.said in STOCKS:
        return None
    return earlier if earlier.paragraph == number.sentence.paragraph else None


def _counted_before(number: Placed, back: Found) -> Found | None:
    """The longer count that a total so far goes on from, by the same claimant: not the day's own part."""
    key = speaker_key(back.speaker)
    latest = back.dated.period.start if back.dated.period else None
    for found in reversed(number.found):
        period = found.dated.period
        if found.said is not back.said or speaker_key(found.speaker) != key or not period or not latest:
            continue
        if period.start is not None and period.start != period.end:
            longer = period.start < latest
            return found if longer and number.sentence.paragraph - found.paragraph <= 1 else None
    return None


def _earlier(inner: Clause) -> bool:
    """Whether it is what the number was before: "down from 711 in the last report", "when they were 895"."""
    text, start, end = inner.text, inner.quantity.outset, inner.quantity.end
    words = inner.words
    left = text[max(0, start - _LEFT) : start].rstrip() + " "
    if re.search(rf"(?:{words['was_before'].pattern})$", left) is not None:
        return True
    if (
        words["back_then"].search(text, max(inner.left, start - _LEFT), min(inner.limit, end + 60))
        is not None
    ):
        return True
    return words["before_that"].search(text, end, min(inner.limit, end + 60)) is not None


def told(w: When, heard: list[Voice], text: str) -> bool:
    """Whether a day stands right after a verb of saying: the day of the words, not of what they tell."""
    if w.told or w.relation != AT or w.grain != DAY:
        return w.told
    said = (v.verb_end for v in heard if v.kind == SAYS and 0 <= w.start - v.verb_end < 14)
    return any(_THAT.search(text, end, w.start) is None for end in said)


def _near(inner: Clause, one: Sentence, when: Sequence[When], before: Found | None) -> list[When]:
    """What is said of time in the number's own stretch, nearest first; what follows it counts as nearer."""
    start, end = inner.quantity.start, inner.quantity.end
    near = [w for w in when if inner.left <= w.start and w.end <= inner.limit]
    near = [w for w in near if not _of_previous(w, inner, before) and not _of_next(w, inner, one.end)]
    near = [replace(w, relation=AT) if w.opens and w.end <= start else w for w in near]
    near.sort(key=lambda w: (w.instant, w.start - end if w.start >= end else 2 * (start - w.end)))
    return near


def _of_previous(w: When, inner: Clause, before: Found | None) -> bool:
    """Whether a day told of before a number belongs to the number before it."""
    if before is None:
        return False
    last = max(before.noun.end if before.noun else 0, before.quantity.end)
    between = inner.text[last : w.start]
    after = inner.text[w.end : max(w.end, inner.quantity.start)]
    free = _PARTED.search(between) is None
    return w.start < last or (free and (len(between) < 14 or _PARTED.search(after) is not None))


def _of_next(w: When, inner: Clause, end: int) -> bool:
    """Whether a day told of after a number is the next one's: "35 freed, bringing those since May to 40"."""
    text, after = inner.text, max(inner.after, inner.quantity.end)
    if w.start < after or inner.limit >= end or _PARTED.search(text, after, w.start) is None:
        return False
    anew = _ANEW.search(text[after : w.start]) is not None
    return anew or _PARTED.search(text, w.end, inner.limit) is None


def _of_all(text: str, w: When) -> bool:
    """Whether a day told of after other numbers may be the whole sentence's."""
    if not (w.told or w.tied or w.relation != AT):
        return False
    return _RELATED.search(text[max(0, w.start - 60) : w.start]) is None


def _same_figure(inner: Clause, before: Found) -> bool:
    """Whether another gives the same figure otherwise: "a number that the ministry raised to 80"."""
    found = inner.words["same_figure"].search(inner.text, before.quantity.end, inner.quantity.outset)
    return found is not None


def _totals(inner: Clause) -> bool:
    outset = inner.quantity.outset
    return inner.words["sums"].search(inner.text[max(0, outset - 40) : outset]) is not None


def _sums_up(inner: Clause, back: Found) -> bool:
    """Whether it is a total so far, told beside what a day or two added to it."""
    period = back.dated.period
    if period is None or period.start is None or period.end is None:
        return False
    return (period.end - period.start).days < _SHORT and _totals(inner)


def _goes_on(number: Placed, published: date | None) -> Found | None:
    """The claim that a number goes on from: the last, or else the nearest that is alike, of a sentence or
    two before."""
    first = number.earlier
    if first is None:
        return None
    if _is_dated(first) and _continued(number, first, published) and _alike(number, first):
        return first
    for found in reversed(number.found):
        if number.sentence.paragraph - found.paragraph > 1:
            return None
        if _is_dated(found) and _continued(number, found, published) and _alike(number, found):
            return found
    return None


def _is_dated(found: Found) -> bool:
    return found.dated.as_of is not None or found.dated.period is not None


def _continued(number: Placed, earlier: Found, published: date | None) -> bool:
    """Whether the claim of an earlier sentence and this one are of the same days."""
    speaker, said, inherited = number.speaker, number.said, number.inherited
    other = speaker_key(earlier.speaker) != speaker_key(speaker)
    unnamed = None in (speaker, earlier.speaker)
    if {earlier.said, said} <= _AMNESTY:
        return True
    apart = number.sentence.paragraph - earlier.paragraph
    past = _past(earlier, published)
    unsaid = unnamed and inherited and apart <= 1
    unsaid = unsaid or (speaker is None and past)
    if other and not unsaid:
        return False
    if past and said not in STOCKS and apart < _REPORTED:
        return True
    period = earlier.dated.period
    one_day = period is not None and period.start == period.end
    return apart == 0 or (apart <= 1 and (inherited or one_day))


def _alike(number: Placed, back: Found) -> bool:
    """Whether the days of what `back` says are those of what is said here."""
    same = back.said is number.said or number.inherited or {back.said, number.said} <= _AMNESTY
    return same or number.said is Said.NET_CHANGE or _lasting(back, number.said)


def _past(back: Found, published: date | None) -> bool:
    """Whether it is of a stretch that was long over: a report of a year goes on telling of that year."""
    period = back.dated.period
    if period is None or period.start is None or period.end is None or published is None:
        return False
    return (period.end - period.start).days > 80 and (published - period.end).days > 14


def _lasting(back: Found, said: Said) -> bool:
    """Whether totals over a long time go on: what else happened in it is told without naming it again."""
    period = back.dated.period
    if period is None or period.start is None or period.end is None or back.dated.as_of is None:
        return False
    return said not in STOCKS and said not in MOMENTS and (period.end - period.start).days > 1
