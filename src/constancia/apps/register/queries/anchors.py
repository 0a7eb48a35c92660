"""What a form needs to know of the case or fact it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.register import holding, revealing
from constancia.apps.register.access import may_know_of, person_of, visible, within_reach
from constancia.apps.register.histories import is_held, open_fields, tier_by_deed
from constancia.apps.register.models import Fact
from constancia.apps.register.queries.names import names_of
from constancia.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class CaseAnchor:
    """Whose case it is: `detentions` by number, the earliest recorded first."""

    code: str
    name: str
    detentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FactAnchor:
    """One fact as recorded. `fields` of an identity kind are empty for those who may not read identities,
    and while they are `closed`."""

    seq: int
    kind: str
    code: str
    name: str
    words: str
    edtf: str
    fields: Mapping[str, Any]
    closed: bool = False


@within_reach
def anchor(user: User, code: str) -> CaseAnchor:
    """Raises NotFound (`case.not_found`) also for a case that is not the user's."""
    person = person_of(user, code)
    numbers = tuple(person.detentions.order_by("pk").values_list("pk", flat=True))
    return CaseAnchor(person.code, names_of(user, [person.pk]).get(person.pk, ""), numbers)


@within_reach
def code_of(user: User, code: str) -> str:
    """The same code, where the case is the user's to see; nothing of it is shown.

    Raises NotFound (`case.not_found`).
    """
    return person_of(user, code).code


@within_reach
def fact(user: User, seq: int, by: Iterable[int] = ()) -> FactAnchor:
    """`by`: openings of the case (`revealing`) that show what is closed on it.

    Raises NotFound (`fact.not_found`) also for a fact of a case that is not the user's, and for one of the
    sealed tier where the user may not see it.
    """
    found = Fact.objects.filter(pk=seq, person__in=visible(user)).select_related("person").first()
    if found is None or not may_know_of(user, found.kind):
        raise NotFound("fact.not_found")
    fields: Mapping[str, Any] = found.fields
    closed = False
    if found.sealed is not None:
        fields = {}
        tier = tier_by_deed(found.kind)
        closed = tier is not None and tier not in revealing.revealed(user, found.person_id, by).tiers
        if is_held(bytes(found.sealed)):
            shown = _held(user, found) if not closed else None
            fields, closed = ({}, True) if shown is None else (shown, False)
        elif may(user, Permission.IDENTITY_READ) and not closed:
            (fields,) = open_fields([(bytes(found.person.subject), found.pk, bytes(found.sealed))])
    name = names_of(user, [found.person_id]).get(found.person_id, "")
    return FactAnchor(found.pk, found.kind, found.person.code, name, found.words, found.edtf, fields, closed)


def _held(user: User, found: Fact) -> Mapping[str, Any] | None:
    """What a region holds of the fact; None while the user cannot be shown it."""
    box = (bytes(found.person.subject), found.pk, found.kind, bytes(found.sealed or b""))
    shown = holding.Reader(user, found.person.code).facts([box])[found.pk]
    return None if shown.content is None else json.loads(shown.content)
