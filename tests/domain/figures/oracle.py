"""What a figure counts, once more, as plainly as it can be said; the columnar counting must agree.

Works over StateVersions, one detention and one person at a time.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date

from constancia.domain.figures.dimensions import PLAIN, Dimension, age_group, category_of, sex_and_age
from constancia.domain.timeline.state import BASIS_BOTH, OPEN_FUTURE, StateVersion


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later (or earlier), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def live(rows, q, entry_grade, exit_grade):
    """The rows that hold at T under these minimum grades, of detentions that the rule admits."""
    return [
        r
        for r in rows
        if r.known_from <= q.known_at < r.known_to
        and r.basis in (BASIS_BOTH, 2 if q.witnessed else 1)
        and r.entry_grade >= entry_grade
        and r.grade_low <= exit_grade <= r.grade_high
        and q.rule.recognises(r.recognition, q.definition.recognised)
        and q.rule.admits_context(r.context)
    ]


def from_day(q, entry):
    stay = q.rule.minimum_stay_days if q.definition.minimum_stay else 0
    if q.months and entry < OPEN_FUTURE:
        return max(entry + stay, add_months(date.fromordinal(max(entry, 1)), q.months).toordinal())
    return entry + stay


def inside(q, r):
    d = q.definition
    return (
        r.custody in (d.states or q.rule.held)
        and r.case_state not in d.case_state_not
        and (not d.whereabouts or r.whereabouts in d.whereabouts)
    )


def stock(rows, q):
    """(certain, value, possible, chosen row) of one detention whose live rows are `rows`."""
    day = q.as_of
    at = [r for r in rows if r.seg_from <= day < r.seg_to and r.start_earliest <= day < r.end_latest]
    possible = [r for r in at if inside(q, r) and from_day(q, r.entry_earliest) <= day]
    value = [r for r in possible if r.start_day <= day < r.end_day and from_day(q, r.entry_day) <= day]
    certain = any(from_day(q, r.entry_latest) <= day for r in possible) and all(inside(q, r) for r in at)
    return certain, value, possible


def flow(rows, q):
    """The same for a figure that counts entries or exits between `start` and `as_of`."""
    d, (a, z) = q.definition, (q.start, q.as_of)
    if d.event == "entry":
        first = [r for r in rows if r.custody == "in_custody"]
        events = [(r, r.entry_earliest, r.entry_day, r.entry_latest) for r in first]
    else:
        events = [
            (r, r.end_earliest, r.end_day, r.end_latest)
            for r in rows
            if d.counts_exit(r.exit_kind)
            and (d.states is None or r.custody in d.states)
            and (not d.into or r.next_custody in d.into)
        ]

    def stayed(r, entry, end):
        if not (d.minimum_stay and q.rule.minimum_stay_days):
            return True
        long = end >= from_day(q, entry)
        if d.event == "entry":
            long = long or r.next_custody in (d.states or q.rule.held)
            return long and from_day(q, entry) <= q.known_day
        return long

    possible = [r for r, e, _, x in events if e <= z and x >= a and stayed(r, r.entry_earliest, r.end_latest)]
    value = [r for r, _, m, _ in events if a <= m <= z and stayed(r, r.entry_day, r.end_day)]
    certain = any(e >= a and x <= z and stayed(r, r.entry_latest, r.end_earliest) for r, e, _, x in events)
    return certain, value, possible


def category(q, r, dimension):
    event = q.definition.event
    day = {None: q.as_of, "entry": r.entry_day, "exit": r.end_day}[event]
    if dimension is Dimension.AGE_GROUP:
        return age_group(r.adult_from, day)
    if dimension is Dimension.SEX_AND_AGE:
        return sex_and_age(r.sex, age_group(r.adult_from, day))
    if dimension is Dimension.CONVICTED:
        return {"": "not_known", "convicted": "convicted"}.get(r.case_state, "not_convicted")
    return category_of(dimension, getattr(r, PLAIN[dimension]))


def members(rows: list[StateVersion], q, entry_grade=None, exit_grade=None):
    """person (or detention) → (certain, counted, possible, categories) for everybody possibly counted."""
    of_detention = defaultdict(list)
    for r in live(rows, q, entry_grade or q.entry_grade, exit_grade or q.exit_grade):
        of_detention[r.person, r.detention].append(r)
    persons = defaultdict(list)
    for (person, detention), mine in of_detention.items():
        flags = stock(mine, q) if q.definition.measure == "stock" else flow(mine, q)
        if flags[2]:
            persons[person if q.definition.unit == "persons" else detention].append(flags)
    found = {}
    for person, several in persons.items():
        ranked = [(c, r in v, *_order(q, r), r) for c, v, p in several for r in p]
        best = max(ranked, key=lambda entry: entry[:-1])[-1]
        found[person] = (
            any(c for c, _, _ in several),
            any(v for _, v, _ in several),
            True,
            {dimension: category(q, best, dimension) for dimension in q.by},
        )
    return found


def _order(q, r):
    event = q.definition.event
    if event is None:
        return r.start_day, r.detention, r.spell
    day = r.end_day if event == "exit" else r.entry_day
    seg = max(r.end_day - 1, r.start_day) if event == "exit" else r.entry_day
    return day, r.detention, r.spell, r.seg_from <= seg < r.seg_to


def answer(rows, q):
    """(total, {dimension: {category: counts}}), counts being (value, lowest, highest)."""
    found = members(rows, q)

    def counts(some):
        return sum(v for _, v, *_ in some), sum(c for c, *_ in some), len(some)

    by = {}
    for dimension in q.by:
        names = {cats[dimension] for *_, cats in found.values()}
        by[dimension] = {n: counts([m for m in found.values() if m[3][dimension] == n]) for n in names}
    return counts(list(found.values())), by


def pending(rows, q):
    """(pending_in, pending_out)."""

    def counted(entry_grade, exit_grade):
        found = members(rows, q, entry_grade, exit_grade)
        return {person for person, (_, value, *_) in found.items() if value}

    main = counted(q.entry_grade, q.exit_grade)
    loose = counted(1, 1 if q.definition.event == "exit" else q.exit_grade)
    return len(loose - main), len(main - counted(q.entry_grade, 1))
