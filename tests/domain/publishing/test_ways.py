"""Kinds within a cause of a balance: nobody is the only one who left in some way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.publishing.ways import ways


def test_kinds_of_enough_people_stand_as_they_are() -> None:
    assert ways({"full": 27, "exile": 13}, 5) == ((("full",), 27), (("exile",), 13))
    assert ways({}, 5) == ()


def test_a_small_kind_goes_with_the_next_one() -> None:
    found = ways({"under_measures": 422, "full": 27, "conditional": 11, "house_arrest": 2}, 5)
    assert found == ((("under_measures",), 422), (("full",), 27), (("conditional", "house_arrest"), 13))


def test_one_and_four_do_not_hide_each_other() -> None:
    """Both are named, so both are somebody: of five nobody could be of a kind of five."""
    assert ways({"full": 50, "exile": 4, "house_arrest": 1}, 5) == ()
    assert ways({"full": 50, "exile": 4, "conditional": 4}, 5) == (
        (("full",), 50),
        (("conditional", "exile"), 8),
    )


def test_where_nothing_hides_them_no_kind_is_told() -> None:
    assert ways({"full": 1}, 5) == ()
    assert ways({"full": 3, "exile": 40}, 5) == ()


def test_people_of_no_kind_are_what_is_left() -> None:
    assert ways({"full": 30, "": 8}, 5) == ((("full",), 30),)
    assert ways({"full": 30, "exile": 9, "": 2}, 5) == ((("full",), 30),)


@given(
    st.dictionaries(st.sampled_from(["", "a", "b", "c", "d", "e"]), st.integers(0, 12)),
    st.integers(2, 6),
)
def test_no_world_that_a_reader_can_think_of_makes_a_small_kind_certain(
    kinds: dict[str, int], threshold: int
) -> None:
    found = ways(kinds, threshold)
    shown = {kind for some, _ in found for kind in some}
    for some, number in found:
        assert number == sum(kinds[kind] for kind in some)
        assert number - (len(some) - 1) >= threshold
    left = {kind: number for kind, number in kinds.items() if number and kind not in shown}
    if found:
        assert not 0 < sum(left.values()) < threshold
