"""Counting: a figure is one scan over the state versions.

Each row that may matter on day D gets three flags, value (by reckoning days), possible and sure. They are
gathered first by detention, where a possible spell outside the counted states makes it uncertain, and then
by person. A person's category is that of one row: certain before counted before possible, then the latest
start. The same text is followed, in plain Python, by `tests/domain/figures/oracle.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from constancia.apps.figures.snapshot import Snapshot, Terms
from constancia.domain.figures.definition import Definition
from constancia.domain.figures.dimensions import (
    CONVICTED_STATES,
    NOT_KNOWN,
    PLAIN,
    Dimension,
    category_of,
    same_category,
    sex_and_age,
)
from constancia.domain.figures.rule import Rule
from constancia.domain.timeline.state import BASIS_BOTH, BASIS_DECLARED, BASIS_WITNESSED, OPEN_PAST
from constancia.domain.vocabulary.terms import Custody, Grade

_AGES = {-1: "adolescent", -2: NOT_KNOWN}


@dataclass(frozen=True, slots=True)
class Question:
    """A figure asked for: days are ordinals, `known_at` microseconds since 1970 and `known_day` its day.

    `start` is the first day of the period of a flow, OPEN_PAST for "from always". `without`: persons (primary
    keys) who are not counted, whatever the rule says: those of whom nothing may be published.
    """

    definition: Definition
    rule: Rule
    as_of: int
    known_at: int
    known_day: int
    entry_grade: Grade
    exit_grade: Grade
    start: int = OPEN_PAST
    months: int | None = None
    witnessed: bool = False
    by: tuple[Dimension, ...] = ()
    without: tuple[int, ...] = ()

    def at(self, as_of: int, known_at: int, known_day: int) -> Question:
        """The same question for another D and T."""
        return replace(self, as_of=as_of, known_at=known_at, known_day=known_day)


@dataclass(slots=True)
class Count:
    """Value with its bounds; pending_in would count if lower grades did, pending_out has an exit reported."""

    value: int = 0
    lowest: int = 0
    highest: int = 0
    pending_in: int = 0
    pending_out: int = 0

    def add(self, numbers: Sequence[int]) -> None:
        """Adds (value, lowest, highest, pending_in, pending_out)."""
        self.value += numbers[0]
        self.lowest += numbers[1]
        self.highest += numbers[2]
        self.pending_in += numbers[3]
        self.pending_out += numbers[4]


@dataclass(slots=True)
class Answer:
    """The total, and per dimension its categories."""

    total: Count = field(default_factory=Count)
    by: dict[Dimension, dict[str, Count]] = field(default_factory=dict)


WHICH = {
    "value": "v",
    "lowest": "c",
    "highest": "p",
    "pending_in": "ve AND NOT v",
    "pending_out": "v AND NOT vx",
}
"""Groups of people of a figure, as conditions on the columns of `people_sql`."""

_KEY = (1 << 62) - 1
DETENTION = f"(key >> 7) & {(1 << 32) - 1}"
"""The detention of the row that decides, out of its key (`stock_rows`, `flow_rows`)."""
_NUMBERS = ", ".join(f"count(*) FILTER ({condition})" for condition in WHICH.values())


def count(snapshot: Snapshot, question: Question) -> Answer:
    """The figure."""
    sql = people_sql(question, snapshot.terms)
    cats = [f"cat{index}" for index in range(len(question.by))]
    sets = ", ".join(["()", *(f"({cat})" for cat in cats)])
    marks = ", ".join(f"grouping({cat}), {cat}" for cat in cats)
    rows = snapshot.table.rows(
        f"WITH people AS ({sql}) SELECT {_NUMBERS} {',' if marks else ''} {marks} FROM people "
        f"GROUP BY GROUPING SETS ({sets})"
    )
    answer = Answer(by={dimension: {} for dimension in question.by})
    for row in rows:
        where = [i for i in range(len(cats)) if row[5 + 2 * i] == 0]
        if not where:
            answer.total.add(row)
            continue
        code = row[6 + 2 * where[0]]
        if code is not None and any(row[:5]):
            dimension = question.by[where[0]]
            name = category(dimension, code, snapshot.terms)
            answer.by[dimension].setdefault(name, Count()).add(row)
    return answer


def people(
    snapshot: Snapshot, question: Question, which: str, within: Mapping[Dimension, str] | None = None
) -> list[int]:
    """The persons of one of WHICH, in order; `within` keeps those of a category of dimensions in `by`."""
    sql = people_sql(question, snapshot.terms)
    cats = "".join(f", cat{index}" for index in range(len(question.by)))
    rows = snapshot.table.rows(
        f"SELECT DISTINCT person{cats} FROM ({sql}) WHERE {WHICH[which]} ORDER BY person"
    )
    wanted = within or {}
    return [
        row[0]
        for row in rows
        if all(
            row[1 + index] is not None
            and same_category(
                dimension, category(dimension, row[1 + index], snapshot.terms), wanted[dimension]
            )
            for index, dimension in enumerate(question.by)
            if dimension in wanted
        )
    ]


def people_sql(question: Question, terms: Terms) -> str:
    """A query with one row per person (or detention): v, c, p, ve, vx, key, cat0…; see WHICH."""
    if question.definition.measure == "stock":
        return gathered_sql(question, stock_rows(question, terms))
    return gathered_sql(question, flow_rows(question, terms))


def gathered_sql(question: Question, rows: str, *extra: str) -> str:
    """Flagged rows gathered by detention and then by person; `extra` names further columns to group by,
    the first of them the day for which the flags are, where they are for several days.

    The categories are those of the row with the greatest key; a certain one is marked by the highest bit.
    """
    also = "".join(f"{column}, " for column in extra)
    unit = "detention, " if question.definition.unit == "episodes" else ""
    found = f"""
        WITH flagged AS {"MATERIALIZED" if question.by else ""} ({rows}),
        detentions AS (
            SELECT {also} person, detention, bool_or(main AND val) AS v, bool_or(main AND pos) AS p,
                   bool_or(main AND sure) AND NOT bool_or(main AND NOT inside) AS c,
                   bool_or(loose_entry AND val) AS ve, bool_or(loose_exit AND val) AS vx,
                   max(key) FILTER (main AND pos) AS key
            FROM flagged GROUP BY ALL),
        people AS (
            SELECT {also} {unit} person, bool_or(v) AS v, bool_or(p) AS p, bool_or(c) AS c,
                   bool_or(ve) AS ve, bool_or(vx) AS vx, max(key + (c::BIGINT << 62)) & {_KEY} AS key
            FROM detentions GROUP BY ALL)"""
    if not question.by:
        return f"{found} SELECT * FROM people"
    cats = ", ".join(f"best.cat{index}" for index in range(len(question.by)))
    same = f"AND best.{extra[0]} = people.{extra[0]}" if extra else ""
    return f"""{found}
        SELECT people.*, {cats} FROM people
        LEFT JOIN (SELECT * FROM flagged WHERE main AND pos) best ON best.key = people.key {same}"""


def stock_rows(
    question: Question,
    terms: Terms,
    day: str | None = None,
    source: str = "state",
    also: Sequence[str] = (),
) -> str:
    """The rows that may matter at the end of `day` (an ordinal or a column of `source`), with their flags.

    `also`: further columns of `source` to keep. Of the whole table, only the rows of detentions that have one
    in the counted states: most people left prison long ago, and nothing that is gathered of a detention
    without such a row comes out true.
    """
    d = str(question.as_of) if day is None else day
    inside = inside_sql(question, terms)
    there = (
        f"{known_sql(question)} AND {population_sql(question, terms)}"
        f" AND seg_from <= {d} AND seg_to > {d} AND start_earliest <= {d} AND end_latest > {d}"
    )
    if source == "state":
        there += f" AND detention IN (SELECT detention FROM state WHERE {inside} AND {there})"
    counted = {side: counted_from(question, f"entry_{side}") for side in ("day", "earliest", "latest")}
    # Named one by one: every column at every step costs planning.
    cats = "".join(f", cat{index}" for index in range(len(question.by)))
    kept = "".join(f", {column}" for column in also)
    return f"""
        SELECT person, detention, inside, main, loose_entry, loose_exit, val, pos, sure {cats} {kept},
               (val::BIGINT << 61) + (start_day::BIGINT << 39) + (detention::BIGINT << 7)
               + (spell << 1) AS key
        FROM (
            SELECT person, detention, spell, start_day, {inside} AS inside, {grade_flags(question)}
                   {categories_sql(question, terms, d)} {kept},
                   {inside} AND start_day <= {d} AND end_day > {d} AND {counted["day"]} <= {d} AS val,
                   {inside} AND {counted["earliest"]} <= {d} AS pos,
                   {inside} AND {counted["latest"]} <= {d} AS sure
            FROM {source}
            WHERE {there}
        )"""


def flow_rows(
    question: Question,
    terms: Terms,
    first: str | None = None,
    last: str | None = None,
    source: str = "state",
    ever: bool = False,
) -> str:
    """The rows whose entry or exit may lie between days `first` and `last`, with their flags.

    `ever`: those known at any time, not only those that hold as known at T.
    """
    a = str(question.start) if first is None else first
    d = str(question.as_of) if last is None else last
    exits = question.definition.event == "exit"
    at = "end" if exits else "entry"
    seg_day = "greatest(end_day - 1, start_day)" if exits else "entry_day"
    stays = {"day": "true", "earliest": "true", "latest": "true"}
    if minimum_stay(question):
        held_on = f"next_custody IN {_in(terms.ids(tuple(held_states(question))))}"
        until = {"day": "end_day", "earliest": "end_latest", "latest": "end_earliest"}
        for side, end in until.items():
            counted = counted_from(question, f"entry_{side}")
            stays[side] = f"{end} >= {counted}"
            if not exits:
                stays[side] = f"({stays[side]} OR {held_on}) AND {counted} <= {question.known_day}"
    return f"""
        SELECT *, (val::BIGINT << 61) + ({at}_day::BIGINT << 39) + (detention::BIGINT << 7)
                  + (spell << 1) + (seg_from <= {seg_day} AND seg_to > {seg_day})::INTEGER AS key
        FROM (
            SELECT *, true AS inside, {grade_flags(question)}
                   {categories_sql(question, terms, f"{at}_day")},
                   {at}_day >= {a} AND {at}_day <= {d} AND {stays["day"]} AS val,
                   {at}_earliest <= {d} AND {at}_latest >= {a} AND {stays["earliest"]} AS pos,
                   {at}_earliest >= {a} AND {at}_latest <= {d} AND {stays["latest"]} AS sure
            FROM {source}
            WHERE {standing_sql(question) if ever else known_sql(question)}
              AND {population_sql(question, terms)} AND {inside_sql(question, terms)}
              AND {at}_earliest <= {d} AND {at}_latest >= {a})"""


def known_sql(question: Question, least: Grade = Grade.REPORTED) -> str:
    """Rows that hold as known at T, under the exit grade asked for or under the lowest."""
    window = f"known_from <= {question.known_at} AND known_to > {question.known_at}"
    return f"{window} AND {standing_sql(question, least)}"


def standing_sql(question: Question, least: Grade = Grade.REPORTED) -> str:
    """The same without T: rows that held in their windows of known time."""
    basis = BASIS_WITNESSED if question.witnessed else BASIS_DECLARED
    grade = int(question.exit_grade)
    return (
        f"basis IN ({BASIS_BOTH}, {basis}) AND entry_grade >= {int(least)} "
        f"AND (grade_low <= {grade} AND grade_high >= {grade} OR grade_low <= 1)"
    )


def grade_flags(question: Question) -> str:
    """`main`: counts under the grades asked for; the loose ones would under a lower entry or exit grade."""
    grade = int(question.exit_grade)
    entry = f"entry_grade >= {int(question.entry_grade)}"
    exits = f"grade_low <= {grade} AND grade_high >= {grade}"
    loose = "grade_low <= 1" if question.definition.event == "exit" else exits
    return f"{entry} AND {exits} AS main, {loose} AS loose_entry, {entry} AND grade_low <= 1 AS loose_exit"


def population_sql(question: Question, terms: Terms) -> str:
    """Whether the rule admits the detention: recognition and event context."""
    rule, found = question.rule, [recognised_sql(question, terms)]
    if rule.contexts_in or rule.contexts_out:
        ids = terms.matching(f"context {rule.sha256}", rule.admits_context)
        found.append(f"context IN {_in(ids)}")
    if question.without:
        found.append(f"person NOT IN {_in(question.without)}")
    return " AND ".join(found)


def recognised_sql(question: Question, terms: Terms) -> str:
    """Whether the detention is recognised as the rule (or the figure) asks."""
    rule, demanded = question.rule, question.definition.recognised
    if rule.recognition == "none" and not demanded:
        return "true"
    name = f"recognition {rule.name} {rule.version} {rule.sha256} {demanded}"
    return f"recognition IN {_in(terms.matching(name, lambda text: rule.recognises(text, demanded)))}"


def held_states(question: Question) -> tuple[Custody, ...]:
    """The custody states counted (for exits: those left)."""
    return question.definition.states or question.rule.held


def inside_sql(question: Question, terms: Terms) -> str:
    """Whether a spell is in the counted states (a flow of exits: is left in the way counted)."""
    definition = question.definition
    if definition.event == "entry":
        return f"custody IN {_in(terms.ids((Custody.IN_CUSTODY,)))}"
    if definition.event == "exit":
        kinds = terms.matching(f"exits {definition.sha256} {definition.kinds}", definition.counts_exit)
        found = [f"exit_kind IN {_in(kinds)}"]
        if definition.states is not None:
            found.append(f"custody IN {_in(terms.ids(definition.states))}")
        if definition.into:
            found.append(f"next_custody IN {_in(terms.ids(definition.into))}")
        return " AND ".join(found)
    found = [f"custody IN {_in(terms.ids(held_states(question)))}"]
    if definition.case_state_not:
        found.append(f"case_state NOT IN {_in(terms.ids(definition.case_state_not))}")
    if definition.whereabouts:
        found.append(f"whereabouts IN {_in(terms.ids(definition.whereabouts))}")
    return f"({' AND '.join(found)})"


def minimum_stay(question: Question) -> int:
    """Days from which somebody counts after the entry."""
    return question.rule.minimum_stay_days if question.definition.minimum_stay else 0


def counted_from(question: Question, entry: str) -> str:
    """The first day on which a detention that began on the column `entry` counts, as an ordinal."""
    day = f"({entry} + {minimum_stay(question)})"
    if question.months is None:
        return day
    first = "DATE '0001-01-01'"
    later = f"({first} + (greatest({entry}, 1) - 1)::INTEGER + INTERVAL {int(question.months)} MONTH)::DATE"
    return f"greatest({day}, {later} - {first} + 1)"


def categories_sql(question: Question, terms: Terms, day: str) -> str:
    """The columns cat0, cat1, … (whole numbers, read back by `category`), led by a comma."""
    found = []
    for index, dimension in enumerate(question.by):
        if dimension is Dimension.AGE_GROUP:
            sql = f"CASE WHEN adult_from < 0 THEN -2 WHEN adult_from > {day} THEN -1 ELSE 0 END"
        elif dimension is Dimension.SEX_AND_AGE:
            sql = f"CASE WHEN adult_from < 0 THEN -2 WHEN adult_from > {day} THEN -1 ELSE sex END"
        elif dimension is Dimension.CONVICTED:
            convicted = _in(terms.ids(tuple(CONVICTED_STATES)))
            sql = f"CASE WHEN case_state = 0 THEN -2 WHEN case_state IN {convicted} THEN 1 ELSE 0 END"
        else:
            sql = PLAIN[dimension]
        found.append(f", {sql} AS cat{index}")
    return "".join(found)


def category(dimension: Dimension, code: int, terms: Terms) -> str:
    """The category's name for a code of `categories_sql`."""
    if dimension is Dimension.AGE_GROUP:
        return _AGES.get(code, "adult")
    if dimension is Dimension.SEX_AND_AGE:
        return _AGES[code] if code in _AGES else sex_and_age(terms.text(code), "adult")
    if dimension is Dimension.CONVICTED:
        return {-2: NOT_KNOWN, 1: "convicted"}.get(code, "not_convicted")
    return category_of(dimension, terms.text(code))


def _in(ids: Sequence[int]) -> str:
    return f"({', '.join(map(str, ids))})"
