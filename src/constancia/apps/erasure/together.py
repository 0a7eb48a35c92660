"""Who goes with whom: everybody who is judged to be one person."""

from __future__ import annotations

from constancia.apps.register import erased
from constancia.apps.register.likeness.reading import heads_of


def one_person(person: int) -> set[int]:
    """Everybody who is judged to be this person, itself among them; none of them erased before."""
    heads = heads_of([person])
    head = heads.get(person, person)
    joined = {person, head, *(one for one, theirs in heads.items() if theirs == head)}
    return joined - erased.among(joined)
