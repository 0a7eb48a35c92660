"""Why somebody is counted at the end of a balance and was not at its beginning, or the other way round.

Each person has exactly one cause: the first that holds, in the order of the enumerations.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class In(StrEnum):
    """Causes of being in the closing set but not in the opening one, by precedence."""

    MERGED_OR_SPLIT = "merged_or_split"
    RE_ARRESTED = "re_arrested"
    ARRESTED = "arrested"
    MOVED_IN = "moved_in"  # to a state that is counted, from one that is not
    LEARNED_LATE = "learned_late"
    RECOGNISED_LATE = "recognised_late"
    CORRECTED_IN = "corrected_in"


class Out(StrEnum):
    """Causes of being in the opening set but not in the closing one, by precedence."""

    MERGED_OR_SPLIT = "merged_or_split"
    RELEASED = "released"
    DIED = "died"
    ESCAPED = "escaped"
    MOVED_OUT = "moved_out"  # to a custody that the rule leaves out
    RELEASED_EARLIER = "released_earlier"  # before the opening, but learned after it
    CORRECTED_OUT = "corrected_out"
    ERASED = "erased"


FIRST_KNOWN, CONFIRMED = "first_known", "confirmed"
"""Kinds of In.LEARNED_LATE: nothing was known before, or too little for the minimum grade."""

CHANGED = "changed"
"""Kind of a move without a change of custody: the case or the whereabouts changed."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of somebody who came in; the detention is the one counted at the closing.

    `swapped`: at the opening the same detention was counted under another person. `counted_after_opening`:
    as known at the closing, the detention counts only from a day after the opening's on. `detained_before`:
    the person had an earlier detention. `counted_then`: as known at the closing, it counted on the opening's
    day. `known`, `graded`, `recognised`: as known at the opening there was something on the detention; it
    had the minimum grade; and with it the recognition that the rule asks for.
    """

    swapped: bool
    counted_after_opening: bool
    detained_before: bool
    counted_then: bool
    known: bool
    graded: bool
    recognised: bool


@dataclass(frozen=True, slots=True)
class Departure:
    """What is known of somebody who went; the detention is the one counted at the opening.

    `swapped`: at the closing the same detention is counted under another person. `erased`: its facts were
    erased. `admitted`: as known at the closing it is still one that the rule counts. `counted_then`: and it
    counted on the opening's day. `exit_kind`: how, as known at the closing, the counted custody was left
    ("" if it was not), and `left_after_opening`: whether on a day after the opening's.
    """

    swapped: bool
    erased: bool
    admitted: bool
    counted_then: bool
    exit_kind: str
    left_after_opening: bool


def cause_of_arrival(person: Arrival) -> tuple[In, str]:
    """The cause and its kind ("" where the cause has none)."""
    if person.swapped:
        return In.MERGED_OR_SPLIT, ""
    if person.counted_after_opening:
        return (In.RE_ARRESTED if person.detained_before else In.ARRESTED), ""
    if not person.counted_then:
        return In.MOVED_IN, ""
    if not person.graded:
        return In.LEARNED_LATE, CONFIRMED if person.known else FIRST_KNOWN
    if not person.recognised:
        return In.RECOGNISED_LATE, ""
    return In.CORRECTED_IN, ""


def cause_of_departure(person: Departure) -> tuple[Out, str]:
    """The cause and its kind: of releases and moves the last part of the exit's kind."""
    if person.swapped:
        return Out.MERGED_OR_SPLIT, ""
    if person.erased:
        return Out.ERASED, ""
    if not person.admitted:
        return Out.CORRECTED_OUT, ""
    stem, _, kind = person.exit_kind.partition(".")
    if not person.exit_kind:
        return (Out.MOVED_OUT, CHANGED) if person.counted_then else (Out.CORRECTED_OUT, "")
    if not person.left_after_opening:
        return Out.RELEASED_EARLIER, kind or stem
    if stem == "release":
        return Out.RELEASED, kind
    if stem in ("death", "escape"):
        return (Out.DIED if stem == "death" else Out.ESCAPED), ""
    return Out.MOVED_OUT, kind or stem
