"""One person as known at one instant: the live facts, weighed and in order; fold and case page share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from constancia.domain.facts.kinds import Part
from constancia.domain.facts.record import History
from constancia.domain.grading import Policy
from constancia.domain.timeline.agreement import Opinions, weigh
from constancia.domain.timeline.chain import Refused, Spell, accepted, spells
from constancia.domain.timeline.entry import Entry, entry_of
from constancia.domain.timeline.liveness import live, superseders
from constancia.domain.timeline.moments import day_known
from constancia.domain.timeline.person import COUNTED, Attributes, attributes
from constancia.domain.timeline.segments import Detained, detained
from constancia.domain.timeline.weighed import IN_TIME, PART_OF, Weighed, weighable
from constancia.domain.vocabulary.terms import Grade

_OF_DETENTION = {kind: PART_OF[kind] for kind in IN_TIME}
_OF_DETENTION["recognition"] = Part.DECISION


class Chronicle:
    """One history under one basis, ready to be reckoned at any known time."""

    __slots__ = ("facts", "history", "instants", "opinions", "policy", "superseded_by", "zone")

    def __init__(self, history: History, policy: Policy, basis: int, zone: tzinfo) -> None:
        self.history = history
        self.policy = policy
        self.zone = zone
        self.facts = weighable(history.facts, basis, zone)
        self.superseded_by = superseders(self.facts)
        self.opinions = Opinions(history, basis)
        instants = {fact.known for fact in self.facts}
        instants |= self.opinions.instants
        instants.update(history.counted_as)
        self.instants = sorted(instants)

    def live_at(self, at: int) -> list[Weighed]:
        """The facts live at `at` (µs), in the order recorded; not graded."""
        return live(self.facts, at, self.superseded_by)


@dataclass(frozen=True, slots=True)
class DetentionAt:
    """One detention as known at one instant. `moves`: what may change custody, undisputed or not."""

    detention: int
    by_part: dict[Part, list[Weighed]]
    entry: Entry
    moves: list[Weighed]
    detained: Detained
    recognition: str

    def chain(self, least: int) -> tuple[list[Weighed], list[Refused]]:
        """The moves of at least that grade that make the chain, and those refused."""
        return accepted(self.entry, [fact for fact in self.moves if fact.grade >= least])

    def spells(self, least: int) -> tuple[list[Spell], tuple[int, int, int]]:
        """The spells for a minimum exit grade, and the entry's bounds and reckoning day among them."""
        return spells(self.entry, self.chain(least)[0])


@dataclass(frozen=True, slots=True)
class PersonAt:
    """One person as known at one instant. Detentions of which nothing says when are left out."""

    attributes: Attributes
    ages: tuple[tuple[Weighed, int], ...]
    detentions: list[DetentionAt]
    unplaced: dict[int, dict[Part, list[Weighed]]] = field(default_factory=dict)


def reckon(chronicle: Chronicle, at: int) -> PersonAt:
    """Weighs and orders what is live at `at` (µs)."""
    of_person: list[Weighed] = []
    by_detention: dict[int, dict[Part, list[Weighed]]] = {}
    counting: list[Weighed] = []
    for fact in chronicle.live_at(at):
        part = _OF_DETENTION.get(fact.kind)
        if part is None:
            if fact.kind in COUNTED:
                of_person.append(fact)
                counting.append(fact)
        elif fact.detention is not None:
            by_detention.setdefault(fact.detention, {}).setdefault(part, []).append(fact)
            counting.append(fact)
    weigh(counting, chronicle.opinions, chronicle.policy, at)
    detentions, unplaced = [], {}
    for detention in sorted(by_detention):
        by_part = by_detention[detention]
        entry = entry_of(by_part)
        if entry is None:
            unplaced[detention] = by_part
            continue
        moves = list(by_part.get(Part.MOVE, ()))
        moves.extend(fact for fact in by_part.get(Part.CASE, ()) if fact.kind == "case_closed")
        detentions.append(
            DetentionAt(
                detention,
                by_part,
                entry,
                moves,
                detained(entry, by_part),
                _recognition(by_part.get(Part.DECISION, ())),
            )
        )
    told = attributes(of_person)
    return PersonAt(told, _aged(told, detentions, chronicle), detentions, unplaced)


def _recognition(decisions: Sequence[Weighed]) -> str:
    """Under each framework the latest decision holds, unless somebody doubts it."""
    latest: dict[str, Weighed] = {}
    for fact in decisions:
        framework = fact.fields["framework"]
        if fact.grade > Grade.DISPUTED and (
            framework not in latest or fact.latest_word() > latest[framework].latest_word()
        ):
            latest[framework] = fact
    return " ".join(sorted(f"{name}:{fact.fields['outcome']}" for name, fact in latest.items()))


def _aged(
    told: Attributes, detentions: Sequence[DetentionAt], chronicle: Chronicle
) -> tuple[tuple[Weighed, int], ...]:
    """Each age with the day it was the person's age on: its own date, else the entry day of the detention
    that was the latest when the age became known (the first detention if all began later)."""
    entries = sorted(detention.entry.day for detention in detentions)
    found = []
    for age in told.ages:
        day = age.fact.when.day
        if day is not None:
            found.append((age, day.toordinal()))
        elif entries:
            known = day_known(age.known, chronicle.zone)
            begun = [entry for entry in entries if entry <= known]
            found.append((age, begun[-1] if begun else entries[0]))
    return tuple(found)
