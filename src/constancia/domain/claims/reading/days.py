"""The days a text turns on: when each part was written, on what day who spoke, of what day a count is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.times import AT, DAY, LAW, MONTH, OTHER, SINCE, SPAN, UNTIL, When, times
from constancia.domain.claims.reading.view import View

_LEAD = 4
"""Paragraphs in which a text tells the day it reports on."""

_OPENING = 60
_FAR = 45
"""Days between a text's own dates and the day it is said to be of, beyond which that day is not believed."""

_PLACED = re.compile(r"\(?[^\W\d_][^\d\n:;|]{1,40}[, ]\s?\(?")
_DASH = re.compile(r"\.?\s?(?:\([^()\n]{2,40}\)|\))?\s?[.:]?\s?-")
_SIGNED = re.compile(r"\(@\w{2,30}\)\s?,?\s?")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d\s?(?:[ap]\.?\s?m\.?|h(?:oras|rs)?)?\s?[|:.-]", re.IGNORECASE)
_FIGURES = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|[/.-]\d\d\b")
_LISTED = 110
"""Characters of a line up to which it goes on with the list that a heading opened."""

_NEVER = 1 << 30
_CITED = 3
"""Paragraphs before its signature that a quoted post may have."""


@dataclass(slots=True)
class Calendar:
    """What a text says of days. `today`: the day it reports on; `balance`: of what day its counts are;
    `closings`, `spoken`: of what day each claimant's counts are, on what day each spoke; `written`: the
    paragraphs that are of another day than the text; `turned`: from where on it tells of its own day;
    `clocked`: those that say at what hour they were written; `cut`, `cuts`: days that counts are told to be
    closed on, and where, by claimant; `heading`: when what follows it happened; `begun`: since when what a
    text counts up goes on; `outbreak`: when the unrest it tells of began; `law`: the day a law that frees
    people took effect."""

    published: date | None
    today: date | None = None
    balance: date | None = None
    closings: dict[str, date] = field(default_factory=dict)
    spoken: dict[str, date] = field(default_factory=dict)
    written: dict[int, date] = field(default_factory=dict)
    turned: int = _NEVER
    clocked: set[int] = field(default_factory=set)
    recent: list[When] = field(default_factory=list)
    paragraph: int = -1
    closed: tuple[int, date] | None = None
    cut: set[date] = field(default_factory=set)
    cuts: dict[str, tuple[int, date]] = field(default_factory=dict)
    heading: tuple[int, When] | None = None
    begun: When | None = None
    outbreak: When | None = None
    law: When | None = None

    def read(self, text: str, one: Sentence, words: Lexicon) -> list[When]:
        """What a sentence says of time; days without a year are reckoned from the day it was written."""
        if one.paragraph - self.paragraph > 1:
            self.recent = []
        self.paragraph = one.paragraph
        day = self.written.get(one.paragraph, self.published)
        closings = {*self.closings.values()}
        balance = self.balance or (min(closings) if len(closings) == 1 else None)
        found = times(text, one.start, one.end, words, day, balance, self.recent, self.outbreak)
        if one.first and found:
            found = [_unless_heading(text, one, found[0]), *found[1:]]
        named = [w for w in found if w.last is not None and not w.compared]
        self.recent = [*self.recent, *named][-6:]
        self._keep(text, one, words, found)
        return found

    def _keep(self, text: str, one: Sentence, words: Lexicon, found: Sequence[When]) -> None:
        """Keeps of a sentence what later ones may be reckoned from."""
        for w in found:
            if w.first is None or w.last is None or w.compared:
                continue
            if w.relation == UNTIL and words["cutoff"].search(text, max(one.start, w.start - 40), w.start):
                self.cut.add(w.last)
            if w.breaks_out and self.outbreak is None:
                self.outbreak = w
            if w.relation == SINCE and w.grain == DAY:
                self.begun = w
            after = text[w.end : w.end + _OPENING].lstrip(" ,(")
            passed = words["law_after"].match(after) is not None
            if w.instant or (w.grain == DAY and (w.tied == LAW or passed)):
                self.law = w
        if text[one.start : one.end].rstrip().endswith(":"):
            dated = [w for w in found if w.first is not None and not w.tied and not w.told and not w.event]
            self.heading = (one.paragraph, dated[0]) if len(dated) == 1 else None
        elif self.heading and one.paragraph > self.heading[0] and one.end - one.start > _LISTED:
            self.heading = None

    def day(self, claimant: str, paragraph: int) -> date | None:
        """The day that what a claimant counts holds for, where the sentence tells none."""
        unsaid = claimant == ARTICLE and self.closed is not None and paragraph - self.closed[0] <= 1
        return (
            self.written.get(paragraph)
            or self.closings.get(claimant)
            or (self.closed[1] if unsaid and self.closed else None)
            or self.balance
            or self.spoken.get(claimant)
            or (self.today if paragraph < self.turned else None)
            or self.published
        )

    def _closes(self, w: When) -> bool:
        """Whether counts up to it may go on being of that day: a day, or the end of the month before."""
        if w.last is None or w.grain == DAY:
            return w.last is not None
        return w.grain == MONTH and self.published is not None and (self.published - w.last).days in range(45)

    def firm(self, claimant: str) -> bool:
        """Whether the text says of what day that claimant's counts are."""
        return claimant in self.closings or self.balance is not None

    def note(self, when: Iterable[When], claimants: Iterable[str], paragraph: int, stock: bool) -> None:
        """Keeps what a sentence tells of the days of those who speak in it."""
        known = sorted(set(claimants))
        for w in when:
            if w.last is None or w.tied or w.compared:
                continue
            if w.told and w.grain == DAY:
                self.spoken |= dict.fromkeys(known, w.last)
            elif (
                w.relation == UNTIL
                and not w.event
                and not w.instant
                and (w.grain == DAY or stock)
                and self._closes(w)
            ):
                for one in known:
                    if w.last in self.cut:
                        self.cuts.setdefault(one, (paragraph, w.last))
                    first = self.closings.setdefault(one, w.last)
                    self.closed = (paragraph, first) if stock else self.closed
                if w.grain == DAY and self.balance is None and not known and paragraph < 2 and not w.spoken:
                    self.balance = w.last


def calendar(pieces: Sequence[Sentence], seen: View, words: Lexicon, published: date | None) -> Calendar:
    """What the text as a whole tells of its days, before it is read for claims."""
    text = seen.folded
    all_dates = [
        (
            one,
            [
                w
                for w in times(text, one.start, one.end, words, None)
                if w.last is not None and w.grain in (DAY, SPAN)
            ],
        )
        for one in pieces
        if _YEAR.search(text, one.start, one.end)
    ]
    full = [w.last for _, found in all_dates for w in found if w.last is not None]
    published = _believed(published, full)
    found = Calendar(published)
    if published is None:
        published = found.published = _written_on(pieces, text, words)
    if published is None:
        found.balance = max(full, default=None)
        return found
    headed: date | None = None
    clocks = sum(_CLOCK.match(text, one.start) is not None for one in pieces if one.first)
    for number, one in enumerate(pieces):
        if not one.first:
            continue
        if one.paragraph < _LEAD and found.today is None:
            found.today = _dateline(text, one, words, published)
        headed = _header(text, one, words, published) or headed
        if headed is not None and headed != published:
            found.written[one.paragraph] = headed
        goes_on = clocks > 1 and one.paragraph - 1 in found.clocked
        if goes_on or _CLOCK.match(text, one.start):
            found.clocked.add(one.paragraph)
        _posted(found, pieces, number, text, words, published)
    if found.today is None:
        found.today = _reported(found, pieces, text, words, published)
    return found


def _believed(published: date | None, full: list[date]) -> date | None:
    """The day of publication, unless every full date near the text's end is long after it."""
    later = [day for day in full if published is not None and (day - published).days > _FAR]
    near = [day for day in full if published is not None and abs((day - published).days) <= _FAR]
    return max(later) if len(later) > 1 and not near else published


def _written_on(pieces: Sequence[Sentence], text: str, words: Lexicon) -> date | None:
    """The day that a text without a day of publication says it was written on: at its head, or in a line of
    its own at its head or foot ("Bogotá, 3 de mayo de 2025")."""
    final = pieces[-1].paragraph if pieces else 0
    for one in pieces:
        if _LEAD <= one.paragraph < final - _LEAD:
            continue
        if one.paragraph < _LEAD and (day := _dateline(text, one, words, None)) is not None:
            return day
        if not one.first or one.end - one.start > _OPENING:
            continue
        for w in times(text, one.start, one.end, words, None)[:1]:
            rest = text[w.end : one.end].strip(" .)\n")
            place = w.start == one.start or _PLACED.fullmatch(text, one.start, w.start) is not None
            if w.grain == DAY and w.last is not None and place and not rest:
                return w.last
    return None


def _dateline(text: str, one: Sentence, words: Lexicon, published: date | None) -> date | None:
    """ "CARACAS, Feb 9 (Reuters) -": the day that a text says it was written on."""
    end = min(one.end, one.start + _OPENING)
    for w in times(text, one.start, end, words, published)[:1]:
        near = w.last is not None and (published is None or 0 <= (published - w.last).days <= _FAR)
        if near and w.grain == DAY and _heads(text, one, w):
            return w.last
    return None


def _heads(text: str, one: Sentence, w: When) -> bool:
    """Whether a date stands between a place and a dash, as at a report's head."""
    if w.relation != AT or w.grain != DAY:
        return False
    place = _PLACED.fullmatch(text, one.start, w.start)
    return (
        place is not None
        and len(text[one.start : w.start].split()) < 6
        and _DASH.match(text, w.end) is not None
    )


def _unless_heading(text: str, one: Sentence, w: When) -> When:
    return replace(w, tied=OTHER, told=False) if _heads(text, one, w) else w


def _header(text: str, one: Sentence, words: Lexicon, published: date) -> date | None:
    """The day of a line that says nothing else: what follows is of that day."""
    if one.end - one.start > 48:
        return None
    found = times(text, one.start, one.end, words, published)
    if len(found) != 1 or found[0].grain != DAY or found[0].last is None or found[0].last > published:
        return None
    alone = len(text[one.start : one.end].strip()) - (found[0].end - found[0].start)
    return found[0].last if alone < 4 else None


def _posted(
    found: Calendar, pieces: Sequence[Sentence], number: int, text: str, words: Lexicon, published: date
) -> None:
    """Gives a quoted post the day that stands beside its signature: "— Name (@handle) March 2, 2026"."""
    one = pieces[number]
    for match in _SIGNED.finditer(text, one.start, one.end):
        for w in times(text, match.end(), min(one.end, match.end() + 30), words, published)[:1]:
            if w.start - match.end() < 3 and w.grain == DAY and w.last is not None and w.last <= published:
                quoted = number
                while quoted and "\n" not in text[pieces[quoted - 1].end - 1 : pieces[quoted].start]:
                    quoted -= 1
                for other in pieces[max(0, quoted - _CITED) : number + 1]:
                    if other.paragraph in (one.paragraph, one.paragraph - 1):
                        found.written[other.paragraph] = w.last


def _reported(
    found: Calendar, pieces: Sequence[Sentence], text: str, words: Lexicon, published: date
) -> date | None:
    """The day a text reports on: the first on which somebody spoke in its lead, the day before it at most;
    from where somebody spoke on its own day, that day.

    What somebody said at night is reported on by the day after.
    """
    first: date | None = None
    for one in pieces:
        if one.paragraph >= _LEAD:
            break
        for w in times(text, one.start, one.end, words, published):
            near = w.last is not None and w.first == w.last and 0 <= (published - w.last).days <= 1
            numbered = _FIGURES.search(text, w.start, w.end) is not None
            if near and (w.spoken or numbered) and w.relation in (AT, UNTIL) and not w.tied and w.again == "":
                late = words["night"].match(text, min(w.end + 1, one.end)) is not None
                day = published if late else w.last
                if first is None:
                    first = day
                elif w.told and day == published != first:
                    found.turned = one.paragraph
    return first
