"""What waits to be judged, what was doubted, what contradicts itself, and what was judged last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.register.access import visible
from constancia.apps.register.identity import judged
from constancia.apps.register.likeness import Pair, pairs, searching
from constancia.apps.register.models import Fact
from constancia.apps.register.queries import Side, names_of, sides
from constancia.domain.matching.clusters import Judged, Said, Standing
from constancia.domain.matching.degrees import likelihood
from constancia.domain.matching.shapes import Reason
from constancia.domain.vocabulary.terms import IdentityVerdict, Likelihood

LEAST = 0.5
"""From which probability on a pair is put before people."""
MOST = 500
"""Pairs suggested at most; whoever judges them gets the next."""
LATEST = 100
"""Judgements shown, the last first."""


class Shelf(StrEnum):
    """Where a pair stands: nobody has looked; somebody was unsure; a judgement speaks against it."""

    OPEN = "open"
    UNSURE = "unsure"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Against:
    """A "different" that stands between the two clusters: fact `fact`. Codes are "" for who may not see."""

    fact: int
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who may be one. `probability` is None, and there are no reasons, where only people said so.

    `against`: the judgements by which they are different. `unsure`: the fact of the doubt, `note` its reason.
    """

    one: Side
    other: Side
    shelf: Shelf
    probability: float | None
    likelihood: Likelihood | None
    reasons: tuple[Reason, ...]
    against: tuple[Against, ...]
    unsure: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of a shelf. `counts` of every shelf; `more`: there are further pages."""

    shelf: Shelf
    suggestions: tuple[Suggestion, ...]
    counts: Mapping[Shelf, int]
    page: int
    more: bool
    searching: bool = False
    """The first search of a large register is still going on: there will be more."""


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A judgement that holds, on two people whom the user may see. `own`: the user said so."""

    fact: int
    one: str
    other: str
    one_name: str
    other_name: str
    verdict: IdentityVerdict
    reason: str
    recorder: str
    own: bool
    known_at: datetime
    set_aside: bool


@dataclass(frozen=True, slots=True)
class _Found:
    one: int
    other: int
    shelf: Shelf
    pair: Pair | None


def queue(
    user: User,
    shelf: Shelf = Shelf.OPEN,
    page: int = 1,
    size: int = 10,
    least: float = LEAST,
    *,
    patient: bool = False,
) -> Queue:
    """The likeliest first. Nobody for who may not review; pairs only of people the user may see.

    A pair on which somebody said "different" is never suggested again, nor two who are one already; of
    two clusters only the likeliest pair is. In a large register the first search takes minutes: `patient`
    waits for it, otherwise it goes on behind (`Queue.searching`).
    """
    if not may(user, Permission.CASE_REVIEW):
        return Queue(shelf, (), dict.fromkeys(Shelf, 0), 1, False)
    now = judged()
    found = _found(user, now, least, patient=patient)
    here = [one for one in found if one.shelf is shelf]
    start = (max(1, page) - 1) * size
    return Queue(
        shelf,
        _suggestions(user, now, here[start : start + size]),
        dict.fromkeys(Shelf, 0) | Counter(one.shelf for one in found),
        max(1, page),
        len(here) > start + size,
        searching(),
    )


def _found(user: User, now: Judged, least: float, *, patient: bool) -> list[_Found]:
    found: dict[tuple[int, int], _Found] = {}
    most = MOST + len(now.said)
    suggested = {
        (pair.one, pair.other): pair for pair in pairs(user, least=least, limit=most, patient=patient)
    }
    for pair in suggested.values():
        standing = now.between(pair.one, pair.other)
        if standing is Standing.SAME or now.on(pair.one, pair.other) is Standing.DIFFERENT:
            continue
        shelf = {Standing.DIFFERENT: Shelf.CONTRADICTED, Standing.UNSURE: Shelf.UNSURE}.get(
            standing, Shelf.OPEN
        )
        found.setdefault(_clusters(now, pair.one, pair.other), _Found(pair.one, pair.other, shelf, pair))
    said = [(one, Shelf.UNSURE) for one in now.said if now.between(one.one, one.other) is Standing.UNSURE]
    said += [(one, Shelf.CONTRADICTED) for one in now.set_aside]
    seen = _seen(user, (person for one, _ in said for person in (one.one, one.other)))
    for one, shelf in said:
        both = _clusters(now, one.one, one.other)
        there = found.get(both)
        if one.one in seen and one.other in seen and (there is None or there.shelf is Shelf.OPEN):
            people = min(one.one, one.other), max(one.one, one.other)
            found[both] = _Found(*people, shelf, suggested.get(people))
    return list(found.values())


def _clusters(now: Judged, one: int, other: int) -> tuple[int, int]:
    heads = now.head(one), now.head(other)
    return min(heads), max(heads)


def _seen(user: User, persons: Iterable[int]) -> dict[int, str]:
    """Person → code, for those the user may see."""
    wanted = set(persons)
    return dict(visible(user).filter(pk__in=wanted).values_list("pk", "code")) if wanted else {}


def _suggestions(user: User, now: Judged, found: Sequence[_Found]) -> tuple[Suggestion, ...]:
    shown = sides(user, [person for one in found for person in (one.one, one.other)])
    parting = {one: now.parting(one.one, one.other) for one in found}
    codes = _seen(user, (p for many in parting.values() for said in many for p in (said.one, said.other)))
    doubts = {frozenset((s.one, s.other)): s for s in now.said if s.verdict is IdentityVerdict.UNSURE}
    notes = dict(
        Fact.objects.filter(pk__in=[one.number for one in doubts.values()]).values_list("pk", "fields")
        if any(one.shelf is Shelf.UNSURE for one in found)
        else ()
    )
    told = []
    for one in found:
        if one.one not in shown or one.other not in shown:
            continue
        doubt = doubts.get(frozenset((one.one, one.other)))
        told.append(
            Suggestion(
                one=shown[one.one],
                other=shown[one.other],
                shelf=one.shelf,
                probability=one.pair.probability if one.pair else None,
                likelihood=likelihood(one.pair.probability) if one.pair else None,
                reasons=_reasons(one.pair),
                against=tuple(_against(codes, said) for said in parting[one]),
                unsure=doubt.number if doubt else None,
                note=str(notes.get(doubt.number, {}).get("reason", "")) if doubt else "",
            )
        )
    return tuple(told)


def _reasons(pair: Pair | None) -> tuple[Reason, ...]:
    """What weighs most first, whether for or against."""
    return tuple(sorted(pair.reasons, key=lambda reason: -abs(reason.weight))) if pair else ()


def _against(codes: Mapping[int, str], said: Said) -> Against:
    return Against(said.number, codes.get(said.one, ""), codes.get(said.other, ""))


def latest(user: User, limit: int = LATEST) -> list[JudgedLine]:
    """The judgements that hold, the last first, on people the user may see."""
    if not may(user, Permission.CASE_REVIEW):
        return []
    now = judged()
    codes = _seen(user, (person for said in now.said for person in (said.one, said.other)))
    here = [said for said in reversed(now.said) if said.one in codes and said.other in codes][:limit]
    facts = Fact.objects.filter(pk__in=[said.number for said in here]).select_related("recorder").in_bulk()
    names = names_of(user, {person for said in here for person in (said.one, said.other)}, "duplicates")
    aside = {said.number for said in now.set_aside}
    return [
        JudgedLine(
            fact=said.number,
            one=codes[said.one],
            other=codes[said.other],
            one_name=names.get(said.one, ""),
            other_name=names.get(said.other, ""),
            verdict=said.verdict,
            reason=str(facts[said.number].fields.get("reason", "")),
            recorder=str(facts[said.number].recorder),
            own=facts[said.number].recorder_id == user.pk,
            known_at=facts[said.number].known_at,
            set_aside=said.number in aside,
        )
        for said in here
    ]
