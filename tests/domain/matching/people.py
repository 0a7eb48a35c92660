"""Invented people for the tests of matching."""

from __future__ import annotations

from constancia.domain.matching.engine import Index
from constancia.domain.matching.shapes import Known

_GIVEN = (
    "José Luis", "Juan Carlos", "María Elena", "Ana", "Pedro Antonio", "Luis", "Carmen Rosa", "Jesús Manuel",
    "Miguel Ángel", "Francisco", "Rosa", "Carlos Eduardo", "Rafael", "Yusmary", "Wilmer José", "Gregorio",
)  # fmt: skip
_SURNAMES = (
    "Rodríguez", "González", "Pérez", "Hernández", "García", "Márquez", "Suárez", "Rivas", "Colmenares",
    "Torrealba", "Guédez", "Bracho", "Montilla", "Villalobos", "Carrasquel", "Zambrano", "Peña", "Núñez",
)  # fmt: skip

SOME = [
    Known(at, (f"{given} {one} {other}",), given=given, surnames=f"{one} {other}")
    for at, (given, one, other) in enumerate(
        (given, one, _SURNAMES[(5 * g + 7 * s + 3) % len(_SURNAMES)])
        for g, given in enumerate(_GIVEN)
        for s, one in enumerate(_SURNAMES)
    )
]
"""288 people with common names."""

KEPT = 1000


def index(*names: str | Known) -> Index:
    """SOME and these, whose keys are 1000, 1001 …"""
    more = [one if isinstance(one, Known) else Known(KEPT + at, (one,)) for at, one in enumerate(names)]
    return Index([*SOME, *more])
