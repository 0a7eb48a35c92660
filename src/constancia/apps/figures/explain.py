"""Person by person: who is in one of two counts of the same figure and not in the other, and why."""

from __future__ import annotations

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
    arrived: dict[tuple[In, str], int]
    departed: dict[tuple[Out, str], int]


def differences(snapshot: Snapshot, opening: Question, closing: Question) -> Differences:
    """Every person in one set and not in the other, with the cause, in the order of persons.

    Raises InputRefused `figure.not_stock` for figures that count events.
    """
    sql = _sql(opening, closing, snapshot.terms)
    columns = ", ".join(dict.fromkeys((*_ARRIVALS, *_DEPARTURES)))
    rows = snapshot.table.rows(
        f"{sql} SELECT side, person, detention, {columns} FROM moved ORDER BY side, person, detention"
    )
    names = list(dict.fromkeys((*_ARRIVALS, *_DEPARTURES)))
    arrived, departed = [], []
    for side, person, detention, *values in rows:
        given = dict(zip(names, values, strict=True))
        if side == 1:
            arrived.append(Moved(person, detention, *_arrival(*(bool(given[name]) for name in _ARRIVALS))))
        else:
            departed.append(Moved(person, detention, *_departed(given, snapshot.terms)))
    sizes = _sizes(snapshot, opening, closing)
    return Differences(*sizes, arrived, departed)


def tally(snapshot: Snapshot, opening: Question, closing: Question) -> Tally:
    """How many people each cause brought in or took out, in one query."""
    sql = _sql(opening, closing, snapshot.terms)
    names = list(dict.fromkeys((*_ARRIVALS, *_DEPARTURES)))
    columns = ", ".join(names)
    nothing = ", ".join("0" for _ in names)
    rows = snapshot.table.rows(
        f"{sql} SELECT side, count(*), {columns} FROM moved GROUP BY ALL "
        f"UNION ALL SELECT 2, count(*), {nothing} FROM before_set "
        f"UNION ALL SELECT 3, count(*), {nothing} FROM after_set"
    )
    sizes = {2: 0, 3: 0}
    arrived: dict[tuple[In, str], int] = {}
    departed: dict[tuple[Out, str], int] = {}
    for side, number, *values in rows:
        given = dict(zip(names, values, strict=True))
        if side in sizes:
            sizes[side] = number
        elif side == 1:
            came = _arrival(*(bool(given[name]) for name in _ARRIVALS))
            arrived[came] = arrived.get(came, 0) + number
        else:
            went = _departed(given, snapshot.terms)
            departed[went] = departed.get(went, 0) + number
    return Tally(sizes[2], sizes[3], arrived, departed)


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


def _sizes(snapshot: Snapshot, opening: Question, closing: Question) -> tuple[int, int]:
    first, last = (counting.count(snapshot, question).total.value for question in (opening, closing))
    return first, last


def _sql(opening: Question, closing: Question, terms: Terms) -> str:
    """A query's WITH part that ends in `moved`: side (1 came in, 0 went out), person, detention, evidence."""
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
            SELECT DISTINCT detention FROM ({counting.stock_rows(then, terms)})
            SEMI JOIN concerned USING (detention) WHERE main AND val
        ),
        before_rows AS MATERIALIZED (
            SELECT detention, true AS known, bool_or(main) AS graded,
                   bool_or(main AND {recognised}) AS recognised
            FROM (SELECT *, {counting.grade_flags(opening)} FROM state SEMI JOIN concerned USING (detention)
                  WHERE {counting.known_sql(opening, Grade.DISPUTED)})
            GROUP BY detention
        ),
        after_rows AS MATERIALIZED (
            SELECT detention, min(entry_day) AS entry_day, min({counted}) AS counted_from,
                   bool_or({population}) AS admitted,
                   max(CASE WHEN left_counted THEN end_day END) AS left_day,
                   arg_max(CASE WHEN left_counted THEN exit_kind END, end_day) AS exit
            FROM (SELECT *, {counting.grade_flags(closing)},
                         custody IN ({held}) AND next_custody NOT IN ({held}, 0)
                         AND end_day <= {closing.as_of} AS left_counted
                  FROM state SEMI JOIN concerned USING (detention) WHERE {counting.known_sql(closing)})
            WHERE main GROUP BY detention
        ),
        first_entries AS (
            SELECT person, min(entry_day) AS first_entry
            FROM (SELECT *, {counting.grade_flags(closing)} FROM state SEMI JOIN came USING (person)
                  WHERE {counting.known_sql(closing)})
            WHERE main GROUP BY person
        ),
        moved AS (
            SELECT 1 AS side, came.person, came.detention,
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
            SELECT 0, went.person, went.detention,
                   coalesce(other.person <> went.person, false), false, false,
                   then_rows.detention IS NOT NULL, false, false, false,
                   false, coalesce(admitted, false), coalesce(exit, 0),
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
        f"SELECT DISTINCT detention, person FROM ({counting.stock_rows(question, terms)}) "
        "SEMI JOIN concerned USING (detention) WHERE main AND val"
    )
