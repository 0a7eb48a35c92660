"""How things stand with a person as known now: the line shown in lists, and what waits for a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from constancia.apps.register.identity import micros
from constancia.domain.facts.kinds import KINDS, Part
from constancia.domain.facts.record import Fact, History
from constancia.domain.timeline.state import BASIS_WITNESSED, KNOWN_OPEN, OPEN_FUTURE, StateVersion
from constancia.domain.vocabulary.states import region_code
from constancia.domain.vocabulary.terms import Grade, Verdict

_REVIEWED_PARTS = (Part.ENTRY, Part.MOVE)


@dataclass(frozen=True, slots=True)
class Card:
    """See `models.CaseCard`."""

    custody: str
    reported_custody: str
    case_state: str
    state: str
    place: str
    sex: str
    profile: str
    consent: str
    consent_until: int
    open_since: int
    pending: int
    order_day: int
    updated: int


def live_facts(history: History) -> list[Fact]:
    """Facts that nothing live supersedes, as known now, withdrawals left out; in recorded order.

    A superseding fact always has a higher number, so one pass from the end settles who is alive.
    """
    dead: set[int] = set()
    live: list[Fact] = []
    for fact in reversed(history.facts):
        if fact.seq in dead:
            continue
        if fact.supersedes is not None:
            dead.add(fact.supersedes)
        if fact.kind != "withdrawal":
            live.append(fact)
    live.reverse()
    return live


def pending_facts(history: History, live: Sequence[Fact]) -> list[Fact]:
    """Live facts recorded by hand that begin, end or recognise a stay and that only their recorder saw."""
    seen: set[int] = set()
    if history.reviews:
        recorder = {fact.seq: fact.recorder for fact in live}
        latest = {(r.fact, r.reviewer): r.verdict for r in history.reviews if r.fact is not None}
        seen = {
            fact
            for (fact, reviewer), verdict in latest.items()
            if fact is not None and verdict is not Verdict.RETRACT and reviewer != recorder.get(fact)
        }
    return [
        fact
        for fact in live
        if fact.batch is None
        and fact.seq not in seen
        and (fact.kind == "recognition" or KINDS[fact.kind].part in _REVIEWED_PARTS)
    ]


def regions_of(live: Sequence[Fact], entered_from: str) -> set[str]:
    """The states in which things happened to the person, and the region the case was entered from."""
    said = [fact.fields["state"] for fact in live if fact.detention is not None and fact.fields.get("state")]
    return {region_code(region) for region in (*said, entered_from) if region}


def card_of(history: History, live: Sequence[Fact], states: Sequence[StateVersion], pending: int) -> Card:
    """The person's card from the live facts and the state rows."""
    now = [
        s
        for s in states
        if s.known_to == KNOWN_OPEN and s.basis != BASIS_WITNESSED and s.seg_to == OPEN_FUTURE
    ]
    last = max((s.entry_day for s in now), default=0)
    current = [s for s in now if s.entry_day == last]
    verified = _at_end(current, Grade.VERIFIED)
    reported = _at_end(current, Grade.REPORTED) or verified
    order = 0
    if verified is not None and verified.next_custody == "" and verified.custody == "in_custody":
        order = max(
            (
                f.when.day.toordinal()
                for f in live
                if f.kind == "release_order" and f.detention == verified.detention and f.when.day is not None
            ),
            default=0,
        )
    consent: Mapping[str, Any] = next((f.fields for f in reversed(live) if f.kind == "consent"), {})
    until = "" if consent.get("withdrawn") else consent.get("until", "")
    return Card(
        custody=verified.custody if verified else "",
        reported_custody=reported.custody if reported else "",
        case_state=verified.case_state if verified else "",
        state=verified.state if verified else "",
        place=verified.place[:300] if verified else "",
        sex=verified.sex if verified else _value(live, "sex"),
        profile=verified.profile if verified else _value(live, "profile"),
        consent=consent.get("tier_given", ""),
        consent_until=date.fromisoformat(until).toordinal() if until else 0,
        open_since=last,
        pending=pending,
        order_day=order,
        updated=max((micros(fact.witnessed_at) for fact in history.facts), default=0),
    )


def _at_end(states: Sequence[StateVersion], grade: Grade) -> StateVersion | None:
    for state in reversed(states):
        if state.grade_low <= grade <= state.grade_high and state.end_day == OPEN_FUTURE:
            return state
    return None


def _value(live: Sequence[Fact], kind: str) -> str:
    return next((f.fields["value"] for f in reversed(live) if f.kind == kind), "")
