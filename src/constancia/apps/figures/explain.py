"""Person by person: who is in one of two counts of the same figure and not in the other, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from constancia.apps.figures import counting
from constancia.apps.figures.counting import Question
from constancia.apps.figures.snapshot import Snapshot, Terms
from constancia.domain.errors import InputRefused
from constancia.domain.figures.causes import (
    Arrival,
    Departure,
    In,
    Out,
    cause_of_arrival,
    cause_of_departure,
)
from constancia.domain.vocabulary.terms import Grade

_ARRIVALS = tuple(Arrival.__slots__)
_DEPARTURES = ("swapped", "erased", "admitted", "counted_then", "exit", "left_after_opening")
_EVIDENCE = tuple(dict.fromkeys((*_ARRIVALS, *_DEPARTURES)))
_COLUMNS = ", ".join(_EVIDENCE)
_CONCERNED = "(SELECT * FROM state SEMI JOIN concerned USING (detention))"
"""Only the rows of those who moved: few, of a whole register."""
_OUT, _IN, _OPENING, _CLOSING = range(4)
"""Sides of `moved`, and the rows that only say how many were counted."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody in one count and not in the other: the persons' and the detention's primary keys."""

    person: int
    detention: int
    cause: In | Out
    kind: str


@dataclass(frozen=True, slots=True)
class Differences:
    """The whole difference between two counts; opening + arrived − departed = closing."""

    opening: int
    closing: int
    arrived: list[Moved]
    departed: list[Moved]


@dataclass(frozen=True, slots=True)
class Tally:
    """The same as numbers: {(cause, kind): people}."""

    opening: int
    closing: int
    arrived: Mapping[tuple[In, str], int]
    departed: Mapping[tuple[Out, str], int]


def differences(snapshot: Snapshot, opening: Question, closing: Question) -> Differences:
    """Every person in one set and not in the other, with the cause, in the order of persons.

    Raises InputRefused `figure.not_stock` for figures that count events.
    """
    rows = snapshot.table.rows(
        f"{_sql(opening, closing, snapshot)} "
        f"SELECT side, person, detention, {_COLUMNS} FROM moved {_sizes('0, count(*)')} "
        "ORDER BY side, person, detention"
    )
    sizes: dict[int, int] = {}
    arrived, departed = [], []
    for side, person, detention, *values in rows:
        given = dict(zip(_EVIDENCE, values, strict=True))
        if side == _IN:
            arrived.append(Moved(person, detention, *_arrived(given)))
        elif side == _OUT:
            departed.append(Moved(person, detention, *_departed(given, snapshot.terms)))
        else:
            sizes[side] = detention
    return Differences(sizes[_OPENING], sizes[_CLOSING], arrived, departed)


def tally(snapshot: Snapshot, opening: Question, closing: Question) -> Tally:
    """How many people each cause brought in or took out, in one query."""
    rows = snapshot.table.rows(
        f"{_sql(opening, closing, snapshot)} "
        f"SELECT side, count(*), {_COLUMNS} FROM moved GROUP BY ALL {_sizes('count(*)')}"
    )
    sizes: dict[int, int] = {}
    arrived, departed = Counter[tuple[In, str]](), Counter[tuple[Out, str]]()
    for side, number, *values in rows:
        given = dict(zip(_EVIDENCE, values, strict=True))
        if side == _IN:
            arrived[_arrived(given)] += number
        elif side == _OUT:
            departed[_departed(given, snapshot.terms)] += number
        else:
            sizes[side] = number
    return Tally(sizes[_OPENING], sizes[_CLOSING], arrived, departed)


@cache
def _arrival(*flags: bool) -> tuple[In, str]:
    return cause_of_arrival(Arrival(*flags))


@cache
def _departure(flags: tuple[bool, bool, bool, bool], exit_kind: str, after: bool) -> tuple[Out, str]:
    return cause_of_departure(Departure(*flags, exit_kind, after))


def _departed(given: dict[str, int], terms: Terms) -> tuple[Out, str]:
    swapped, erased, admitted, then = (bool(given[name]) for name in _DEPARTURES[:4])
    return _departure(
        (swapped, erased, admitted, then), terms.text(given["exit"]), bool(given[_DEPARTURES[5]])
    )


def _arrived(given: dict[str, int]) -> tuple[In, str]:
    return _arrival(*(bool(given[name]) for name in _ARRIVALS))


def _sizes(number: str) -> str:
    """Two more rows: how many were counted at the opening and at the closing."""
    nothing = ", ".join("0" for _ in _EVIDENCE)
    return " ".join(
        f"UNION ALL SELECT {side}, {number}, {nothing} FROM {counted}"
        for side, counted in ((_OPENING, "before_set"), (_CLOSING, "after_set"))
    )


def _sql(opening: Question, closing: Question, snapshot: Snapshot) -> str:
    """A query's WITH part that ends in `moved`: side (_IN or _OUT), person, detention, evidence."""
    terms = snapshot.terms
    gone = ", ".join(str(one) for one, at in snapshot.erased.items() if at <= closing.known_at) or "-1"
    definition = opening.definition
    if definition.measure != "stock" or definition.unit != "persons":
        raise InputRefused("figure.not_stock", figure=definition.name)
    counted = counting.counted_from(closing, "entry_day")
    population = counting.population_sql(closing, terms)
    recognised = counting.recognised_sql(opening, terms)
    held = ", ".join(map(str, terms.ids(counting.held_states(closing))))
    then = closing.at(opening.as_of, closing.known_at, closing.known_day)
    return f"""
        WITH before_set AS MATERIALIZED ({_counted(opening, terms)}),
        after_set AS MATERIALIZED ({_counted(closing, terms)}),
        came AS MATERIALIZED (SELECT * FROM after_set ANTI JOIN before_set USING (person)),
        went AS MATERIALIZED (SELECT * FROM before_set ANTI JOIN after_set USING (person)),
        concerned AS MATERIALIZED (SELECT detention FROM came UNION SELECT detention FROM went),
        then_rows AS MATERIALIZED (
            SELECT DISTINCT detention FROM ({counting.stock_rows(then, terms, source=_CONCERNED)})
            WHERE main AND val
        ),
        before_rows AS MATERIALIZED (
            SELECT detention, true AS known, bool_or(main) AS graded,
                   bool_or(main AND {recognised}) AS recognised
            FROM (SELECT detention, recognition, {counting.grade_flags(opening)}
                  FROM state SEMI JOIN concerned USING (detention)
                  WHERE {counting.known_sql(opening, Grade.DISPUTED)})
            GROUP BY detention
        ),
        after_rows AS MATERIALIZED (
            SELECT detention, min(entry_day) AS entry_day, min(counted_from) AS counted_from,
                   bool_or(admitted) AS admitted,
                   max(CASE WHEN left_counted THEN end_day END) AS left_day,
                   arg_max(CASE WHEN left_counted THEN exit_kind END, end_day) AS exit
            FROM (SELECT detention, entry_day, end_day, exit_kind,
                         {counted} AS counted_from, {population} AS admitted,
                         {counting.grade_flags(closing)},
                         custody IN ({held}) AND next_custody NOT IN ({held}, 0)
                         AND end_day <= {closing.as_of} AS left_counted
                  FROM state SEMI JOIN concerned USING (detention) WHERE {counting.known_sql(closing)})
            WHERE main GROUP BY detention
        ),
        first_entries AS (
            SELECT person, min(entry_day) AS first_entry
            FROM (SELECT person, entry_day, {counting.grade_flags(closing)}
                  FROM state SEMI JOIN came USING (person)
                  WHERE {counting.known_sql(closing)})
            WHERE main GROUP BY person
        ),
        moved AS (
            SELECT {_IN} AS side, came.person, came.detention,
                   coalesce(other.person <> came.person, false) AS swapped,
                   coalesce(after_rows.counted_from > {opening.as_of}, false) AS counted_after_opening,
                   coalesce(first_entry < after_rows.entry_day, false) AS detained_before,
                   then_rows.detention IS NOT NULL AS counted_then,
                   coalesce(known, false) AS known, coalesce(graded, false) AS graded,
                   coalesce(recognised, false) AS recognised,
                   false AS erased, false AS admitted, 0 AS exit, false AS left_after_opening
            FROM came
            LEFT JOIN ({_of_detentions(opening, terms)}) other USING (detention)
            LEFT JOIN after_rows USING (detention)
            LEFT JOIN before_rows USING (detention)
            LEFT JOIN then_rows USING (detention)
            LEFT JOIN first_entries ON first_entries.person = came.person
            UNION ALL
            SELECT {_OUT}, went.person, went.detention,
                   coalesce(other.person <> went.person, false), false, false,
                   then_rows.detention IS NOT NULL, false, false, false,
                   went.detention IN ({gone}), coalesce(admitted, false), coalesce(exit, 0),
                   coalesce(left_day > {opening.as_of}, false)
            FROM went
            LEFT JOIN ({_of_detentions(closing, terms)}) other USING (detention)
            LEFT JOIN after_rows USING (detention)
            LEFT JOIN then_rows USING (detention)
        )"""


def _counted(question: Question, terms: Terms) -> str:
    """person, detention of everybody counted; the detention is the one whose row gives the categories."""
    return (
        f"SELECT person, (key >> 7) & {2**32 - 1} AS detention "
        f"FROM ({counting.people_sql(question, terms)}) WHERE v"
    )


def _of_detentions(question: Question, terms: Terms) -> str:
    """detention, person of every detention concerned that is counted, whichever of a person's it is."""
    return (
        f"SELECT DISTINCT detention, person FROM ({counting.stock_rows(question, terms, source=_CONCERNED)}) "
        "WHERE main AND val"
    )
