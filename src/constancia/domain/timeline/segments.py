"""What changes during a detention without changing custody: place, case, measures, whereabouts.

The changes are reckoned once for a detention; each spell is then cut where they fall inside it. The
segments of one spell cover all days once: the first begins with OPEN_PAST, the last ends with OPEN_FUTURE.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from constancia.domain.facts.kinds import Part
from constancia.domain.timeline.entry import Entry
from constancia.domain.timeline.moments import UNKNOWN_SPAN
from constancia.domain.timeline.state import OPEN_FUTURE, OPEN_PAST
from constancia.domain.timeline.weighed import Weighed
from constancia.domain.vocabulary.terms import CaseState, ClosureKind, Custody

_CLOSED = {
    ClosureKind.ACQUITTAL.value: CaseState.ACQUITTED.value,
    ClosureKind.DISMISSAL.value: CaseState.DISMISSED.value,
    ClosureKind.AMNESTY.value: CaseState.AMNESTIED.value,
    ClosureKind.PARDON.value: CaseState.PARDONED.value,
}
_CASE_ORDER = {"hearing": 0, "charge": 1, "sentence": 3, "case_closed": 4}
_HELD = frozenset((Custody.IN_CUSTODY.value, Custody.HOUSE_ARREST.value))
_NO_MEASURES = frozenset((Custody.FREE.value, Custody.DEAD.value))
WHEREABOUTS_KNOWN, WHEREABOUTS_UNKNOWN = "known", "unknown"


class Strand(NamedTuple):
    """Values that hold from a day on; "" where not known."""

    state: str
    place: str
    authority: str
    case_state: str
    measures: str
    whereabouts: str


class Detained(NamedTuple):
    """One detention's changing values: `strands[n]` holds from `days[n]` on; `days[0]` is OPEN_PAST."""

    days: tuple[int, ...]
    strands: tuple[Strand, ...]
    context: str


def detained(entry: Entry, by_part: Mapping[Part, Sequence[Weighed]]) -> Detained:
    """From the live, weighed facts of one detention. What is disputed changes nothing."""
    told = _told(entry, by_part.get(Part.ENTRY, ()))
    beginnings = by_part.get(Part.ENTRY, ())
    places = by_part.get(Part.PLACE, ())
    case = by_part.get(Part.CASE, ())
    first = Strand(
        _stated(told, "state"),
        _stated(told, "held_at") or (_stated(told, "place") if entry.fact in places else ""),
        _stated(told, "authority"),
        "",
        "",
        _whereabouts_at_first(entry, beginnings, places),
    )
    context = _stated(told, "context")
    if not places and not case and len(beginnings) == 1:
        return Detained((OPEN_PAST,), (first,), context)
    return _with_changes(first, context, _changes(entry, beginnings, places, case))


def _told(entry: Entry, beginnings: Sequence[Weighed]) -> Sequence[Weighed]:
    """The facts that tell of the beginning, best first: each value comes from the first that states it."""
    if all(fact in entry.ranked for fact in beginnings):
        return entry.ranked
    others = sorted((f for f in beginnings if f not in entry.ranked and f.grade), key=Weighed.rank)
    return [*(f for f in entry.ranked if f.grade or f is entry.fact), *others]


def _stated(told: Sequence[Weighed], name: str) -> str:
    for fact in told:
        value: str = fact.fields.get(name, "")
        if value:
            return value
    return ""


def _whereabouts_at_first(entry: Entry, beginnings: Sequence[Weighed], places: Sequence[Weighed]) -> str:
    if entry.kind == "disappearance":
        return WHEREABOUTS_UNKNOWN
    if entry.fact.fields.get("held_at") or _finds(entry.fact):
        return WHEREABOUTS_KNOWN
    if any(f.kind == "disappearance" and f.grade and f.day < entry.day for f in beginnings):
        return WHEREABOUTS_UNKNOWN
    return ""


def _finds(fact: Weighed) -> bool:
    """Whether the fact says where the person is."""
    return fact.kind in ("seen_held", "whereabouts_confirmed") or (
        fact.kind == "transfer" and bool(fact.fields.get("place"))
    )


class _Change(NamedTuple):
    """Sorts by day, then by what yields to what on one day, then the fact that counts last."""

    day: int
    order: int
    step: int
    counts: tuple[int, ...]
    fact: Weighed


def _changes(
    entry: Entry, beginnings: Sequence[Weighed], places: Sequence[Weighed], case: Sequence[Weighed]
) -> list[_Change]:
    found = []
    for fact in beginnings:
        if fact.kind == "disappearance" and fact is not entry.fact and fact.grade and fact.day >= entry.day:
            found.append(_Change(fact.day, 0, 0, _counts(fact), fact))
    for fact in places:
        if fact.grade and fact is not entry.fact:
            step: int = fact.fields.get("step", 0)
            day = _day_of_step(entry, step, places) if step and fact.span == UNKNOWN_SPAN else fact.day
            found.append(_Change(day, 1, step, _counts(fact), fact))
    standing = [fact for fact in case if fact.grade]
    for fact in standing:
        found.append(_Change(_day_of_case(fact, standing), 2, _order_of_case(fact), _counts(fact), fact))
    found.sort(key=lambda change: change[:4])
    return found


def _order_of_case(fact: Weighed) -> int:
    if fact.kind == "hearing" and fact.fields.get("trial"):
        return 2
    return _CASE_ORDER.get(fact.kind, 0)


def _day_of_case(fact: Weighed, standing: Sequence[Weighed]) -> int:
    """The reckoning day, but no later than a later step of the case that the fact can have come before:
    a sentence "of 2026" is not after the amnesty of February."""
    if fact.low == fact.high or fact.kind not in _CASE_ORDER:
        return fact.day
    order = _order_of_case(fact)
    later = [f.day for f in standing if _order_of_case(f) > order and fact.low <= f.high]
    return min([fact.day, *later])


def _counts(fact: Weighed) -> tuple[int, ...]:
    return tuple(-part for part in fact.rank())


def _day_of_step(entry: Entry, step: int, places: Sequence[Weighed]) -> int:
    """An undated transfer that has its place in a numbered chain follows the last dated one before it."""
    before = [
        f.day for f in places if f.grade and f.span != UNKNOWN_SPAN and 0 < f.fields.get("step", 0) < step
    ]
    return max(before, default=entry.day)


def _with_changes(first: Strand, context: str, changes: Sequence[_Change]) -> Detained:
    days, strands = [OPEN_PAST], [first]
    values: dict[str, Any] = first._asdict()
    measures: set[str] = set()
    for change in changes:
        _apply(change.fact, values, measures)
        strand = Strand(**{**values, "measures": " ".join(sorted(measures))})
        if strand == strands[-1]:
            continue
        if change.day <= days[-1]:
            strands[-1] = strand
        else:
            days.append(change.day)
            strands.append(strand)
    return Detained(tuple(days), tuple(strands), context)


def _apply(fact: Weighed, values: dict[str, Any], measures: set[str]) -> None:
    kind, fields = fact.kind, fact.fields
    if kind == "disappearance":
        values["whereabouts"] = WHEREABOUTS_UNKNOWN
    elif kind == "charge":
        values["case_state"] = CaseState.CHARGED.value
    elif kind == "hearing":
        if fields.get("trial"):
            values["case_state"] = CaseState.ON_TRIAL.value
        elif not values["case_state"]:
            values["case_state"] = CaseState.INVESTIGATED.value
    elif kind == "sentence":
        values["case_state"] = CaseState.CONVICTED.value
    elif kind == "case_closed":
        values["case_state"] = _CLOSED[fields["closure"]]
    elif kind == "measure_imposed":
        measures.add(fields["measure"])
    elif kind == "measure_lifted":
        measures.discard(fields["measure"])
    else:
        values["place"] = fields.get("place") or values["place"]
        values["state"] = fields.get("state") or values["state"]
        values["authority"] = values["authority"] or fields.get("authority", "")
        if _finds(fact):
            values["whereabouts"] = WHEREABOUTS_KNOWN


def cut(detention: Detained, custody: str, start_low: int, end_high: int) -> list[tuple[int, int, Strand]]:
    """(seg_from, seg_to, values) of a spell that can lie anywhere in [start_low, end_high)."""
    found: list[tuple[int, int, Strand]] = []
    days, strands = detention.days, detention.strands
    last = len(days) - 1
    for n, day in enumerate(days):
        if day >= end_high and found:
            break
        if n < last and days[n + 1] <= start_low:
            continue
        strand = strands[n]
        if custody not in _HELD:
            strand = strand._replace(whereabouts="")
        if custody in _NO_MEASURES:
            strand = strand._replace(measures="")
        if found and found[-1][2] == strand:
            continue
        if found:
            found[-1] = (found[-1][0], day, found[-1][2])
        found.append((day if found else OPEN_PAST, OPEN_FUTURE, strand))
    return found
