"""What a case page shows: every detention as of a day, as known at an instant, and how each fact stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from constancia.domain.facts.record import Fact, History
from constancia.domain.grading import Graded, Policy
from constancia.domain.timeline.agreement import graded
from constancia.domain.timeline.anomalies import Anomaly, anomalies
from constancia.domain.timeline.chain import Spell
from constancia.domain.timeline.moments import micros
from constancia.domain.timeline.person import Attributes
from constancia.domain.timeline.reckoning import Chronicle, DetentionAt, reckon
from constancia.domain.timeline.segments import Strand, cut
from constancia.domain.timeline.standing import Standing, Status, of_detention, of_others
from constancia.domain.timeline.state import BASIS_DECLARED, OPEN_FUTURE
from constancia.domain.timeline.weighed import Weighed
from constancia.domain.vocabulary.terms import Grade


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact with its grade and why, and how it stands. `day`: reckoning day, None where undated."""

    fact: Fact
    graded: Graded
    standing: Standing
    day: date | None


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where somebody stands on a day. `custody` is "" before the detention began."""

    custody: str
    case_state: str
    measures: tuple[str, ...]
    place: str
    state: str
    whereabouts: str


@dataclass(frozen=True, slots=True)
class DetentionView:
    """One detention. `now` goes by all reported exits, `confirmed` by verified ones alone.

    `spells` are those of `now`; `facts` in order of their days, undated ones last. `entry_kind` is "" where
    nothing says when the detention was: then there are no spells.
    """

    detention: int
    entry_kind: str
    entry_grade: Grade
    now: Standpoint
    confirmed: Standpoint
    spells: tuple[Spell, ...]
    authority: str
    context: str
    recognition: str
    facts: tuple[FactView, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """One person's case as of `as_of`, as known at `known_at`."""

    person: int
    as_of: date
    known_at: datetime
    attributes: Attributes
    detentions: tuple[DetentionView, ...]
    facts: tuple[FactView, ...]
    anomalies: tuple[Anomaly, ...]

    def all_facts(self) -> Iterable[FactView]:
        """Every fact of the case, about the person first."""
        yield from self.facts
        for detention in self.detentions:
            yield from detention.facts


_NOWHERE = Standpoint("", "", (), "", "", "")


def case_view(
    history: History,
    policy: Policy,
    *,
    as_of: date,
    known_at: datetime,
    zone: tzinfo,
    basis: int = BASIS_DECLARED,
) -> CaseView:
    """The case as known at `known_at` (aware), on the day `as_of`; `basis`: BASIS_DECLARED or _WITNESSED."""
    chronicle = Chronicle(history, policy, basis, zone)
    at, day = micros(known_at), as_of.toordinal()
    known = reckon(chronicle, at)
    viewed = _Viewer(chronicle, at)
    detentions = [_detention(one, day, viewed) for one in known.detentions]
    placed = {one.detention for one in known.detentions}
    detentions.extend(
        DetentionView(number, "", Grade.DISPUTED, _NOWHERE, _NOWHERE, (), "", "", "", viewed.of(number, {}))
        for number in sorted(viewed.detentions - placed)
    )
    return CaseView(
        history.person,
        as_of,
        known_at,
        known.attributes,
        tuple(detentions),
        viewed.of(None, {}),
        anomalies(known, day),
    )


class _Viewer:
    """Grades and sets in order every fact known at one instant, live or not."""

    def __init__(self, chronicle: Chronicle, at: int) -> None:
        self._chronicle = chronicle
        self._at = at
        self._known = [fact for fact in chronicle.facts if fact.known <= at]
        self._live = chronicle.live_at(at)
        self._alive = {fact.seq for fact in self._live}
        self._graded = {fact.seq: self._grade(fact) for fact in self._known}
        for fact in self._live:
            fact.grade = int(self._graded[fact.seq].grade)
        self.detentions = {fact.detention for fact in self._known if fact.detention is not None}

    def _grade(self, fact: Weighed) -> Graded:
        alike = [
            other for other in self._live if other.kind == fact.kind and other.detention == fact.detention
        ]
        chronicle = self._chronicle
        return graded(fact, alike, chronicle.opinions, chronicle.policy, self._at)

    def of(self, detention: int | None, standings: dict[int, Standing]) -> tuple[FactView, ...]:
        """The facts of one detention (None: of the person) with their standings."""
        told = [fact for fact in self._known if fact.detention == detention]
        others = of_others(f for f in told if f.seq in self._alive and f.seq not in standings)
        views = []
        for fact in told:
            standing = standings.get(fact.seq) or others.get(fact.seq) or self._gone(fact)
            dated = fact.fact.when.earliest is not None or fact.fact.when.latest is not None
            day = fact.fact.when.day if dated else None
            views.append((day is None, day or date.min, fact.known, fact.seq, standing, fact, day))
        views.sort(key=lambda view: view[:4])
        return tuple(
            FactView(fact.fact, self._graded[fact.seq], standing, day) for *_, standing, fact, day in views
        )

    def _gone(self, fact: Weighed) -> Standing:
        by = [f for f in self._chronicle.superseded_by.get(fact.seq, ()) if f.seq in self._alive]
        if not by:
            return Standing(Status.NOTED)
        last = max(by, key=Weighed.latest_word)
        status = Status.WITHDRAWN if last.kind == "withdrawal" else Status.SUPERSEDED
        return Standing(status, last.seq)


def _detention(detention: DetentionAt, day: int, viewed: _Viewer) -> DetentionView:
    reported, _ = detention.spells(Grade.REPORTED)
    verified, _ = detention.spells(Grade.VERIFIED)
    return DetentionView(
        detention.detention,
        detention.entry.kind,
        Grade(detention.entry.grade),
        _standpoint(detention, reported, day),
        _standpoint(detention, verified, day),
        tuple(reported),
        detention.detained.strands[0].authority,
        detention.detained.context,
        detention.recognition,
        viewed.of(detention.detention, of_detention(detention)),
    )


def _standpoint(detention: DetentionAt, spells: list[Spell], day: int) -> Standpoint:
    for spell in spells:
        if spell.start_day <= day < spell.end_day:
            strand = _strand(detention, spell, day)
            return Standpoint(
                spell.custody,
                strand.case_state,
                tuple(strand.measures.split()),
                strand.place,
                strand.state,
                strand.whereabouts,
            )
    return _NOWHERE


def _strand(detention: DetentionAt, spell: Spell, day: int) -> Strand:
    segments = cut(detention.detained, spell.custody, spell.start_low, spell.end_high)
    return next(strand for low, high, strand in segments if low <= min(day, OPEN_FUTURE - 1) < high)
