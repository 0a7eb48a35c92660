"""Names to show: the latest live name of each person, opened with that person's key."""

from __future__ import annotations

from collections.abc import Iterable

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, may
from constancia.apps.register import noting
from constancia.apps.register.histories import open_fields
from constancia.apps.register.liveness import gone
from constancia.apps.register.models import Fact
from constancia.infra.bulk import in_pieces


def names_of(user: User, persons: Iterable[int], where: str = "form") -> dict[int, str]:
    """Person → name as written, for those `persons` (already the user's to see) that have one; noted in the
    trail, as a list of that page.

    Empty for a user who may not read identities.
    """
    wanted = sorted(set(persons))
    if may(user, Permission.IDENTITY_READ):
        noting.listed(user, wanted, where)
    return names_unnoted(user, wanted)


def names_unnoted(user: User, persons: Iterable[int]) -> dict[int, str]:
    """The same for who notes by another deed that they are shown."""
    if not may(user, Permission.IDENTITY_READ):
        return {}
    found: dict[int, str] = {}
    for piece in in_pieces(sorted(set(persons))):
        rows = list(
            Fact.objects.filter(person__in=piece, kind="name")
            .order_by("seq")
            .values_list("person_id", "seq", "sealed", "person__subject")
        )
        dead = gone(seq for _, seq, _, _ in rows)
        latest = {person: (key, seq, sealed) for person, seq, sealed, key in rows if seq not in dead}
        opened = open_fields((bytes(key), seq, bytes(sealed or b"")) for key, seq, sealed in latest.values())
        found.update(
            {person: fields["full"] for person, fields in zip(latest, opened, strict=True) if fields}
        )
    return found
