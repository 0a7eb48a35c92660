"""What is compared and what comes out: a mention of somebody, a person of the register, candidates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Days = tuple[int, int]
"""Between which days something was, both included, as proleptic ordinals (`date.toordinal`)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What a list says of one person: the name as written, and whatever else it has; "" or None: nothing.

    `born`: between which days. `sex`, `state`: codes of the vocabulary. `day`: between which days the person
    was detained, where the list says so (not the day of what the list is about).
    """

    name: str
    document: str = ""
    born: Days | None = None
    sex: str = ""
    state: str = ""
    place: str = ""
    day: Days | None = None
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the register holds of one person. `key`: the person's number, never shown.

    `names`: as written, the name first, then earlier wordings and aliases. `given`, `surnames`: the parts of
    the first name where its source told them apart, else "". `days`: of each detention, when it began.
    """

    key: int
    names: tuple[str, ...]
    given: str = ""
    surnames: str = ""
    documents: tuple[str, ...] = ()
    born: Days | None = None
    sex: str = ""
    states: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    days: tuple[Days, ...] = ()
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison's part in a candidate's probability.

    `comparison`: its code, with the level reached ("name.sound"); `theirs`, `ours`: the two values compared,
    as written ("" where one is missing); `weight`: what it contributed, in bits (base-2 logarithm of how
    many times likelier the two values are if it is one person): above 0 speaks for it, below 0 against it.
    """

    comparison: str
    theirs: str
    ours: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the register who may be meant. `probability` in [0, 1], calibrated: of those given 0.9,
    nine in ten are right. `weight`: the sum of the reasons' weights, in bits."""

    key: int
    probability: float
    weight: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """The candidates of one mention, the likeliest first; with `nobody` their probabilities add up to at
    most 1. `comparable` is False where the name has nothing that can be compared: then there are none."""

    candidates: tuple[Candidate, ...]
    nobody: float
    comparable: bool = True

    @property
    def margin(self) -> float:
        """How much likelier the first candidate is than the second; 0 without candidates."""
        if not self.candidates:
            return 0.0
        second = self.candidates[1].probability if len(self.candidates) > 1 else 0.0
        return self.candidates[0].probability - second


class Proposed(StrEnum):
    """What is proposed for an entry; never more than a proposal."""

    PERSON = "person"
    NEW = "new"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a list as a whole says of one entry: `key` is the person's, None unless PERSON.

    One person is proposed for one entry at most. `probability`: of what is proposed.
    """

    proposed: Proposed
    key: int | None
    probability: float
    margin: float
