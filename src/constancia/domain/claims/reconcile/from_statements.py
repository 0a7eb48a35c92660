"""Assertions from a table of statements: one row per figure that somebody published.

Columns: stmt_id, org, measure, population, value, bound, period_from, as_of, published; others are let be.
`measure` says in words joined by "_" how it is counted (stock; cum, total; day; week; period, delta; net)
and of what (release, full, arrest, added, removed, announced, amnesty, death …).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reconcile.assertion import (
    ADDED,
    DETAINED,
    FULL_RELEASES,
    HELD,
    LARGEST,
    NET_CHANGE,
    RELEASED,
    REMOVED,
    Assertion,
    Measure,
    Note,
    NotUsed,
    usable,
)
from constancia.domain.claims.reconcile.populations import counted
from constancia.domain.errors import InputRefused
from constancia.domain.names import fold
from constancia.domain.vocabulary.terms import Qualifier, Said

MOST_ROWS = 2_000
LONGEST_CELL = 2_000
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
_HOW = {
    "stock": Measure.STOCK,
    "held": Measure.STOCK,
    "cum": Measure.CUMULATIVE,
    "cumulative": Measure.CUMULATIVE,
    "total": Measure.CUMULATIVE,
    "day": Measure.DAY,
    "daily": Measure.DAY,
    "week": Measure.PERIOD,
    "weekly": Measure.PERIOD,
    "period": Measure.PERIOD,
    "flow": Measure.PERIOD,
    "delta": Measure.PERIOD,
    "increment": Measure.PERIOD,
    "batch": Measure.PERIOD,
    "month": Measure.PERIOD,
    "net": Measure.NET_CHANGE,
    "change": Measure.NET_CHANGE,
}
_WHAT = (
    ("announc", Said.ANNOUNCED_RELEASE.value),
    ("full", FULL_RELEASES),
    ("request", Said.AMNESTY_REQUESTS.value),
    ("amnest", Said.AMNESTY_GRANTED.value),
    ("pardon", Said.PARDONED.value),
    ("releas", RELEASED),
    ("excarcel", RELEASED),
    ("exit", REMOVED),
    ("remov", REMOVED),
    ("add", ADDED),
    ("late", ADDED),
    ("new", ADDED),
    ("valid", ADDED),
    ("arrest", DETAINED),
    ("detention", DETAINED),
    ("detain", DETAINED),
    ("jail", DETAINED),
    ("entr", DETAINED),
    ("death", Said.KILLED.value),
    ("kill", Said.KILLED.value),
    ("sentenc", Said.SENTENCED.value),
    ("recogni", Said.RECOGNISED.value),
    ("restrict", Said.RESTRICTED.value),
    ("measures", Said.RESTRICTED.value),
)
_GREW = frozenset({"delta", "increment", "week", "weekly"})
"""Words of a measure for what a total grew by."""
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2})?)?\s*(?:Z|[+-]\d{2}:?\d{2})?")
_NUMBER = re.compile(r"[-+−]?(?:\d{1,9}|\d{1,3}(?:[.,\u00a0 ]\d{3})+)")


def from_statements(text: str, document: str = "") -> tuple[list[Assertion], list[NotUsed]]:
    """The rows as assertions, and those that no constraint can be made of, with the reason.

    InputRefused: `claims.reconcile_columns` (columns are missing), `claims.reconcile_many`,
    `claims.reconcile_table` (it is no table at all).
    """
    try:
        rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        heads = [(head or "").strip().lower() for head in rows.fieldnames or ()]
        missing = [name for name in NEEDED if name not in heads]
        if missing:
            raise InputRefused("claims.reconcile_columns", columns=", ".join(missing))
        rows.fieldnames = heads
        used: list[Assertion] = []
        unused: list[NotUsed] = []
        for number, row in enumerate(rows, start=2):
            if number > MOST_ROWS + 1:
                raise InputRefused("claims.reconcile_many", limit=MOST_ROWS)
            cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
            made = _assertion(cells, cells.get("stmt_id") or f"{document}:{number}")
            if isinstance(made, NotUsed):
                unused.append(made)
            else:
                used.append(made)
    except csv.Error as broken:
        raise InputRefused("claims.reconcile_table") from broken
    return used, unused


def _assertion(row: Mapping[str, str], id: str) -> Assertion | NotUsed:
    id = id[:80]
    if any(len(cell) > LONGEST_CELL for cell in row.values()):
        return NotUsed(id, "unreadable")
    value = _value(row["value"])
    if value is None:
        return NotUsed(id, "value", row["value"][:40])
    qualifier = BOUNDS.get(row.get("bound", "").lower())
    if qualifier is None:
        return NotUsed(id, "bound", row.get("bound", "")[:40])
    try:
        moment = _moment(row["as_of"])
        published, start = _moment(row.get("published", "")), _moment(row.get("period_from", ""))
    except ValueError:
        return NotUsed(id, "date")
    if moment is None:
        return NotUsed(id, "no_day")
    if not usable(moment[0], published and published[0], start and start[0]):
        return NotUsed(id, "date")
    if not fold(row["org"]):
        return NotUsed(id, "no_claimant")
    kind = _kind(row["measure"], row.get("population", ""))
    if kind is None:
        return NotUsed(id, "measure", row["measure"][:40])
    what, measure = kind
    if value < 0 and measure is not Measure.NET_CHANGE:
        return NotUsed(id, "value", row["value"][:40])
    who = counted(row.get("population", ""))
    if who.full and what == RELEASED:
        what = FULL_RELEASES
    made = Assertion(
        id=id,
        claimant=key_of(row["org"]),
        what=what,
        measure=measure,
        value=value,
        qualifier=qualifier,
        end=moment[0],
        minute=moment[1],
        start=start[0] if start else None,
        published=published[0] if published else None,
        population=who.population,
        filters=who.filters,
        verified=measure is Measure.CUMULATIVE,
        document="table",
        name=row["org"],
        grew=measure is Measure.PERIOD and bool(_GREW & set(fold(row["measure"].replace("_", " ")).split())),
    )
    return _of_its_days(made, "week" in fold(row["measure"].replace("_", " ")).split())


def _of_its_days(a: Assertion, week: bool) -> Assertion | NotUsed:
    """With the first day that its measure implies."""
    if a.measure is Measure.STOCK:
        return replace(a, start=None)
    if a.measure is Measure.DAY:
        a = replace(a, start=a.end)
    elif week and a.start is None:
        a = replace(a, start=a.end - timedelta(days=7)).noted(Note.WEEK)
    elif a.measure in (Measure.PERIOD, Measure.NET_CHANGE) and a.start is None:
        return NotUsed(a.id, "no_period")
    elif a.start is None:
        a = a.noted(Note.START_UNSTATED)
    if a.start is not None and a.start > a.end:
        return NotUsed(a.id, "backwards")
    return a


def _kind(measure: str, population: str) -> tuple[str, Measure] | None:
    """What a measure counts and how; None where it cannot be told."""
    words = fold(measure.replace("_", " ")).split()
    how = next((_HOW[word] for word in words if word in _HOW), None)
    text = " ".join(words)
    what = next((what for part, what in _WHAT if part in text), None)
    if what == Said.RESTRICTED.value or (how is Measure.STOCK and what in (None, DETAINED)):
        return (what if what == Said.RESTRICTED.value else HELD), Measure.STOCK
    if how is Measure.NET_CHANGE or (what is None and "delta" in words):
        return NET_CHANGE, Measure.NET_CHANGE
    if how is Measure.STOCK:
        return None
    if what is None:
        what = next((what for part, what in _WHAT if part in fold(population.replace("_", " "))), None)
    if what is None or (how is None and len(words) > 1):
        return None
    return what, how or Measure.CUMULATIVE


def _value(text: str) -> int | None:
    if not _NUMBER.fullmatch(text):
        return None
    value = int(re.sub(r"\D", "", text))
    if value > LARGEST:
        return None
    return -value if text[0] in "-−" else value


def _moment(text: str) -> tuple[date, int | None] | None:
    """Day and minute of it; None for nothing. ValueError where it is no day."""
    if not text:
        return None
    found = _MOMENT.fullmatch(text)
    if not found:
        raise ValueError(text)
    hour, minute = found[2], found[3]
    clock = None if hour is None else int(hour) * 60 + int(minute)
    if clock is not None and clock >= 24 * 60:
        raise ValueError(text)
    return date.fromisoformat(found[1]), clock
