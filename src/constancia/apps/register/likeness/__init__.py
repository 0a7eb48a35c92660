"""The register's people in this process's memory, for asking whom a name may mean.

    match(user, [Mention("Perez Juan")])   →  candidates among those the user may see

Kept as fresh as the register: whatever was recorded is taken over before the next question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may, scope
from constancia.apps.register import histories
from constancia.apps.register.access import visible
from constancia.apps.register.cards import live_facts
from constancia.apps.register.models import Person
from constancia.domain.facts.record import History
from constancia.domain.matching.engine import COVERAGE, TOP, Index
from constancia.domain.matching.shapes import Known, Matched, Mention

__all__ = ["index", "known_of", "match"]


def index() -> Index:
    """Everybody of the register, as known now."""
    persons = list(Person.objects.values_list("pk", flat=True))
    return Index(_known(histories.load(persons, {}, unsealed=histories.IDENTITY_KINDS)))


def match(
    user: User, mentions: Sequence[Mention], *, top: int = TOP, coverage: float = COVERAGE
) -> list[Matched]:
    """Whom of the people that `user` may see each mention may mean, in order. `key` is the primary key.

    Nobody for who may not read identities or does not browse cases.
    """
    if not (may(user, Permission.CASE_BROWSE) and may(user, Permission.IDENTITY_READ)):
        return [Matched((), 1.0) for _ in mentions]
    return index().match(mentions, top=top, coverage=coverage, only=_seen_by(user))


def known_of(user: User, persons: Iterable[int]) -> Mapping[int, Known]:
    """What is compared of `persons`, for those that `user` may see: for showing both sides."""
    if not may(user, Permission.IDENTITY_READ):
        return {}
    seen = visible(user).filter(pk__in=list(persons)).values_list("pk", flat=True)
    found = index()
    return {key: one for key in seen if (one := found.known(key)) is not None}


def _seen_by(user: User) -> Collection[int] | None:
    return None if scope(user) is None else frozenset(visible(user).values_list("pk", flat=True))


def _known(loaded: Iterable[History]) -> Iterable[Known]:
    for history in loaded:
        live = live_facts(history)
        names = [fact.fields["full"] for fact in reversed(live) if fact.kind == "name" and fact.fields]
        names += [fact.fields["value"] for fact in live if fact.kind == "alias" and fact.fields]
        if names:
            yield Known(history.person, tuple(dict.fromkeys(names)))
