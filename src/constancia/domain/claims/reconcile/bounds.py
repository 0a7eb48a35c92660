"""What follows for quantities that nobody published, and from which claims.

A bound of the linear program is rounded inwards to whole numbers: every claim and every sum is whole, so no
world of whole numbers lies outside. The claims named are irreducible: without any of them the bound fails.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from constancia.domain.claims.reconcile.assertion import DETAINED, MINUTES, RELEASED
from constancia.domain.claims.reconcile.bulletins import Instant
from constancia.domain.claims.reconcile.conflicts import Effort
from constancia.domain.claims.reconcile.model import Model, Terms
from constancia.domain.claims.reconcile.partition import Filters
from constancia.domain.claims.reconcile.populations import COMPLEMENTS, SEXES
from constancia.domain.claims.reconcile.reading import Reading

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Bound:
    """`kind`: registered, late, left_otherwise, verified_between, rest, verified_later (a key of the words).

    From `after` (None: from the beginning) to `until`; `filters`: of whom, for `rest` those left out;
    `of`: the claim that `rest` or `verified_later` is about. `since`: the minute from which the totals of
    `verified_between` count.
    """

    kind: str
    low: int
    high: int | None
    low_claims: tuple[str, ...]
    high_claims: tuple[str, ...]
    until: Instant
    after: Instant | None = None
    what: str = RELEASED
    filters: Filters = ()
    of: str = ""
    since: int | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    kind: str
    terms: Terms
    until: Instant
    after: Instant | None = None
    what: str = RELEASED
    filters: Filters = ()
    of: str = ""
    since: int | None = None
    upwards: bool = False


def bounds(readings: Sequence[Reading], effort: Effort) -> list[Bound]:
    """Of readings that can all be true. Only what says something: a low above zero, or a high."""
    if not readings:
        return []
    model = Model(readings)
    if not model.program.feasible():
        return []
    found = []
    for asked in (*_of_the_list(model), *_between(model), *_rests(model), *_later(model)):
        if not effort.spend(2 * model.cost):
            break
        made = _bound(model, asked, effort)
        if made is not None:
            found.append(made)
    return _without_repeats(found)


def _bound(model: Model, asked: _Asked, effort: Effort) -> Bound | None:
    ids = [r.id for r in model.readings]
    low, low_claims = _least(model, asked.terms, ids, effort)
    high: int | None = None
    high_claims: tuple[str, ...] = ()
    if asked.upwards:
        opposite, high_claims = _least(model, {c: -v for c, v in asked.terms.items()}, ids, effort)
        high = None if opposite is None else -opposite
    low = max(0, low or 0)
    if not low and not high:
        return None
    if not low:
        low_claims = ()
    return Bound(
        asked.kind,
        low,
        high,
        low_claims,
        high_claims,
        asked.until,
        asked.after,
        asked.what,
        asked.filters,
        asked.of,
        asked.since,
    )


def _least(
    model: Model, terms: Terms, ids: Sequence[str], effort: Effort
) -> tuple[int | None, tuple[str, ...]]:
    """The least whole number that the claims leave to a sum, and an irreducible set of claims for it."""
    model.use(ids)
    value = model.program.least(terms)
    if value is None:
        return None, ()
    floor = math.ceil(value - _SLACK)
    rows = {model.rows[id]: id for id in ids}
    holding = [rows[row] for row in model.program.duals(rows)]
    if not _implies(model, terms, holding, floor):
        holding = list(ids)
    for id in _least_telling_first(model, holding):
        if not effort.spend(model.cost):
            break
        rest = [other for other in holding if other != id]
        if _implies(model, terms, rest, floor):
            holding = rest
    return floor, tuple(id for id in ids if id in holding)


def _implies(model: Model, terms: Terms, ids: Sequence[str], floor: int) -> bool:
    model.use(ids)
    value = model.program.least(terms)
    return value is not None and math.ceil(value - _SLACK) >= floor


def _least_telling_first(model: Model, ids: Sequence[str]) -> list[str]:
    """Parts before wholes, days before totals: the argument is to rest on the plainest claims."""
    by_id = {r.id: r for r in model.readings}
    return sorted(ids, key=lambda id: (not by_id[id].filters, by_id[id].narrow is not None, by_id[id].kind))


def _of_the_list(model: Model) -> Iterator[_Asked]:
    """Entries and other exits between two stocks, each with the next, and the first with the last."""
    known = {r.wide.known for r in model.readings if r.kind == "stock" and not r.filters}
    stocks = sorted(known, key=lambda one: (one.minute, one.tag))
    pairs = list(pairwise(stocks))
    if len(stocks) > 2:
        pairs.append((stocks[0], stocks[-1]))
    arrests = any(r.what == DETAINED and r.kind == "flow" and not r.filters for r in model.readings)
    for after, until in pairs:
        entries = model.registered(after, until)
        yield _Asked("registered", entries, until, after)
        earlier = model.verified(RELEASED, after, until, last=after.minute)
        otherwise = {**model.left_otherwise(after, until), **earlier}
        yield _Asked("left_otherwise", otherwise, until, after)
        if arrests:
            arrested = model.verified(DETAINED, None, until, ending_after=after.minute)
            yield _Asked("late", {**entries, **dict.fromkeys(arrested, -1.0)}, until, after)


def _between(model: Model) -> Iterator[_Asked]:
    """Events verified between two counts that follow each other."""
    totals = [r for r in model.readings if r.kind == "flow" and not r.filters and r.wide.last is None]
    for what in dict.fromkeys(r.what for r in totals):
        instants = {r.wide.known for r in totals if r.what == what and r.narrow == r.wide}
        for after, until in pairwise(sorted(instants, key=lambda one: (one.minute, one.tag))):
            firsts = [r.wide.first for r in totals if r.what == what and r.wide.known in (after, until)]
            if len(set(firsts)) != 1:
                continue
            terms = model.verified(what, after, until, firsts[0])
            yield _Asked("verified_between", terms, until, after, what, since=firsts[0], upwards=True)


def _rests(model: Model) -> Iterator[_Asked]:
    """What a stated part leaves of its stated whole, where nobody states the rest."""
    for members in model.groups.values():
        named = {r.filters: r for r in members}
        for r in members:
            if () not in named or len(r.filters) != 1:
                continue
            others = [
                (one if two == r.filters[0] else two,)
                for one, two in (*COMPLEMENTS, SEXES)
                if r.filters[0] in (one, two)
            ]
            if any(other in named for other in others):
                continue
            terms = {model.quantity(named[()].id): 1.0, model.quantity(r.id): -1.0}
            yield _Asked("rest", terms, r.wide.known, None, r.what, r.filters, r.id, upwards=True)


def _later(model: Model) -> Iterator[_Asked]:
    """How much of what a claim tells of its days must have been verified after an earlier total."""
    totals = sorted(
        (r for r in model.readings if r.kind == "flow" and not r.filters and r.narrow == r.wide),
        key=lambda r: (r.wide.known.minute, r.wide.known.tag),
    )
    for r in model.readings:
        if r.kind != "flow" or r.filters or r.wide.last is None:
            continue
        for total in totals:
            after = total.wide.known
            if total.what == r.what and r.wide.last - MINUTES <= after.minute < r.wide.known.minute:
                terms = model.verified(r.what, after, r.wide.known, r.wide.first, r.wide.last)
                yield _Asked("verified_later", terms, r.wide.known, after, r.what, (), r.id)


def _without_repeats(found: Sequence[Bound]) -> list[Bound]:
    """Of each claim's late verification the most telling, and nothing said twice."""
    latest: dict[str, Bound] = {}
    kept = []
    for one in found:
        if one.kind == "verified_later":
            if one.low > latest.get(one.of, one).low or one.of not in latest:
                latest[one.of] = one
        elif one not in kept:
            kept.append(one)
    return kept + list(latest.values())
