"""Assertions from a table of statements: one row per figure that somebody published.

Columns: stmt_id, org, measure, population, value, bound, period_from, as_of, published, source_url,
supersedes; others are let be. `measure` says in words joined by "_" how it is counted (stock; cum, total;
day; week; period, delta; net), of what (release, full, arrest, added, removed, announced, amnesty, death …)
and, where it is a part, of whom (women, military …). `source_url` is the document of its figure; without
one, all that an organisation published on that day is one document. `supersedes` names the row of the same
organisation that a row corrects.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reconcile.assertion import (
    FULL_RELEASES,
    LARGEST,
    MINUTES,
    RELEASED,
    Assertion,
    Measure,
    Note,
    NotUsed,
    usable,
)
from constancia.domain.claims.reconcile.measures import Measured, measured
from constancia.domain.claims.reconcile.table import Row, rows
from constancia.domain.errors import InputRefused
from constancia.domain.names import fold
from constancia.domain.vocabulary.terms import Qualifier, Said

MOST_ROWS = 2_000
LONGEST_CELL = 2_000
ZONE = ZoneInfo("America/Caracas")
"""Whose days are meant where nobody says: most tables are about one country."""
NIGHT = 4 * 60
"""A day's number told before this minute is of that night or of the day before: its row has to say which."""
NOON = 12 * 60
"""A day's number told by this minute of the next day is still of the day that its row says."""
NEEDED = ("org", "measure", "value", "as_of")
BOUNDS = {
    "": Qualifier.EXACT,
    "=": Qualifier.EXACT,
    "==": Qualifier.EXACT,
    ">=": Qualifier.AT_LEAST,
    "≥": Qualifier.AT_LEAST,
    ">": Qualifier.MORE_THAN,
    "<=": Qualifier.UP_TO,
    "≤": Qualifier.UP_TO,
    "<": Qualifier.UP_TO,
    "~": Qualifier.ABOUT,
    "≈": Qualifier.ABOUT,
    **{qualifier.value: qualifier for qualifier in Qualifier},
}
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?)?"
)
_GREW = frozenset({"delta", "increment", "week", "weekly"})
"""Words of a measure for what a total grew by."""
_NUMBER = re.compile(r"[-+−]?(?:\d{1,9}|\d{1,3}(?:[.,\u00a0 ]\d{3})+)")
_IDS = re.compile(r"[;,\s]+")
Moment = tuple[date, int | None]


class _Unusable(Exception):
    """Why no constraint can be made of a row: a reason of `words.toml`, and the column that it is about."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


@dataclass(frozen=True, slots=True)
class _Read:
    """A row that could be used, with the ids that it corrects."""

    row: Row
    made: Assertion
    corrects: frozenset[str]


def from_statements(
    text: str, document: str = "", zone: ZoneInfo = ZONE
) -> tuple[list[Assertion], list[NotUsed]]:
    """The rows as assertions, and those that no constraint can be made of, with the reason.

    `zone`: whose days and clocks are meant; a moment with an offset of its own is turned into it.
    InputRefused: as `table.rows`, and `claims.reconcile_empty` where there is no row.
    """
    used: list[_Read] = []
    unused: list[NotUsed] = []
    corrected: dict[tuple[str, str], str] = {}
    seen: dict[tuple[str, ...], int] = {}
    for row in rows(text, NEEDED, MOST_ROWS):
        cells = row.cells
        id = (cells.get("stmt_id") or f"{document}:{row.number}")[:80]
        same = seen.setdefault(tuple(cells.values()), row.number)
        corrects = frozenset(filter(None, _IDS.split(cells.get("supersedes", "")))) - {id}
        corrected |= {(key_of(cells["org"]), one): id for one in corrects}
        try:
            if same != row.number:
                raise _Unusable("repeated")
            used.append(_Read(row, _assertion(cells, id, document, zone), corrects))
        except _Unusable as why:
            written = str(same) if why.reason == "repeated" else cells.get(why.column, "")[:40]
            unused.append(NotUsed(id, why.reason, written, row.number, why.column))
    if not used and not unused:
        raise InputRefused("claims.reconcile_empty")
    return _corrected(used, unused, corrected), unused


def _corrected(
    used: Sequence[_Read], unused: list[NotUsed], corrected: Mapping[tuple[str, str], str]
) -> list[Assertion]:
    """What no other row corrects; the rest goes to `unused`. Rows of one id each get one of their own."""
    known = {(key_of(one.row.cells["org"]), one.made.id) for one in used}
    unread = {one.id for one in unused}
    times = Counter(one.made.id for one in used)
    kept = []
    for one in used:
        made, number, who = one.made, one.row.number, key_of(one.row.cells["org"])
        if by := corrected.get((who, made.id)):
            unused.append(NotUsed(made.id, "superseded", by, number))
            continue
        if any((who, id) not in known and id not in unread for id in one.corrects):
            made = made.noted(Note.CORRECTS_NOTHING)
        if times[made.id] > 1:
            made = replace(made, id=f"{made.id}@{number}").noted(Note.NAMED_TWICE)
        kept.append(made)
    return kept


def _assertion(row: Mapping[str, str], id: str, table: str, zone: ZoneInfo) -> Assertion:
    for column, cell in row.items():
        if len(cell) > LONGEST_CELL:
            raise _Unusable("unreadable", column)
    value = _value(row["value"])
    if value is None:
        raise _Unusable("value", "value")
    qualifier = BOUNDS.get(row.get("bound", "").lower())
    if qualifier is None:
        raise _Unusable("bound", "bound")
    moment, published, start = (_moment(row, name, zone) for name in ("as_of", "published", "period_from"))
    if moment is None:
        raise _Unusable("no_day", "as_of")
    if start is not None and start[1] is not None:
        raise _Unusable("within_a_day", "period_from")
    if not fold(row["org"]):
        raise _Unusable("no_claimant", "org")
    kind = measured(row["measure"], row.get("population", ""))
    if kind is None:
        raise _Unusable("measure", "measure")
    if value < 0 and kind.measure is not Measure.NET_CHANGE:
        raise _Unusable("value", "value")
    said = published[0] if published else None
    document = row.get("source_url", "")[:200] or (f"{table} {said}" if said else id)
    claimant = key_of(row["org"])
    made = Assertion(
        id=id,
        claimant=f"{ARTICLE}:{document}" if claimant == ARTICLE else claimant,
        what=FULL_RELEASES if kind.who.full and kind.what == RELEASED else kind.what,
        measure=kind.measure,
        value=value,
        qualifier=qualifier,
        end=moment[0],
        minute=moment[1],
        start=start[0] if start else None,
        published=said,
        population=kind.who.population,
        filters=kind.who.filters,
        verified=kind.measure is Measure.CUMULATIVE,
        document=document,
        name="" if claimant == ARTICLE else row["org"],
        grew=kind.measure is Measure.PERIOD
        and bool(_GREW & set(fold(row["measure"].replace("_", " ")).split())),
    )
    return _of_its_days(made, kind)


def _of_its_days(a: Assertion, kind: Measured) -> Assertion:
    """With the first day that its measure implies."""
    if a.measure is Measure.STOCK:
        return replace(a, start=None)
    if a.what == Said.ANNOUNCED_RELEASE.value and kind.bare and a.start in (None, a.end):
        a = replace(a, measure=Measure.DAY)  # an event of its day, not a growing total
    if a.measure is Measure.DAY:
        return _of_a_day(a)
    if kind.week and a.start is None:
        a = replace(a, start=a.end - timedelta(days=7)).noted(Note.WEEK)
    elif a.measure in (Measure.PERIOD, Measure.NET_CHANGE) and a.start is None:
        raise _Unusable("no_period", "period_from")
    elif a.start is None:
        a = a.noted(Note.START_UNSTATED)
    if a.start is not None and a.start > a.end:
        raise _Unusable("backwards", "period_from")
    return a


def _of_a_day(a: Assertion) -> Assertion:
    """A day's number is of the day that `period_from` names, though it be told in the night or morning after.

    A beginning long before its day is that of the count to which it belongs.
    """
    if a.what == Said.ANNOUNCED_RELEASE.value:
        a = replace(a, minute=None)  # several may be made in one day
    if a.start is not None and a.start > a.end:
        raise _Unusable("backwards", "period_from")
    if a.start is not None and a.start + timedelta(days=1) == a.end:
        if a.minute is None or a.minute > NOON:
            raise _Unusable("several_days", "period_from")
        return replace(a, end=a.start, minute=a.minute + MINUTES)
    if a.start != a.end and a.minute is not None and a.minute < NIGHT:
        raise _Unusable("which_night", "as_of")
    return replace(a, start=a.end)


def _value(text: str) -> int | None:
    if not _NUMBER.fullmatch(text):
        return None
    value = int(re.sub(r"\D", "", text))
    if value > LARGEST:
        return None
    return -value if text[0] in "-−" else value


def _moment(row: Mapping[str, str], column: str, zone: ZoneInfo) -> Moment | None:
    """Day and minute, in the zone; None for nothing. Midnight without an offset is how tables write a day."""
    text = row.get(column, "")
    if not text:
        return None
    found = _MOMENT.fullmatch(text)
    if not found:
        raise _Unusable("date", column)
    try:
        day = date.fromisoformat(found["day"])
        if not usable(day):
            raise _Unusable("date", column)
        if found["hour"] is None:
            return day, None
        clock = f"{int(found['hour']):02d}:{found['minute']}:{found['second'] or '00'}"
        at = datetime.fromisoformat(f"{day}T{clock}{found['offset'] or ''}")
    except ValueError as broken:
        raise _Unusable("date", column) from broken
    if found["offset"]:
        at = at.astimezone(zone)
    elif (at.hour, at.minute, at.second) == (0, 0, 0):
        return day, None
    return at.date(), at.hour * 60 + at.minute
