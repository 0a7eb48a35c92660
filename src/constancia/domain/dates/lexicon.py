"""The words that a language writes dates with, as data; the grammar over them is in `phrases`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum, auto


class Op(Enum):
    """What a phrase around a date does to it."""

    ABOUT = auto()
    DOUBT = auto()
    BEFORE = auto()
    AFTER = auto()
    SINCE = auto()
    UNTIL = auto()
    OR_BEFORE = auto()
    OR_AFTER = auto()
    BETWEEN = auto()
    AND = auto()
    TO = auto()
    OR = auto()
    ROUGH_ENDS = auto()


class Unit(Enum):
    """A part of something longer, or a longer stretch."""

    WEEK = auto()
    FORTNIGHT = auto()
    HALF = auto()
    QUARTER = auto()
    FOUR_MONTHS = auto()
    SEMESTER = auto()
    DECADE = auto()


class Third(Enum):
    """Early, middle, late: of a month, a year or a decade."""

    EARLY = 0
    MIDDLE = 1
    LATE = 2


LAST = -1
"""Ordinal of "the last"."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All keys are folded: no accents, lower case.

    `phrases` holds what remains of a phrase once `fillers` are dropped ("antes de" is ("antes",)).
    `tens` are decades named without their century ("setenta"); `relative` words depend on the day
    on which they were said.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    ordinals: dict[str, int]
    units: dict[str, Unit]
    thirds: dict[str, Third]
    phrases: dict[tuple[str, ...], Op]
    fillers: frozenset[str]
    tens: frozenset[str]
    relative: frozenset[str]
    unknown: frozenset[str]

    def __or__(self, other: Lexicon) -> Lexicon:
        """Both languages at once; the words that they share mean the same (a test sees to it)."""
        return Lexicon(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(self)))
