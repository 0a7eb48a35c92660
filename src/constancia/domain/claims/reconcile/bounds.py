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
_OF_LISTS = frozenset({"registered", "left_otherwise", "late"})


@dataclass(frozen=True, slots=True)
class Bound:
    """`kind`: registered, late, left_otherwise, verified_between, rest, verified_later (a key of the words).

    From `after` (None: from the beginning) to `until`; `filters`: of whom, for `rest` those left out;
    `of`: the claim that `rest` or `verified_later` is about. `since`: the minute from which the totals of
    `verified_between` count. `assumed`: first minutes of days that a list is of and on which a count begins:
    what happened on them is taken to have come after that day's list.
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
    assumed: tuple[int, ...] = ()


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
    assumed = _possible(model)
    found = []
    for asked in (*_of_the_list(model), *_between(model), *_rests(model), *_later(model)):
        if not effort.spend(2 * model.cost):
            break
        made = _bound(model, asked, effort)
        if made is not None:
            found.append(made)
        if asked.kind in _OF_LISTS and assumed and effort.spend(2 * model.cost):
            further = _bound(model, asked, effort, assumed)
            if further is not None and further.low > (made.low if made else 0):
                found.append(further)
    return _without_repeats(found)


def _possible(model: Model) -> list[str]:
    """Assumptions that can be true beside all readings, from the first day on."""
    ids = [r.id for r in model.readings]
    kept: list[str] = []
    for one in model.assumptions:
        if model.feasible([*ids, *kept, one]):
            kept.append(one)
    return kept


def _bound(model: Model, asked: _Asked, effort: Effort, assumed: Sequence[str] = ()) -> Bound | None:
    ids = [*assumed, *(r.id for r in model.readings)]
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
        tuple(id for id in low_claims if id not in model.assumptions),
        tuple(id for id in high_claims if id not in model.assumptions),
        asked.until,
        asked.after,
        asked.what,
        asked.filters,
        asked.of,
        asked.since,
        tuple(model.assumptions[id] for id in low_claims if id in model.assumptions),
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

    def order(id: str) -> tuple[bool, bool, str]:
        if id not in by_id:
            return False, False, ""  # an assumption, which none should rest on without need
        return not by_id[id].filters, by_id[id].narrow is not None, by_id[id].kind

    return sorted(ids, key=order)


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
    totals = [r for r in totals if r.wide.after is None]
    for what in dict.fromkeys(r.what for r in totals):
        instants = {r.wide.known for r in totals if r.what == what and _moment(r)}
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
        (r for r in model.readings if r.kind == "flow" and not r.filters and _moment(r)),
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


def _moment(r: Reading) -> bool:
    """Whether it is known by when what it counts was verified."""
    return r.narrow is not None and r.narrow.known == r.wide.known


def _without_repeats(found: Sequence[Bound]) -> list[Bound]:
    """Of each claim's late verification the most telling, and nothing that another already says."""
    latest: dict[str, Bound] = {}
    kept: list[Bound] = []
    for one in found:
        if one.kind == "verified_later":
            if one.low > latest.get(one.of, one).low or one.of not in latest:
                latest[one.of] = one
        elif one not in kept and not any(_says(other, one) for other in found):
            kept.append(one)
    return kept + list(latest.values())


def _says(other: Bound, one: Bound) -> bool:
    """Whether the least of a longer time is the least of a shorter one within it."""
    if other.kind != one.kind or one.kind not in _OF_LISTS or one.after is None or other.after is None:
        return False
    if not set(other.assumed) <= set(one.assumed) or (one.after, one.until) == (other.after, other.until):
        return False
    inside = one.after.minute <= other.after.minute and other.until.minute <= one.until.minute
    return inside and other.low >= one.low and (one.kind != "late" or other.low_claims == one.low_claims)
