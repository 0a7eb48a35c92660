"""What came of an announcement of releases: which releases belong to it, and how many as known when.

A release belongs to one announcement at most. What a person decided wins: to this one, or to none; the
last decision as known at T holds, and one that was taken back, or that names an announcement withdrawn
since, leaves the release to the rule. The rule: the day of the release lies in the window of the
announcement, and what is known of the person fits its filters. Of several such announcements it is the
latest that had been announced by that day; where none had, the first announced after it. A release outside
every window, such as one learned of long after, belongs to an announcement only if a person says so.

A window without an end ends with the day before the same claimant's next promise of the same people begins;
the last of them stays open. Other claimants' promises end nothing: theirs are younger, and win by being so.

Progress counts people, not entries: two entries of one person who was freed once count once, and somebody
freed twice may count for two announcements. Its steps take the announcements and the decisions as they stand
at T and the releases as they were known at each instant before, so that the line shows what was known of
people's liberty and not when somebody did the paperwork.

Days are `date`; known times are microseconds since 1970 UTC, in windows from ≤ T < to, as in state versions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from constancia.domain.vocabulary.terms import Qualifier

NOT_KNOWN = "not_known"
"""What a person's category is called while nobody has said it: it fits any filter."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement as one of its versions says it. `window_end` None: open. `value` None: no number given.

    `number` is the same for all versions; `claimant` is a key, so that one who speaks twice is one.
    """

    number: int
    claimant: str
    announced_on: date
    window_start: date
    window_end: date | None
    known_at: int
    value: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    filters: Mapping[str, str] = field(default_factory=dict)
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """One detention's way out of prison, as it was known from `known_from` until before `known_to`.

    `verified`, or else merely reported. `categories`: the person's, by dimension, as far as they were asked.
    """

    person: int
    detention: int
    day: date
    kind: str
    known_from: int
    known_to: int
    verified: bool
    categories: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A person's decision that a release belongs to an announcement, or (None) to none of them."""

    detention: int
    announcement: int | None
    known_at: int
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A release that belongs to an announcement; `by_hand`: because a person said so."""

    known: Known
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From the instant `known_at` on, `verified` people were known, verified, to be out."""

    known_at: int
    verified: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What came of one announcement as known at T, in people.

    `reported`: out by what somebody says, not verified yet. `by_hand`: of the verified, those whom a person
    attributed. `remaining`: announced and not verified; None where no number was given. `history`: every
    release that belongs to it and was known by T, also where it is known no more.
    """

    announced: int | None
    verified: int
    reported: int
    by_hand: int
    steps: tuple[Step, ...]
    history: tuple[Member, ...]

    def members(self, known_at: int) -> list[Member]:
        """The releases as known at an instant, with the announcements and decisions of T; by day."""
        there = [one for one in self.history if one.known.known_from <= known_at < one.known.known_to]
        return sorted(there, key=lambda one: (one.known.day, one.known.person, one.known.detention))

    @property
    def remaining(self) -> int | None:
        return None if self.announced is None else max(0, self.announced - self.verified)


def beyond(value: int | None, qualifier: Qualifier, verified: int) -> int:
    """How many of those verified are more than an announcement told of: none where it gave no number, or one
    that was the least or about right."""
    if value is None or qualifier not in (Qualifier.EXACT, Qualifier.UP_TO):
        return 0
    return max(0, verified - value)


def standing(versions: Iterable[Announced], known_at: int) -> list[Announced]:
    """The announcements as known at T, the latest version of each, without those withdrawn, by number."""
    latest: dict[int, Announced] = {}
    for one in sorted((one for one in versions if one.known_at <= known_at), key=attrgetter("known_at")):
        latest[one.number] = one
    return [latest[number] for number in sorted(latest) if not latest[number].withdrawn]


def closed(announcements: Sequence[Announced]) -> list[Announced]:
    """The same with every open window ended where a later promise in its chain begins."""
    chains: dict[tuple[str, tuple[tuple[str, str], ...]], list[date]] = defaultdict(list)
    for one in announcements:
        chains[_chain(one)].append(one.window_start)
    for starts in chains.values():
        starts.sort()
    found = []
    for one in announcements:
        starts = chains[_chain(one)]
        following = bisect_left(starts, one.window_start + _ONE_DAY)
        if one.window_end is None and following < len(starts):
            one = replace(one, window_end=starts[following] - _ONE_DAY)
        found.append(one)
    return found


def _chain(one: Announced) -> tuple[str, tuple[tuple[str, str], ...]]:
    return one.claimant, tuple(sorted(one.filters.items()))


def decisions(attributions: Iterable[Attributed], known_at: int) -> dict[int, int | None]:
    """What people decided and did not take back, as known at T, by detention."""
    last: dict[int, Attributed] = {}
    for one in attributions:
        if one.known_at <= known_at and (
            one.detention not in last or one.known_at >= last[one.detention].known_at
        ):
            last[one.detention] = one
    return {detention: one.announcement for detention, one in last.items() if not one.taken_back}


class Attribution:
    """To which announcement each release belongs, with the announcements and decisions as known at T."""

    def __init__(
        self, versions: Iterable[Announced], attributions: Iterable[Attributed], known_at: int
    ) -> None:
        self.announcements = closed(standing(versions, known_at))
        numbers = {one.number for one in self.announcements}
        self._decided = {
            detention: number
            for detention, number in decisions(attributions, known_at).items()
            if number is None or number in numbers
        }

    def of(self, known: Known) -> tuple[int | None, bool]:
        """The announcement's number, None for none; and whether a person decided so."""
        if known.detention in self._decided:
            return self._decided[known.detention], True
        return self.by_rule(known), False

    def by_rule(self, known: Known) -> int | None:
        """What the windows and filters say, whatever people decided."""
        fitting = [one for one in self.announcements if _holds(one, known.day) and fits(one, known)]
        by_then = [one for one in fitting if one.announced_on <= known.day]
        if by_then:
            return max(by_then, key=lambda one: (one.announced_on, one.window_start, one.number)).number
        return min(fitting, key=lambda one: (one.announced_on, one.number)).number if fitting else None


def _holds(one: Announced, day: date) -> bool:
    return one.window_start <= day and (one.window_end is None or day <= one.window_end)


def fits(one: Announced, known: Known) -> bool:
    """Whether nothing that is known of the person speaks against the announcement's filters."""
    return all(
        known.categories.get(name, NOT_KNOWN) == NOT_KNOWN or wanted in known.categories[name].split("+")
        for name, wanted in one.filters.items()
    )


def progress(
    versions: Iterable[Announced],
    releases: Iterable[Known],
    attributions: Iterable[Attributed],
    known_at: int,
) -> dict[int, Progress]:
    """The progress of every announcement as known at T, by its number.

    `releases` of one detention do not overlap in known time.
    """
    rule = Attribution(versions, attributions, known_at)
    mine: dict[int, list[Member]] = {one.number: [] for one in rule.announcements}
    for known in releases:
        if known.known_from <= known_at:
            number, by_hand = rule.of(known)
            if number is not None:
                mine[number].append(Member(known, by_hand))
    return {one.number: _progress(one, mine[one.number], known_at) for one in rule.announcements}


def _progress(one: Announced, history: Sequence[Member], known_at: int) -> Progress:
    now = [member for member in history if member.known.known_to > known_at]
    verified = {member.known.person for member in now if member.known.verified}
    automatic = {member.known.person for member in now if member.known.verified and not member.by_hand}
    reported = {member.known.person for member in now} - verified
    return Progress(
        announced=one.value,
        verified=len(verified),
        reported=len(reported),
        by_hand=len(verified - automatic),
        steps=steps([member.known for member in history], known_at),
        history=tuple(history),
    )


def steps(releases: Iterable[Known], known_at: int) -> tuple[Step, ...]:
    """Every known instant up to T at which the number of people verified to be out changed."""
    moves: list[tuple[int, int, int]] = []
    for known in releases:
        if known.verified and known.known_from <= known_at:
            moves.append((known.known_from, known.person, 1))
            if known.known_to <= known_at:
                moves.append((known.known_to, known.person, -1))
    standing_of: Counter[int] = Counter()
    found: list[Step] = []
    people = 0
    for instant, together in groupby(sorted(moves), key=lambda move: move[0]):
        for _, person, change in together:
            before = standing_of[person]
            standing_of[person] = before + change
            people += (standing_of[person] > 0) - (before > 0)
        if people != (found[-1].verified if found else 0):
            found.append(Step(instant, people))
    return tuple(found)
