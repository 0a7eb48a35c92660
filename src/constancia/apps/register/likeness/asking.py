"""Whom of the people that a user may see a mention may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.register.access import in_regions, visible, within_reach
from constancia.apps.register.likeness.process import Live, live
from constancia.apps.register.models import Erased
from constancia.domain.matching.engine import COVERAGE, TOP
from constancia.domain.matching.shapes import Candidate, Known, Matched, Mention
from constancia.infra import barrier


def match(
    user: User, mentions: Sequence[Mention], *, top: int = TOP, coverage: float = COVERAGE
) -> list[Matched]:
    """Whom of the people that `user` may see each mention may mean, in order. `key` is the primary key.

    Nobody for who may not read identities or does not browse cases.
    """
    if not (may(user, Permission.CASE_BROWSE) and may(user, Permission.IDENTITY_READ)):
        return [Matched((), 1.0) for _ in mentions]
    found = live()
    if scope(user) is None:
        return found.index.match(mentions, top=top, coverage=coverage)
    seen = seen_by(user)
    heads = {found.head(person) for person in seen}
    told = found.index.match(mentions, top=top, coverage=coverage, only=heads)
    return [
        replace(one, candidates=tuple(_for_who_sees(c, found, seen) for c in one.candidates)) for one in told
    ]


@within_reach
def known_of(user: User, persons: Iterable[int]) -> Mapping[int, Known]:
    """What is compared of `persons`, for those that `user` may see: for showing both sides."""
    if not may(user, Permission.IDENTITY_READ):
        return {}
    found = live()
    shown = {}
    asked = list(persons)
    seen = set(visible(user).filter(pk__in=asked).values_list("pk", flat=True))
    for person in asked:
        one = found.index.known(found.head(person)) if person in seen else None
        if one is not None and (scope(user) is None or found.head(person) == person):
            shown[person] = one
    return shown


@within_reach
def seen_by(user: User) -> frozenset[int]:
    """Everybody whose case `user` may open."""
    near = in_regions(user)
    if near is not None and not barrier.stands():
        # Asked person by person, it would take the whole register.
        gone = Erased.objects.values_list("person_id", flat=True)
        return frozenset(near.values_list("person_id", flat=True)) - frozenset(gone)
    return frozenset(visible(user).values_list("pk", flat=True))


def _for_who_sees(candidate: Candidate, found: Live, seen: frozenset[int]) -> Candidate:
    """Under a record that the user may see. What speaks for a person of whom another record is not theirs
    may come from that record: it is not told."""
    members = found.members(candidate.key)
    if all(person in seen for person in members):
        return candidate
    return replace(candidate, key=next(person for person in members if person in seen), reasons=())
