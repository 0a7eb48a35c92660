"""Whom of the people behind a number a user may be shown."""

from __future__ import annotations

from collections.abc import Sequence

from constancia.apps.accounts.models import User
from constancia.apps.register import erased
from constancia.apps.register.access import visible, within_reach

_PIECE = 500


def seen_by(user: User, persons: list[int]) -> list[int]:
    """Those of the persons whose case the user may open."""
    mine = codes_seen_by(user, persons)
    return [person for person in persons if person in mine]


@within_reach
def codes_seen_by(user: User, persons: Sequence[int]) -> dict[int, str]:
    """Primary key and code of those of the persons whose case the user may open."""
    mine = visible(user).values_list("pk", "code")
    if len(persons) > 20 * _PIECE:
        return dict(mine)
    pieces = (persons[start : start + _PIECE] for start in range(0, len(persons), _PIECE))
    return {pk: code for piece in pieces for pk, code in mine.filter(pk__in=piece)}


def erased_among(_user: User, persons: Sequence[int]) -> list[int]:
    """Those of the persons who are erased from the register."""
    return sorted(erased.among(persons))
