"""How each known fact stands: whether it counts, agrees with what counts, or yields to it, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from constancia.domain.facts.kinds import Part
from constancia.domain.timeline.agreement import agree
from constancia.domain.timeline.reckoning import DetentionAt
from constancia.domain.timeline.weighed import Weighed
from constancia.domain.vocabulary.terms import Grade


class Status(StrEnum):
    """How a fact stands at a known time."""

    COUNTS = "counts"
    AGREES = "agrees"  # says the same as a fact that counts
    CONFLICTS = "conflicts"  # says something else than a fact that counts
    WAITS = "waits"  # says more of the beginning than what counts, and is not verified as that is
    DISPUTED = "disputed"  # somebody doubts it: it counts nowhere
    REPLACED = "replaced"  # a later decision of the same kind holds
    SUPERSEDED = "superseded"  # corrected by another fact
    WITHDRAWN = "withdrawn"
    NOTED = "noted"  # nothing is counted by it


class Lost(StrEnum):
    """By what a fact yields to the one that counts."""

    GRADE = "lower_grade"
    PRECISION = "less_precise"
    KNOWN = "known_earlier"
    RECORDED = "recorded_earlier"


@dataclass(frozen=True, slots=True)
class Standing:
    """`against`: seq of the fact it agrees with, yields to or was superseded by. `why`: codes, most telling
    first: `Lost` values, and for ways out `before_entry`, `same_day`, `not_possible`."""

    status: Status
    against: int | None = None
    why: tuple[str, ...] = ()


_COUNTS = Standing(Status.COUNTS)
_DISPUTED = Standing(Status.DISPUTED)
_BY_RANK = (Lost.GRADE, Lost.PRECISION, Lost.KNOWN, Lost.RECORDED)
_BEST_COUNTS = frozenset(("sex", "profile", "nationality", "occupation", "birth", "age"))
_LATEST_COUNTS = {"recognition": "framework", "consent": ""}


def lost_by(fact: Weighed, winner: Weighed) -> Lost:
    """The first in which `winner` goes before `fact`: grade, precision, known time, order of recording."""
    pairs = zip(_BY_RANK, winner.rank(), fact.rank(), strict=True)
    return next((why for why, better, worse in pairs if better < worse), Lost.RECORDED)


def of_detention(detention: DetentionAt) -> dict[int, Standing]:
    """The standing of the live facts that tell of the detention's course, by seq."""
    found: dict[int, Standing] = {}
    for part in (Part.PLACE, Part.CASE, Part.ENTRY):
        for fact in detention.by_part.get(part, ()):
            found[fact.seq] = _COUNTS if fact.grade else _DISPUTED
    winner = detention.entry.fact
    for fact in detention.entry.ranked:
        if fact is winner:
            found[fact.seq] = _COUNTS if fact.grade else _DISPUTED
        elif fact.grade:
            status = Status.AGREES if agree(fact, winner) else Status.CONFLICTS
            found[fact.seq] = Standing(status, winner.seq, (lost_by(fact, winner).value,))
    for fact in detention.by_part.get(Part.ENTRY, ()):
        if fact.grade and fact not in detention.entry.ranked and _says_more(fact, winner):
            found[fact.seq] = Standing(Status.WAITS, winner.seq, (Lost.GRADE.value,))
    chain, refused = detention.chain(Grade.REPORTED)
    by_seq = {fact.seq: fact for part in detention.by_part.values() for fact in part}
    for move in detention.moves:
        found[move.seq] = _COUNTS if move.grade else _DISPUTED
    for one in refused:
        if one.fact.kind == "case_closed":  # it moves nobody, and still says how the case stands
            continue
        same = next((other for other in chain if agree(one.fact, other)), None)
        if same is not None:
            found[one.fact.seq] = Standing(Status.AGREES, same.seq, (lost_by(one.fact, same).value,))
            continue
        why = [lost_by(one.fact, by_seq[one.against]).value] if one.why != "before_entry" else []
        found[one.fact.seq] = Standing(Status.CONFLICTS, one.against, (*why, one.why.value))
    closings = sorted((fact for fact in chain if fact.kind == "case_closed"), key=Weighed.rank)
    for fact in closings[1:]:
        status = Status.AGREES if agree(fact, closings[0]) else Status.CONFLICTS
        found[fact.seq] = Standing(status, closings[0].seq, (lost_by(fact, closings[0]).value,))
    found.update(of_others(detention.by_part.get(Part.DECISION, ())))
    return found


def _says_more(fact: Weighed, winner: Weighed) -> bool:
    """Whether the fact would be the beginning, were it as sure as the one that is."""
    return winner.kind != "arrest" and (fact.kind == "arrest" or winner.kind != "disappearance")


def of_others(facts: Iterable[Weighed]) -> dict[int, Standing]:
    """The standing of live facts about the person, and of decisions, by seq."""
    groups: dict[tuple[str, str], list[Weighed]] = {}
    found: dict[int, Standing] = {}
    for fact in facts:
        if fact.kind in _LATEST_COUNTS:
            key = fact.fields.get(_LATEST_COUNTS[fact.kind], "")
            groups.setdefault((fact.kind, str(key)), []).append(fact)
        elif fact.kind in _BEST_COUNTS:
            groups.setdefault((fact.kind, ""), []).append(fact)
        else:
            quiet = _COUNTS if fact.kind == "group" else Standing(Status.NOTED)
            found[fact.seq] = quiet if fact.grade else _DISPUTED
    for (kind, _), group in groups.items():
        found.update(_latest(group) if kind in _LATEST_COUNTS else _best(group))
    return found


def _latest(group: Sequence[Weighed]) -> dict[int, Standing]:
    standing = [fact for fact in group if fact.grade]
    winner = max(standing, key=Weighed.latest_word, default=None)
    return {
        fact.seq: _COUNTS
        if fact is winner
        else Standing(Status.REPLACED, winner.seq if winner else None)
        if fact.grade
        else _DISPUTED
        for fact in group
    }


def _best(group: Sequence[Weighed]) -> dict[int, Standing]:
    winner = min(group, key=Weighed.rank)
    found = {}
    for fact in group:
        if not fact.grade:
            found[fact.seq] = _DISPUTED
        elif fact is winner:
            found[fact.seq] = _COUNTS
        else:
            status = Status.AGREES if agree(fact, winner) else Status.CONFLICTS
            found[fact.seq] = Standing(status, winner.seq, (lost_by(fact, winner).value,))
    return found
