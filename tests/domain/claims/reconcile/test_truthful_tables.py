"""What is true is no contradiction when it is written as a table either, as organisations write theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.claims.reconcile.assertion import MINUTES
from constancia.domain.claims.reconcile.from_statements import NIGHT, NOON, ZONE, from_statements
from constancia.domain.claims.reconcile.report import reconcile
from tests.domain.claims.reconcile.worlds import DAYS, FIRST, World, day, world
from tests.support.effort import examples

HEAD = "stmt_id,org,measure,population,value,bound,period_from,as_of,published,source_url,supersedes\n"


@settings(max_examples=examples(80), deadline=None)
@given(st.integers(0, 2**32))
def test_rows_that_are_true_never_contradict_each_other(seed: int) -> None:
    random = Random(seed)
    real = world(random)
    rows = [_row(real, random, f"s{number}") for number in range(random.randint(2, 12))]
    report = reconcile(*from_statements(HEAD + "".join(f"{row}\n" for row in rows), "t"))
    assert not report.conflicts, rows
    assert all(one.reason in ("superseded", "repeated") for one in report.not_used), report.not_used


def _row(real: World, random: Random, id: str) -> str:
    start, end = sorted((random.randrange(DAYS), random.randrange(DAYS)))
    known, at = _moment(real, random, end)
    published = day(end + random.randint(0, 3)) if random.random() < 0.8 else ""
    begins = day(start)
    first = start * MINUTES
    match random.choice(["stock", "total", "total", "part", "late", "day", "announced", "mistake"]):
        case "stock":
            measure, value, begins = "stock", real.length(known), ""
        case "total":
            measure, value = "cum_release", real.flow("released", first, known, known)
        case "part":
            measure, value = (
                "cum_release_women",
                real.flow("released", first, known, known, (("sex", "woman"),)),
            )
        case "late":
            told = (end + 1) * MINUTES + random.randint(1, NOON)
            at, begins, published = _written(told, random), day(end), day(end + 1)
            measure = "day_release"
            value = real.flow("released", end * MINUTES, (end + 1) * MINUTES, told)
        case "day":
            hour = random.randrange(NIGHT, MINUTES)
            told, begins = end * MINUTES + hour, day(end)
            measure, at = "day_release", _written(told, random)
            value = real.flow("released", end * MINUTES, (end + 1) * MINUTES, told)
        case "announced":
            measure, value, begins = "announced_release", random.randint(1, 400), ""
        case _:
            wrong = f"{id}w,X,stock,political_prisoners,999,=,,{day(end)},{published},,"
            right = f"{id},X,stock,political_prisoners,{real.length(known)},=,,{at},{published},,{id}w"
            return f"{wrong}\n{right}"
    return f"{id},X,{measure},political_prisoners,{value},=,{begins},{at},{published},,"


def _moment(real: World, random: Random, end: int) -> tuple[int, str]:
    """What is known by a day, or by a minute of it, and how the moment is written."""
    if random.random() < 0.7:
        return real.drafted[end], day(end).isoformat()
    known = end * MINUTES + random.randrange(1, MINUTES)
    return known, _written(known, random)


def _written(known: int, random: Random) -> str:
    """A minute of the world as a clock in Caracas, or as one elsewhere with its offset."""
    at = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=ZONE) + timedelta(minutes=known)
    if random.random() < 0.5:
        return at.replace(tzinfo=None).isoformat(timespec="minutes")
    return at.astimezone(UTC).isoformat(timespec="minutes")
