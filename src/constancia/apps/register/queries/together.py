"""With whom a person is counted as one, by which judgements, and which of them yield to others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.register.access import visible, within_reach
from constancia.apps.register.identity import judged
from constancia.apps.register.models import Person
from constancia.domain.matching.clusters import Judged, Said
from constancia.domain.vocabulary.terms import IdentityVerdict


@dataclass(frozen=True, slots=True)
class Counted:
    """Another person of the same cluster. `fact`: the "same" said on this very pair, None where it follows
    from others; `of`: the code of the case on which that fact stands."""

    code: str
    fact: int | None
    of: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A "same" that does not join: `one` and `other` are different people, by fact `different`. A code is
    "" where the case is not the user's to see."""

    fact: int
    with_: str
    different: int
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Together:
    """`head`: the code under which the person counts, "" for its own or one that is not the user's to see.
    `unseen`: how many more of the cluster the user may not see."""

    head: str
    others: tuple[Counted, ...]
    unseen: int
    set_aside: tuple[SetAside, ...]


@within_reach
def together(user: User, person: Person, known_at: datetime) -> Together:
    """As known at `known_at`, for a person whose case the user may see."""
    said = judged(known_at)
    others = sorted(said.cluster(person.pk) - {person.pk})
    aside = [one for one in said.set_aside if person.pk in (one.one, one.other)]
    codes = _codes(user, {person.pk, *others}, aside, said)
    direct = {
        _beside(one, person.pk): one
        for one in reversed(said.said)
        if one.verdict is IdentityVerdict.SAME and person.pk in (one.one, one.other)
    }
    counted = tuple(_counted(codes, pk, direct.get(pk)) for pk in others if pk in codes)
    head = said.head(person.pk)
    return Together(
        head="" if head == person.pk else codes.get(head, ""),
        others=counted,
        unseen=len(others) - len(counted),
        set_aside=tuple(_set_aside(codes, one, person.pk, said) for one in aside),
    )


def _codes(user: User, cluster: Collection[int], aside: Iterable[Said], said: Judged) -> dict[int, str]:
    """Person → code, for those the user may see."""
    named = set(cluster)
    for one in aside:
        first = said.parting(one.one, one.other)[0]
        named |= {one.one, one.other, first.one, first.other}
    if len(named) == 1:
        return {}
    return dict(visible(user).filter(pk__in=named).values_list("pk", "code"))


def _counted(codes: dict[int, str], pk: int, said: Said | None) -> Counted:
    return Counted(codes[pk], said.number if said else None, codes.get(said.one, "") if said else "")


def _set_aside(codes: dict[int, str], one: Said, person: int, said: Judged) -> SetAside:
    first = said.parting(one.one, one.other)[0]
    return SetAside(
        one.number,
        codes.get(_beside(one, person), ""),
        first.number,
        codes.get(first.one, ""),
        codes.get(first.other, ""),
    )


def _beside(said: Said, person: int) -> int:
    return said.other if said.one == person else said.one
