"""What an entry that is somebody of the register would record there, or why it would record nothing.

A list says one thing of everybody on it. Where the register has that already, of a time that can be the
same, the list becomes a further source of it; where it fits what is known of the person's detentions, it is
recorded as a fact; where it does not fit, or could mean two things, nothing is recorded and a person looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from constancia.domain.dates import ImpreciseDate
from constancia.domain.facts.kinds import Part
from constancia.domain.names import fold
from constancia.domain.timeline.reckoning import DetentionAt
from constancia.domain.timeline.state import OPEN_FUTURE, OPEN_PAST
from constancia.domain.timeline.weighed import Weighed
from constancia.domain.vocabulary.terms import Custody, Grade, ListKind

FACT = {
    ListKind.RELEASED: "release",
    ListKind.ARRESTED: "arrest",
    ListKind.HELD: "seen_held",
    ListKind.TRANSFERRED: "transfer",
}
"""The kind of fact that each kind of list reports."""
_INSIDE = (Custody.IN_CUSTODY.value, Custody.HOUSE_ARREST.value)


class Why(StrEnum):
    """Why an entry records nothing."""

    NO_DETENTION = "no_detention"  # no detention of the person is known
    OUT = "out"  # out already, since another day than the list's
    SEVERAL = "several"  # more than one open detention
    BEGAN_AFTER = "began_after"  # the detention began after the list's day
    SEEN_AFTER = "seen_after"  # somebody saw the person held after the list's day
    DISPUTED = "disputed"  # the register has it, and somebody doubts it
    OTHERWISE = "otherwise"  # held since another time than the arrest on the list
    UNCLEAR = "unclear"  # it may belong to one detention or to another
    NO_PLACE = "no_place"  # a transfer needs the place
    REPEATED = "repeated"  # an earlier entry of the list is the same person
    RECORDED = "recorded"  # this entry is recorded already
    IMPOSSIBLE = "impossible"  # the register refuses it: it cannot be true beside what is known
    NOT_HERE = "not_here"  # nobody of the register, on a list from which no case is made


@dataclass(frozen=True, slots=True)
class Told:
    """What the list says: of when (never unknown on both sides), and where ("" where it does not say)."""

    kind: ListKind
    when: ImpreciseDate
    place: str = ""
    state: str = ""

    @property
    def low(self) -> int:
        return self.when.earliest.toordinal() if self.when.earliest else OPEN_PAST

    @property
    def high(self) -> int:
        return self.when.latest.toordinal() if self.when.latest else OPEN_FUTURE


@dataclass(frozen=True, slots=True)
class Step:
    """`why` set: nothing is recorded. Else `attests`: the fact (seq) that gets a further source, or None: a
    new fact, on `detention`, or on a new one where that is None."""

    why: Why | None = None
    attests: int | None = None
    detention: int | None = None


def bring(told: Told, detentions: Sequence[DetentionAt]) -> Step:
    """What the list would record of a person with these detentions, as known now."""
    if told.kind is ListKind.TRANSFERRED and not fold(told.place):
        return Step(Why.NO_PLACE)
    there = _there(told, detentions)
    if there is not None:
        return _attest(told, there, detentions)
    if told.kind is ListKind.RELEASED:
        return _release(told, detentions)
    if told.kind is ListKind.ARRESTED:
        return _arrest(told, detentions)
    return _inside(told, detentions)


def _attest(told: Told, there: Weighed, detentions: Sequence[DetentionAt]) -> Step:
    if not there.grade:
        return Step(Why.DISPUTED)
    later = [one for one in _open(detentions) if one.detention != there.detention]
    if told.kind is ListKind.RELEASED and any(one.entry.low <= told.high for one in later):
        return Step(Why.UNCLEAR)  # out of that detention, or of the one that is open?
    return Step(attests=there.seq, detention=there.detention)


def _there(told: Told, detentions: Iterable[DetentionAt]) -> Weighed | None:
    """The live fact that says what the list says, of a time that can be the same; undisputed ones first."""
    wanted = FACT[told.kind]
    same = [
        fact
        for one in detentions
        for part in one.by_part.values()
        for fact in part
        if fact.kind == wanted and _meet(told, fact) and _fits(told, fact, one)
    ]
    return min(same, key=Weighed.rank, default=None)


def _fits(told: Told, fact: Weighed, one: DetentionAt) -> bool:
    """A person is released once at a time; arrested, within what the way out leaves; seen or moved, at a
    place."""
    if told.kind is ListKind.RELEASED:
        return True
    if told.kind is ListKind.ARRESTED:
        low, high, _ = one.spells(Grade.REPORTED)[1]
        return low <= told.high and told.low <= high
    return fold(str(fact.fields.get("place", ""))) == fold(told.place)


def _meet(told: Told, fact: Weighed) -> bool:
    return fact.low <= told.high and told.low <= fact.high


def _end(one: DetentionAt) -> tuple[bool, int, int]:
    """Whether the person is inside still by all that is reported; else between which days that ended."""
    found, _ = one.spells(Grade.REPORTED)
    if found[-1].custody in _INSIDE:
        return True, OPEN_FUTURE, OPEN_FUTURE
    last = next(spell for spell in reversed(found) if spell.custody in _INSIDE)
    return False, last.end_low, last.end_high


def _open(detentions: Iterable[DetentionAt]) -> list[DetentionAt]:
    return [one for one in detentions if _end(one)[0]]


def _release(told: Told, detentions: Sequence[DetentionAt]) -> Step:
    held = _open(detentions)
    if not held:
        return Step(Why.OUT if detentions else Why.NO_DETENTION)
    if len(held) > 1:
        return Step(Why.SEVERAL)
    (one,) = held
    begun = one.by_part.get(Part.ENTRY, ())
    if one.entry.low > told.high or (begun and all(fact.low > told.high for fact in begun)):
        return Step(Why.BEGAN_AFTER)
    if any(fact.grade and fact.low > told.high for fact in one.by_part.get(Part.PLACE, ())):
        return Step(Why.SEEN_AFTER)
    return Step(detention=one.detention)


def _arrest(told: Told, detentions: Sequence[DetentionAt]) -> Step:
    held = _open(detentions)
    if len(held) > 1:
        return Step(Why.SEVERAL)
    if held:
        (one,) = held
        arrested = any(fact.kind == "arrest" and fact.grade for fact in one.by_part.get(Part.ENTRY, ()))
        if arrested or told.low > one.entry.high or told.high < one.entry.low:
            return Step(Why.OTHERWISE)
        return Step(detention=one.detention)
    for one in detentions:
        _, _, ended = _end(one)
        if not (ended <= told.low or one.entry.low > told.high):
            return Step(Why.UNCLEAR)
    return Step()


def _inside(told: Told, detentions: Sequence[DetentionAt]) -> Step:
    """Seen held, or moved: on the detention in which the person certainly was inside on that day."""
    if not detentions:
        return Step(Why.NO_DETENTION)
    held = _open(detentions)
    if len(held) > 1:
        return Step(Why.SEVERAL)
    if held and held[0].entry.low <= told.high:
        return Step(detention=held[0].detention)
    then = [one for one in detentions if one.entry.low <= told.high and told.high < _end(one)[1]]
    if len(then) == 1:
        return Step(detention=then[0].detention)
    return Step(Why.BEGAN_AFTER if held else Why.OUT)
