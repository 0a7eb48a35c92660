"""When two categories are one."""

from __future__ import annotations

from constancia.domain.figures.dimensions import Dimension, same_category


def test_places_states_and_contexts_are_the_same_by_whatever_name() -> None:
    assert same_category(Dimension.PLACE, "Rodeo 1", "El Rodeo I (Miranda)")
    assert not same_category(Dimension.PLACE, "El Rodeo II", "El Rodeo I")
    assert same_category(Dimension.STATE, "zulia", "Edo. Zulia")
    assert same_category(Dimension.CONTEXT, "elecciones de julio de 2024", "Elecciones de julio de 2024")


def test_closed_categories_are_what_they_are() -> None:
    assert same_category(Dimension.SEX, "woman", "woman")
    assert not same_category(Dimension.SEX, "Woman", "woman")
