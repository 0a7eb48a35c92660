"""Contents as rows of a page."""

from __future__ import annotations

from constancia.apps.publishing import presenting
from tests.support.editions import content


def test_categories_shown_together_are_one_row_and_those_of_nobody_are_only_named() -> None:
    by = {one.name: one for one in presenting.tables(content(), people=False)}
    ages = by["held_by_age_group"]
    assert [(row.label, row.value, row.merged) for row in ages.rows] == [
        ("Adultas, Adolescentes", 532, True),
        ("No consta", 9, False),
    ]
    assert by["held_by_sex"].empty == ("Otro",)


def test_rows_of_a_table_add_up_to_its_total() -> None:
    for table in presenting.tables(content(), people=False):
        if table.rows:
            assert sum(row.value or 0 for row in table.rows) == table.total


def test_a_table_of_two_dimensions_shows_groups_by_letters() -> None:
    table = next(one for one in presenting.tables(content(), people=False) if one.lines)
    assert table.groups == (
        (
            "a",
            (
                "Zulia · No consta",
                "Lara · Mujeres",
                "Lara · No consta",
                "La Guaira · No consta",
            ),
            15,
        ),
    )
    assert ("Lara", ("a", 45, "a", 60)) in table.lines
    assert table.lines[-1] == ("", (104, 424, 13, 541))


def test_groups_beyond_the_alphabet_still_have_letters_of_their_own() -> None:
    signs = [presenting.sign(number) for number in range(1, 100)]
    assert signs[:2] + signs[25:28] == ["a", "b", "z", "aa", "ab"]
    assert len(set(signs)) == len(signs)


def test_a_t_that_is_no_end_of_a_day_has_no_way_down() -> None:
    # The invented edition is known at 23:59:59, a fraction of a second before the day ends.
    assert {row.address for row in presenting.figures(content(), people=True)} == {""}


def test_names_stand_by_kind_and_figures_have_their_parts() -> None:
    prints = {"held": "541", "held.lowest": "538", "table.a.b": "1", "balance.opening": "573"}
    kinds = dict(presenting.names_by_kind(prints))
    assert [(one.name, one.parts) for one in kinds[""]] == [("held", (("lowest", "held.lowest", "538"),))]
    assert [one.name for one in kinds["table"]] == ["table.a.b"]
    assert list(kinds) == ["", "table", "balance"]
