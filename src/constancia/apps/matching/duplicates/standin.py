"""Pairs of the register's people who may be one, each found by asking whom the other's name may mean."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.register.access import visible
from constancia.apps.register.likeness import known_of, match
from constancia.domain.matching.shapes import Known, Mention, Reason


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people (primary keys, one < other) who may be one."""

    one: int
    other: int
    probability: float
    reasons: tuple[Reason, ...]


def pairs(user: User, *, least: float = 0.5, limit: int = 500) -> list[Pair]:
    """Pairs of people the user may see, the likeliest first."""
    people = known_of(user, visible(user).values_list("pk", flat=True))
    keys = sorted(people)
    found: dict[tuple[int, int], Pair] = {}
    for key, matched in zip(keys, match(user, [_mention(people[key]) for key in keys]), strict=True):
        others = [one for one in matched.candidates if one.key != key]
        # The person's own entry has taken its share of the probability.
        own = sum(one.probability for one in matched.candidates if one.key == key)
        for one in others:
            pair = (min(key, one.key), max(key, one.key))
            probability = min(1.0, one.probability / max(1.0 - own, one.probability, 1e-9))
            if probability >= least and (pair not in found or found[pair].probability < probability):
                found[pair] = Pair(*pair, probability, one.reasons)
    return sorted(found.values(), key=lambda pair: (-pair.probability, pair.one, pair.other))[:limit]


def _mention(known: Known) -> Mention:
    return Mention(
        known.names[0],
        document=next(iter(known.documents), ""),
        born=known.born,
        sex=known.sex,
        state=next(iter(known.states), ""),
    )
