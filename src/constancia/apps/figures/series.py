"""A figure over many days at once, equal point by point to the figure of each day.

For most people at most one state version can hold on any day: each such row adds one on its first day and
takes one off after its last, and running sums over the days give the counts. Where several rows of one
person can hold on a day (imprecise dates, two detentions) the person is counted by the ordinary flags, but
only on the days on which something about that person changes; between them nothing can.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from constancia.apps.figures import counting
from constancia.apps.figures.counting import Answer, Count, Question
from constancia.apps.figures.snapshot import Snapshot, Terms
from constancia.domain.figures.dimensions import AGED
from constancia.domain.figures.periods import Bucket

Column = npt.NDArray[np.int64]
_FLAGS = ("v", "c", "p")


def series(snapshot: Snapshot, question: Question, buckets: Sequence[Bucket]) -> list[Answer]:
    """One answer per bucket, without pending counts: a stock or cumulative figure as of its last day, a flow
    over its days. `question.as_of` is of no account; a cumulative figure begins at `question.start`.
    """
    firsts = np.array([bucket.first.toordinal() for bucket in buckets])
    lasts = np.array([bucket.last.toordinal() for bucket in buckets])
    if question.definition.measure == "flow":
        return _flows(snapshot, question, firsts, lasts)
    sql = (_stock_sql if question.definition.measure == "stock" else _cumulative_sql)(
        question, snapshot.terms, int(lasts[0]), int(lasts[-1])
    )
    found = snapshot.table.arrays(sql)
    answers = [Answer(by={dimension: {} for dimension in question.by}) for _ in buckets]
    places = lasts - lasts[0]
    span = int(lasts[-1] - lasts[0]) + 1
    for flag, name in (("v", "value"), ("c", "lowest"), ("p", "highest")):
        first, last = found[f"{flag}0"] - lasts[0], found[f"{flag}1"] - lasts[0]
        held = first < last
        first, last = first[held], last[held]
        for answer, number in zip(answers, _running(first, last, span)[places], strict=True):
            setattr(answer.total, name, int(number))
        for index, dimension in enumerate(question.by):
            codes, which = np.unique(found[f"cat{index}"][held], return_inverse=True)
            table = _running(first + which * (span + 1), last + which * (span + 1), (span + 1) * len(codes))
            for code, numbers in zip(codes, table.reshape(len(codes), span + 1), strict=True):
                category = counting.category(dimension, int(code), snapshot.terms)
                for answer, number in zip(answers, numbers[places], strict=True):
                    if number:
                        count = answer.by[dimension].setdefault(category, Count())
                        setattr(count, name, getattr(count, name) + int(number))
    return answers


def _running(first: Column, last: Column, size: int) -> Column:
    """How many of the half-open intervals [first, last) hold each whole number below `size`."""
    steps = np.bincount(first, minlength=size + 1) - np.bincount(last, minlength=size + 1)
    return np.cumsum(steps)[:size]


def _stock_sql(question: Question, terms: Terms, first: int, last: int) -> str:
    """Rows v0, v1, c0, c1, p0, p1 (half-open intervals of days, empty where v0 ≥ v1) and categories."""
    counted = {
        side: counting.counted_from(question, f"entry_{side}") for side in ("day", "earliest", "latest")
    }
    unit = "detention" if question.definition.unit == "episodes" else "person"
    edges = ["low", "high", "start_day", "end_day", *counted.values()]
    aged = not AGED.isdisjoint(question.by)
    if aged:
        edges.append("adult_from")
    piece = "piece_day" if aged else "0"
    cats = "".join(f", cat{index}" for index in range(len(question.by)))
    day_rows = counting.stock_rows(
        question, terms, "day", "(SELECT * FROM relevant JOIN cuts USING (unit))", ("day", "unit")
    )
    return f"""
        WITH relevant AS MATERIALIZED (
            SELECT *, {unit} AS unit, {counting.inside_sql(question, terms)} AS counts,
                   greatest(start_earliest, seg_from, {first}) AS low,
                   least(end_latest, seg_to, {last + 1}) AS high
            FROM state
            WHERE {counting.known_sql(question)} AND {counting.population_sql(question, terms)}
              AND entry_grade >= {int(question.entry_grade)}
              AND grade_low <= {int(question.exit_grade)} AND grade_high >= {int(question.exit_grade)}
              AND start_earliest <= {last} AND end_latest > {first}
              AND seg_from <= {last} AND seg_to > {first}
              AND start_earliest < seg_to AND seg_from < end_latest
        ),
        tangled AS MATERIALIZED (
            SELECT DISTINCT unit FROM (
                SELECT unit, low, lag(high) OVER (PARTITION BY unit ORDER BY low, high) AS before
                FROM relevant WHERE unit IN (SELECT unit FROM relevant GROUP BY unit HAVING count(*) > 1)
            ) WHERE before > low
        ),
        cuts AS (
            SELECT DISTINCT unit, greatest(unnest([{", ".join(edges)}]), {first}) AS day
            FROM relevant SEMI JOIN tangled USING (unit)
        ),
        days AS (
            SELECT *, lead(day, 1, {last + 1}) OVER (PARTITION BY unit ORDER BY day) AS following
            FROM ({counting.gathered_sql(question, day_rows, "day", "unit")}) WHERE day <= {last}
        )
        SELECT greatest(low, start_day, {counted["day"]}{_from(aged)}) AS v0,
               least(high, end_day{_to(aged)}) AS v1,
               greatest(low, {counted["latest"]}{_from(aged)}) AS c0, least(high{_to(aged)}) AS c1,
               greatest(low, {counted["earliest"]}{_from(aged)}) AS p0, least(high{_to(aged)}) AS p1
               {counting.categories_sql(question, terms, piece)}
        FROM {_pieces(aged)} ANTI JOIN tangled USING (unit) WHERE counts
        UNION ALL
        SELECT {", ".join(f"day AS {f}0, CASE WHEN {f} THEN following ELSE day END AS {f}1" for f in _FLAGS)}
               {cats}
        FROM days WHERE p"""


def _pieces(aged: bool) -> str:
    """The relevant rows, those of minors in two pieces: before and from the eighteenth birthday on."""
    if not aged:
        return "relevant"
    return f"""(
        SELECT *, 0 AS piece_from, {2**30} AS piece_to, 0 AS piece_day FROM relevant WHERE adult_from <= 0
        UNION ALL
        SELECT *, 0, adult_from, adult_from - 1 FROM relevant WHERE adult_from > 0
        UNION ALL
        SELECT *, adult_from, {2**30}, adult_from FROM relevant WHERE adult_from > 0)"""


def _from(aged: bool) -> str:
    return ", piece_from" if aged else ""


def _to(aged: bool) -> str:
    return ", piece_to" if aged else ""


def _cumulative_sql(question: Question, terms: Terms, first: int, last: int) -> str:
    """The same columns for a figure that counts everybody since its start: nobody ever leaves it."""
    at = "end" if question.definition.event == "exit" else "entry"
    unit = "detention" if question.definition.unit == "episodes" else "person"
    cats = "".join(f", cat{index}" for index in range(len(question.by)))
    start = str(question.start)
    day_rows = counting.flow_rows(
        question, terms, start, "day", "(SELECT * FROM relevant JOIN cuts USING (unit))"
    )
    return f"""
        WITH relevant AS MATERIALIZED (
            SELECT *, {unit} AS unit FROM state
            WHERE {counting.known_sql(question)} AND {counting.population_sql(question, terms)}
              AND {counting.inside_sql(question, terms)}
              AND entry_grade >= {int(question.entry_grade)}
              AND grade_low <= {int(question.exit_grade)} AND grade_high >= {int(question.exit_grade)}
              AND {at}_earliest <= {last} AND {at}_latest >= {start}
        ),
        cuts AS (
            SELECT DISTINCT unit, greatest(unnest([{at}_earliest, {at}_day, {at}_latest]), {first}) AS day
            FROM relevant
        ),
        days AS (
            SELECT *, lead(day, 1, {last + 1}) OVER (PARTITION BY unit ORDER BY day) AS following
            FROM ({counting.gathered_sql(question, day_rows, "day", "unit")}) WHERE day <= {last}
        )
        SELECT {", ".join(f"day AS {f}0, CASE WHEN {f} THEN following ELSE day END AS {f}1" for f in _FLAGS)}
               {cats}
        FROM days WHERE p"""


def _flows(snapshot: Snapshot, question: Question, firsts: Column, lasts: Column) -> list[Answer]:
    """Entries or exits in each bucket."""
    at = "end" if question.definition.event == "exit" else "entry"
    source = f"""(
        SELECT * FROM (
            SELECT * FROM state WHERE {at}_earliest <= {lasts[-1]} AND {at}_latest >= {firsts[0]}
        ) events
        JOIN (SELECT unnest({_list(firsts)}) AS first_day, unnest({_list(lasts)}) AS day) buckets
          ON events.{at}_earliest <= buckets.day AND events.{at}_latest >= buckets.first_day)"""
    rows = counting.flow_rows(question, snapshot.terms, "first_day", "day", source)
    cats = [f"cat{index}" for index in range(len(question.by))]
    sets = ", ".join(["(day)", *(f"(day, {cat})" for cat in cats)])
    marks = "".join(f", grouping({cat}), {cat}" for cat in cats)
    numbers = ", ".join(f"count(*) FILTER ({flag})" for flag in ("v", "c", "p"))
    found: list[tuple[Any, ...]] = snapshot.table.rows(
        f"SELECT day, {numbers} {marks} FROM ({counting.gathered_sql(question, rows, 'day')}) WHERE p "
        f"GROUP BY GROUPING SETS ({sets})"
    )
    answers = {int(last): Answer(by={dimension: {} for dimension in question.by}) for last in lasts}
    for day, value, lowest, highest, *row in found:
        answer = answers[day]
        where = [index for index in range(len(cats)) if row[2 * index] == 0]
        if not where:
            answer.total.add((value, lowest, highest, 0, 0))
            continue
        dimension = question.by[where[0]]
        category = counting.category(dimension, row[2 * where[0] + 1], snapshot.terms)
        answer.by[dimension].setdefault(category, Count()).add((value, lowest, highest, 0, 0))
    return [answers[int(last)] for last in lasts]


def _list(days: Column) -> str:
    return "[" + ", ".join(map(str, days)) + "]"
