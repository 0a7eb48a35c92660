"""Who left prison when, and from when to when that was known: what stands behind a figure, at every T.

A release is one detention's way out, counted exactly as the figure counts it: the people whose release
stands verified at T are those of the figure as known at T, and those of whom one stands merely reported, and
none verified, are the figure's pending ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.figures import counting
from constancia.apps.figures.asking import ask
from constancia.apps.figures.counting import Question
from constancia.apps.figures.process import snapshot
from constancia.apps.figures.queries import default_rule, today, zone
from constancia.apps.figures.remembered import remembered
from constancia.apps.figures.snapshot import Snapshot
from constancia.apps.register.timing import known_now
from constancia.domain.errors import InputRefused
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.figures.periods import known_instant

FIGURE = "released"


@dataclass(frozen=True, slots=True)
class Release:
    """One detention's exit as known from `known_from` until before `known_to` (microseconds since 1970 UTC).

    `kind` as state versions write it ("release.full"); `categories` by dimension, those of the day of the
    exit. Releases of one detention do not overlap in known time; where an exit is verified and another
    reported, the verified one stands here.
    """

    person: int
    detention: int
    day: date
    kind: str
    known_from: int
    known_to: int
    verified: bool
    categories: Mapping[str, str]


def releases(
    user: User,
    first: date,
    last: date,
    *,
    rule: str | None = None,
    by: Sequence[str] = (),
    witnessed: bool = False,
    detentions: Iterable[int] = (),
) -> list[Release]:
    """Every release from day `first` to `last`, and of `detentions` those of any day, by detention and time.

    The list is shared: do not change it. Raises NotAllowed; InputRefused as `figures.queries.figure`.
    """
    allow(user, Permission.FIGURES_READ)
    question = ask(
        FIGURE,
        last,
        known_now(),
        zone=zone(),
        default_rule=default_rule(),
        rule=rule,
        start=first,
        by=by,
        witnessed=witnessed,
    )
    named = frozenset(detentions)
    asked = ("releases", question.start, question.as_of, question.rule.sha256, question.by, witnessed, named)
    return remembered(asked, lambda: found_in(snapshot(), question, named))


def held_persons(user: User, as_of: date, known_at: date | datetime, rule: str | None = None) -> set[int]:
    """Primary keys of everybody held on D as known at T: for counting, not for showing. Raises NotAllowed."""
    allow(user, Permission.FIGURES_READ)
    instant = min(known_instant(known_at, zone()), known_now())
    question = ask("held", min(as_of, today()), instant, zone=zone(), default_rule=default_rule(), rule=rule)
    return set(counting.people(snapshot(), question, "value"))


def found_in(held: Snapshot, question: Question, detentions: Iterable[int] = ()) -> list[Release]:
    """The releases that `question`, a flow of exits, counts at any T; its own T is of no account."""
    if question.definition.event != "exit" or question.definition.measure != "flow":
        raise InputRefused("figure.asked")
    rows = list(_rows(held, question, question.start, question.as_of))
    if chosen := sorted(set(detentions)):
        among = ", ".join(map(str, chosen))
        beyond = f"end_day NOT BETWEEN {question.start} AND {question.as_of}"
        source = f"(SELECT * FROM state WHERE detention IN ({among}))"
        rows += _rows(held, question, 1, date.max.toordinal(), beyond, source)
    rows.sort(key=attrgetter("detention", "known_from"))
    return [one for _, mine in groupby(rows, key=attrgetter("detention")) for one in _apart(list(mine))]


def _rows(
    held: Snapshot, question: Question, first: int, last: int, only: str = "true", source: str = "state"
) -> Iterator[Release]:
    """Releases between two days with their windows, verified and reported ones beside each other."""
    cats = "".join(f", cat{index}" for index in range(len(question.by)))
    rows = counting.flow_rows(question, held.terms, str(first), str(last), source, ever=True)
    # The lowest bit of the key marks the row whose attributes are those of the day of the exit.
    sql = f"""
        SELECT person, detention, end_day, exit_kind, known_from, known_to, main {cats} FROM ({rows})
        WHERE val AND (main OR loose_entry) AND key & 1 = 1 AND {only}"""
    for person, detention, end_day, kind, known_from, known_to, main, *codes in held.table.rows(sql):
        yield Release(
            person,
            detention,
            date.fromordinal(end_day),
            held.terms.text(kind),
            known_from,
            known_to,
            main,
            _categories(held, question.by, codes),
        )


def _categories(held: Snapshot, by: Sequence[Dimension], codes: Sequence[Any]) -> dict[str, str]:
    return {
        dimension.value: counting.category(dimension, code, held.terms)
        for dimension, code in zip(by, codes, strict=True)
    }


def _apart(rows: Sequence[Release]) -> list[Release]:
    """One detention's releases without overlap: at every T a verified one before a reported one."""
    if len(rows) == 1:
        return list(rows)
    edges = sorted({edge for row in rows for edge in (row.known_from, row.known_to)})
    found: list[Release] = []
    for low, high in pairwise(edges):
        there = [row for row in rows if row.known_from <= low < row.known_to]
        if not there:
            continue
        best = max(there, key=lambda row: (row.verified, row.day, row.kind))
        piece = _cut(best, low, high)
        if found and found[-1].known_to == low and _cut(found[-1], 0, 0) == _cut(piece, 0, 0):
            piece = _cut(piece, found.pop().known_from, high)
        found.append(piece)
    return found


def _cut(row: Release, low: int, high: int) -> Release:
    return Release(row.person, row.detention, row.day, row.kind, low, high, row.verified, row.categories)
