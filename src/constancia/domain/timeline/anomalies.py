"""What a person should look at in a case: each thing that does not fit, with the facts concerned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from constancia.domain.facts.kinds import Part
from constancia.domain.timeline.agreement import agree
from constancia.domain.timeline.chain import Spell, Why
from constancia.domain.timeline.reckoning import DetentionAt, PersonAt
from constancia.domain.vocabulary.terms import Custody, Grade

HELD = frozenset((Custody.IN_CUSTODY.value, Custody.HOUSE_ARREST.value))
SOON_AGAIN = 2
"""Days from a release to the next arrest within which a re-arrest is noted (48 hours)."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """`code` stands in `words.toml` under "anomaly."; `detentions` and `facts` are those concerned."""

    code: str
    detentions: tuple[int, ...]
    facts: tuple[int, ...] = ()


def anomalies(known: PersonAt, as_of: int) -> tuple[Anomaly, ...]:
    """What does not fit in what is known of one person; `as_of` (day ordinal) bounds the overdue exits."""
    stories = [(d, d.spells(Grade.REPORTED)[0]) for d in sorted(known.detentions, key=lambda d: d.entry.day)]
    found: list[Anomaly] = []
    for detention, _ in stories:
        found.extend(_of_entry(detention))
        found.extend(_of_moves(detention))
    found.extend(_overdue(stories, as_of))
    found.extend(_seen_after_exit(stories))
    found.extend(_overlaps(stories))
    found.extend(_soon_again(stories))
    found.extend(Anomaly("nothing_says_when", (detention,)) for detention in known.unplaced)
    return tuple(found)


def left_prison(spells: list[Spell]) -> Spell | None:
    """The first spell outside prison and house arrest, if there is one."""
    return next((spell for spell in spells if spell.custody not in HELD), None)


def _of_entry(detention: DetentionAt) -> Iterator[Anomaly]:
    winner = detention.entry.fact
    for fact in detention.entry.ranked[1:]:
        if fact.grade and not agree(winner, fact):
            yield Anomaly("conflicting_entries", (detention.detention,), (winner.seq, fact.seq))


def _of_moves(detention: DetentionAt) -> Iterator[Anomaly]:
    chain, refused = detention.chain(Grade.REPORTED)
    for one in refused:
        if one.why is Why.BEFORE_ENTRY:
            yield Anomaly("exit_before_entry", (detention.detention,), (one.fact.seq, one.against))
        elif one.fact.kind != "case_closed" and not any(agree(one.fact, other) for other in chain):
            yield Anomaly("conflicting_exits", (detention.detention,), (one.fact.seq, one.against))


def _overdue(stories: list[tuple[DetentionAt, list[Spell]]], as_of: int) -> Iterator[Anomaly]:
    for detention, spells in stories:
        if spells[-1].custody == Custody.IN_CUSTODY.value:
            for fact in detention.by_part.get(Part.CASE, ()):
                if fact.kind == "release_order" and fact.grade and fact.day <= as_of:
                    yield Anomaly("order_without_exit", (detention.detention,), (fact.seq,))


def _seen_after_exit(stories: list[tuple[DetentionAt, list[Spell]]]) -> Iterator[Anomaly]:
    for detention, spells in stories:
        out = left_prison(spells)
        for fact in detention.by_part.get(Part.PLACE, ()):
            if out is not None and fact.grade and fact.kind == "seen_held" and fact.low > out.start_high:
                yield Anomaly("seen_held_after_exit", (detention.detention,), (fact.seq,))


def _overlaps(stories: list[tuple[DetentionAt, list[Spell]]]) -> Iterator[Anomaly]:
    for (one, first), (other, second) in combinations(stories, 2):
        out = left_prison(first)
        both = (one.detention, other.detention)
        if out is None and left_prison(second) is None:
            yield Anomaly("two_open_detentions", both, (one.entry.fact.seq, other.entry.fact.seq))
        elif out is None or other.entry.high < out.start_low:
            yield Anomaly("overlapping_detentions", both, (one.entry.fact.seq, other.entry.fact.seq))


def _soon_again(stories: list[tuple[DetentionAt, list[Spell]]]) -> Iterator[Anomaly]:
    for (one, first), (other, _) in pairwise(stories):
        out = left_prison(first)
        if out is not None and 0 <= other.entry.day - out.start_day <= SOON_AGAIN:
            yield Anomaly("rearrest_within_48h", (one.detention, other.detention), (other.entry.fact.seq,))
