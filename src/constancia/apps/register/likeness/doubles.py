"""Who may stand in the register twice."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.register.likeness.asking import seen_by
from constancia.apps.register.likeness.process import live
from constancia.domain.matching.doubles import doubles
from constancia.domain.matching.shapes import Reason


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people (primary keys, `one` < `other`) who may be one, and why."""

    one: int
    other: int
    probability: float
    reasons: tuple[Reason, ...]


def pairs(user: User, *, least: float = 0.5, limit: int = 500) -> list[Pair]:
    """Probable duplicates among the people whom `user` may see, the likeliest first.

    Those judged to be one already stand once and are none. Judgements that two are different are not
    looked at here.
    """
    if not (may(user, Permission.CASE_BROWSE) and may(user, Permission.IDENTITY_READ)):
        return []
    found = live()
    told = doubles(found.index, least=least)
    if scope(user) is not None:
        seen = seen_by(user)
        told = [
            one
            for one in told
            if all(person in seen for key in (one.one, one.other) for person in found.members(key))
        ]
    return [Pair(one.one, one.other, one.probability, one.reasons) for one in told[:limit]]
