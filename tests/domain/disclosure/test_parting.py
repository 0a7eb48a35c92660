"""What one edition merged stays merged in the next, or a small move between them gives it away."""

from __future__ import annotations

from datetime import UTC, date, datetime

from constancia.domain.disclosure.parting import Parted, parted, small_cells, together, touching
from constancia.domain.disclosure.pattern import Merged, Pattern, published
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.table import Table
from constancia.domain.disclosure.universe import related, universe

POLICY = Policy()
T = datetime(2026, 3, 1, tzinfo=UTC)


def places(**counts: int) -> Table:
    cells = {(name,): persons for name, persons in counts.items()}
    return Table("place", ("place",), cells, "held", (tuple(counts),))


def merged(*names: str) -> Pattern:
    return (Merged("place", frozenset((name,) for name in names)),)


def apart(before: Table, then: Pattern, after: Table, now: Pattern = ()) -> list[Parted]:
    return parted([published(before, then, "1")], [after], now, POLICY)


BEFORE = places(cabimas=3, fenix=7, yare=40, santa_ana=8)
TOGETHER = merged("cabimas", "fenix")


def test_a_group_that_took_another_partner_is_found() -> None:
    after = places(cabimas=3, fenix=7, yare=39, santa_ana=7)
    (one,) = apart(BEFORE, TOGETHER, after, merged("cabimas", "santa_ana"))
    assert (one.edition, one.cells) == ("1", frozenset({("cabimas",), ("fenix",)}))
    assert together(one, after) == TOGETHER[0]


def test_a_group_may_stay_or_grow_or_not_be_shown() -> None:
    after = places(cabimas=3, fenix=7, yare=39, santa_ana=7)
    assert not apart(BEFORE, TOGETHER, after, TOGETHER)
    assert not apart(BEFORE, TOGETHER, after, merged("cabimas", "fenix", "santa_ana"))
    assert not apart(BEFORE, TOGETHER, after, merged("cabimas", "fenix", "yare", "santa_ana"))


def test_a_group_may_part_once_as_many_moved_as_the_threshold() -> None:
    assert apart(BEFORE, TOGETHER, places(cabimas=6, fenix=8, yare=40, santa_ana=8))
    assert not apart(BEFORE, TOGETHER, places(cabimas=7, fenix=8, yare=40, santa_ana=8))


def test_the_only_one_left_of_a_group_is_not_shown_alone() -> None:
    after = places(fenix=7, yare=40, santa_ana=8)
    (one,) = apart(BEFORE, TOGETHER, after)
    assert one.cells == frozenset({("fenix",)})
    assert together(one, after) == merged("fenix", "santa_ana")[0]


def test_a_group_in_which_nobody_hid_may_part() -> None:
    assert small_cells([BEFORE], POLICY) == {(("place", "cabimas"),)}
    after = places(cabimas=3, fenix=7, yare=39, santa_ana=7)
    (one,) = apart(BEFORE, merged("fenix", "yare"), after)
    assert not touching(one.keys, small_cells([BEFORE], POLICY))
    (one,) = apart(BEFORE, TOGETHER, after)
    assert touching(one.keys, small_cells([BEFORE], POLICY))


def test_who_is_counted_and_not_what_a_plan_calls_it_says_what_can_be_subtracted() -> None:
    day, next_day, start = date(2026, 2, 1), date(2026, 2, 2), date(2026, 1, 8)
    held = universe("held", "jep", None, day, T)
    assert related(held, universe("held", "foro_penal", None, next_day, T))
    assert related(held, universe("held_over_months", "jep", None, day, T))
    assert not related(held, universe("under_measures", "jep", None, day, T))
    since = universe("released", "jep", start, day, T)
    assert related(since, universe("released", "jep", start, next_day, T))
    assert related(since, universe("released", "jep", day, day, T))
    assert not related(since, universe("released", "jep", next_day, next_day, T))
    assert not related("held", "released")
