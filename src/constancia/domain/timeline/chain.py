"""Ways out and changes of custody: which facts make the chain, in which order, and why the rest do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from constancia.domain.timeline.entry import Entry
from constancia.domain.timeline.state import OPEN_FUTURE
from constancia.domain.timeline.weighed import Weighed
from constancia.domain.vocabulary.terms import Custody, ReleaseKind

_IN, _HOUSE, _MEASURES, _OUT = (
    Custody.IN_CUSTODY.value,
    Custody.HOUSE_ARREST.value,
    Custody.OUT_UNDER_MEASURES.value,
    Custody.OUT_UNSPECIFIED.value,
)
_FREE, _EXILED, _ESCAPED, _DEAD = (
    Custody.FREE.value,
    Custody.EXILED.value,
    Custody.ESCAPED.value,
    Custody.DEAD.value,
)

LEADS_TO = {
    ReleaseKind.UNDER_MEASURES.value: _MEASURES,
    ReleaseKind.CONDITIONAL.value: _MEASURES,
    ReleaseKind.HOUSE_ARREST.value: _HOUSE,
    ReleaseKind.FULL.value: _FREE,
    ReleaseKind.EXILE.value: _EXILED,
    ReleaseKind.UNSPECIFIED.value: _OUT,
}
ALLOWED: dict[str, frozenset[str]] = {
    _IN: frozenset((_HOUSE, _MEASURES, _OUT, _FREE, _EXILED, _ESCAPED, _DEAD)),
    _HOUSE: frozenset((_MEASURES, _OUT, _FREE, _EXILED, _ESCAPED, _DEAD)),
    _OUT: frozenset((_MEASURES, _FREE, _EXILED, _HOUSE)),
    _MEASURES: frozenset((_HOUSE, _FREE, _EXILED)),
    _FREE: frozenset(),
    _EXILED: frozenset(),
    _ESCAPED: frozenset(),
    _DEAD: frozenset(),
}
"""From each custody, where one can go. What is missing is refused and shown as a conflict."""
CLOSING_FREES = frozenset((_HOUSE, _OUT, _MEASURES))
"""Closing the case frees somebody already out; somebody in custody must still be released."""


class Why(StrEnum):
    """Why a fact on a way out does not make the chain."""

    BEFORE_ENTRY = "before_entry"
    SAME_DAY = "same_day"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact that does not count, why, and the fact (by seq) that it stands against."""

    fact: Weighed
    why: Why
    against: int


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch in one custody. Days are ordinals; `ended_by` is None while it lasts."""

    custody: str
    start_low: int
    start_high: int
    start_day: int
    start_grade: int
    end_low: int
    end_high: int
    end_day: int
    end_grade: int
    exit_kind: str
    next_custody: str
    ended_by: Weighed | None


def target(fact: Weighed) -> str:
    """The custody that the fact leads to."""
    if fact.kind == "release":
        return LEADS_TO[fact.fields.get("release", ReleaseKind.UNSPECIFIED.value)]
    if fact.kind == "death_in_custody":
        return _DEAD
    if fact.kind == "escape":
        return _ESCAPED
    return _FREE


def exit_kind(fact: Weighed) -> str:
    """How the spell that the fact ends is said to have ended."""
    if fact.kind == "release":
        return f"release.{fact.fields.get('release', ReleaseKind.UNSPECIFIED.value)}"
    if fact.kind == "case_closed":
        return f"closed.{fact.fields.get('closure', '')}"
    return "death" if fact.kind == "death_in_custody" else fact.kind


def accepted(entry: Entry, moves: Sequence[Weighed]) -> tuple[list[Weighed], list[Refused]]:
    """Takes the moves best first, each if the chain stays possible; the chain comes back in order of days.

    Not two on one reckoning day, none certainly before the entry, and every step one that `ALLOWED` has.
    A closing of the case competes with no release: it may share its day, and stands after it.
    """
    if len(moves) == 1 and moves[0].high >= entry.low:
        return [moves[0]], []
    chain: list[Weighed] = []
    refused: list[Refused] = []
    for fact in sorted(moves, key=Weighed.rank):
        if fact.high < entry.low:
            refused.append(Refused(fact, Why.BEFORE_ENTRY, entry.fact.seq))
            continue
        closing = fact.kind == "case_closed"
        same = next((m for m in chain if m.day == fact.day and (m.kind == "case_closed") == closing), None)
        if same is not None:
            refused.append(Refused(fact, Why.SAME_DAY, same.seq))
            continue
        trial = sorted([*chain, fact], key=_by_day)
        broken = _first_impossible(trial)
        if broken is None:
            chain = trial
        else:
            place = trial.index(fact)
            # what it stands against is the step before it, or, where it spoils a later one, that one
            against = trial[place - 1] if trial[broken] is fact and place else trial[broken]
            refused.append(Refused(fact, Why.NOT_POSSIBLE, against.seq))
    return chain, refused


def _by_day(fact: Weighed) -> tuple[int, bool]:
    return fact.day, fact.kind == "case_closed"


def _first_impossible(chain: Sequence[Weighed]) -> int | None:
    custody = _IN
    for place, fact in enumerate(chain):
        if fact.kind == "case_closed":
            custody = _FREE if custody in CLOSING_FREES else custody
            continue
        after = target(fact)
        if after not in ALLOWED[custody]:
            return place
        custody = after
    return None


def spells(entry: Entry, chain: Sequence[Weighed]) -> tuple[list[Spell], tuple[int, int, int]]:
    """The stretches of custody, without gaps, and the entry's (earliest, latest, reckoning day).

    What comes later bounds what came before and the other way round: an arrest "in January" with a
    release on the 10th was on or before the 10th. Reckoning days are held inside those bounds.
    """
    custody = _IN
    steps: list[tuple[Weighed, str]] = []
    closings: list[Weighed] = []
    for fact in chain:
        if fact.kind == "case_closed":
            if custody in CLOSING_FREES:
                closings.append(fact)
            continue
        custody = target(fact)
        steps.append((fact, custody))
    if closings:  # nothing follows the first of them; of several, the one that counts
        best = min(closings, key=Weighed.rank)
        steps.append((best, target(best)))
    if not steps:
        only = Spell(
            _IN, entry.low, entry.high, entry.day, entry.grade,
            OPEN_FUTURE, OPEN_FUTURE, OPEN_FUTURE, 0, "", "", None,
        )  # fmt: skip
        return [only], (entry.low, entry.high, entry.day)
    bounded = _bounded(entry, [fact for fact, _ in steps])
    found = []
    custody, grade = _IN, entry.grade
    for place, (fact, after) in enumerate(steps):
        found.append(
            Spell(
                custody, *bounded[place], grade, *bounded[place + 1], fact.grade, exit_kind(fact), after, fact
            )
        )
        custody, grade = after, fact.grade
    found.append(Spell(custody, *bounded[-1], grade, OPEN_FUTURE, OPEN_FUTURE, OPEN_FUTURE, 0, "", "", None))
    return found, bounded[0]


def _bounded(entry: Entry, chain: Sequence[Weighed]) -> list[tuple[int, int, int]]:
    lows, highs = [entry.low], [entry.high]
    for fact in chain:
        lows.append(max(fact.low, lows[-1]))
        highs.append(fact.high)
    closed = chain[-1].kind == "case_closed"
    for place in range(len(highs) - (3 if closed else 2), -1, -1):
        highs[place] = min(highs[place], highs[place + 1])
    if closed:  # the case may have been closed first: freedom then began on the way out
        highs[-1] = max(highs[-1], highs[-2])
    days = [min(max(entry.day, lows[0]), highs[0])]
    days.extend(min(max(fact.day, lows[n]), highs[n]) for n, fact in enumerate(chain, 1))
    if days[0] > days[1]:  # the less precise of the two gives way
        if entry.span > chain[0].span:
            days[0] = days[1]
        else:
            days[1:] = [max(day, days[0]) for day in days[1:]]
    return list(zip(lows, highs, days, strict=True))
