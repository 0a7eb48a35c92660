"""The breakdowns: how each state version falls into exactly one category of each dimension."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from constancia.domain.names import fold
from constancia.domain.vocabulary.prisons import prison_name
from constancia.domain.vocabulary.states import region_code
from constancia.domain.vocabulary.terms import CaseState

NOT_KNOWN = "not_known"
"""Category of what nobody has said yet. Never left out, never zero by default."""

NONE = "none"
"""Category of an empty set (no measures, no group): known to be empty, or nothing recorded."""

CONVICTED_STATES = frozenset({CaseState.CONVICTED})


class Dimension(StrEnum):
    SEX = "sex"
    AGE_GROUP = "age_group"
    SEX_AND_AGE = "sex_and_age"
    PROFILE = "profile"
    NATIONALITY = "nationality"
    STATE = "state"
    PLACE = "place"
    AUTHORITY = "authority"
    CONVICTED = "convicted"
    CONTEXT = "context"
    OCCUPATION = "occupation"
    GROUP = "group"
    KIND = "kind"  # how somebody left; only figures that count exits have it
    CUSTODY = "custody"
    WHEREABOUTS = "whereabouts"
    CASE_STATE = "case_state"
    MEASURES = "measures"


PLAIN: dict[Dimension, str] = {
    Dimension.SEX: "sex",
    Dimension.PROFILE: "profile",
    Dimension.NATIONALITY: "nationality",
    Dimension.STATE: "state",
    Dimension.PLACE: "place",
    Dimension.AUTHORITY: "authority",
    Dimension.CONTEXT: "context",
    Dimension.OCCUPATION: "occupation",
    Dimension.CUSTODY: "custody",
    Dimension.WHEREABOUTS: "whereabouts",
    Dimension.CASE_STATE: "case_state",
    Dimension.KIND: "exit_kind",
    Dimension.GROUP: "groups",
    Dimension.MEASURES: "measures",
}
"""Dimensions that are one column of the state version, renamed by `category_of`."""

AGED = frozenset({Dimension.AGE_GROUP, Dimension.SEX_AND_AGE})
"""Dimensions whose category also changes on somebody's eighteenth birthday."""


def category_of(dimension: Dimension, text: str) -> str:
    """The category of a plain dimension for the column's text.

    Several groups or measures make one combined category ("ill+older"), so that everybody stands
    in exactly one and the categories add up to the total.
    """
    if dimension in (Dimension.GROUP, Dimension.MEASURES):
        return "+".join(text.split()) or NONE
    if dimension is Dimension.KIND:
        return text.rpartition(".")[2] or NOT_KNOWN
    return text or NOT_KNOWN


def age_group(adult_from: int, day: int) -> str:
    """`adolescent`, `adult` or `not_known` on a day, from StateVersion.adult_from."""
    if adult_from < 0:
        return NOT_KNOWN
    return "adolescent" if adult_from > day else "adult"


def sex_and_age(sex: str, group: str) -> str:
    """Adolescents are one category whatever their sex, as the field's balances print them."""
    if group == "adolescent":
        return "adolescent"
    if group == NOT_KNOWN or not sex:
        return NOT_KNOWN
    return {"woman": "adult_woman", "man": "adult_man"}.get(sex, "adult_other")


WRITTEN = frozenset({Dimension.STATE, Dimension.PLACE, Dimension.CONTEXT})
"""Dimensions whose categories are texts that people write in more than one way."""


def same_category(dimension: Dimension, one: str, other: str) -> bool:
    """Whether two categories of a dimension are one: as they are, or of places, states and contexts by
    whatever name ("Rodeo 1", "El Rodeo I (Miranda)")."""
    if one == other or dimension not in WRITTEN:
        return one == other
    return bool(other) and _called(dimension, one) == _called(dimension, other)


@lru_cache(maxsize=4096)
def _called(dimension: Dimension, text: str) -> str:
    if dimension is Dimension.PLACE:
        return prison_name(text)
    return region_code(text) if dimension is Dimension.STATE else fold(text)
