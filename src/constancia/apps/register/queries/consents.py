"""What each person allows to be published, as known at an instant. For what is published: takes no user."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from constancia.apps.register.bulk import in_pieces
from constancia.apps.register.histories import open_fields
from constancia.apps.register.identity import counted_as, micros
from constancia.apps.register.liveness import holds, superseders
from constancia.apps.register.models import Fact
from constancia.domain.vocabulary.terms import ConsentTier

NARROWEST_FIRST = tuple(reversed(ConsentTier))
"""Of several people who were judged to be one, what the most reserved allows holds for all."""


def consents(known_at: datetime) -> dict[int, ConsentTier]:
    """Person (as counted at `known_at`) → what the last word known by then allows.

    Absent: nobody has said anything. A consent that was taken back leaves the one before it.
    """
    rows = list(
        Fact.objects.filter(kind="consent", known_at__lte=known_at)
        .order_by("seq")
        .values_list("seq", "person_id", "fields")
    )
    over = superseders(seq for seq, _, _ in rows)
    found = {
        person: ConsentTier(fields["tier_given"])
        for seq, person, fields in rows
        if seq not in over or holds(seq, over, known_at)
    }
    for person, counting in _joined(known_at).items():
        if person in found:
            found[counting] = _narrower(found.get(counting), found[person])
    return found


def published_names(persons: Iterable[int], known_at: datetime) -> dict[int, str]:
    """Person → the name as written that held at `known_at`, of those whose key is still there."""
    found: dict[int, str] = {}
    for piece in in_pieces(sorted(set(persons))):
        rows = list(
            Fact.objects.filter(person__in=piece, kind="name", known_at__lte=known_at)
            .order_by("seq")
            .values_list("person_id", "seq", "sealed", "person__subject")
        )
        over = superseders(seq for _, seq, _, _ in rows)
        latest = {
            person: (bytes(key), seq, bytes(sealed or b""))
            for person, seq, sealed, key in rows
            if seq not in over or holds(seq, over, known_at)
        }
        opened = open_fields(latest.values())
        found |= {person: fields["full"] for person, fields in zip(latest, opened, strict=True) if fields}
    return found


def _joined(known_at: datetime) -> dict[int, int]:
    """Everybody who counted as somebody else at `known_at`, and as whom."""
    judged = Fact.objects.filter(kind="identity_judgement").order_by().values_list("person_id", flat=True)
    mapping, _ = counted_as(set(judged))
    until = micros(known_at)
    found = {}
    for person, windows in mapping.items():
        heads = [head for instant, head in windows.items() if instant <= until]
        if heads and heads[-1] != person:
            found[person] = heads[-1]
    return found


def _narrower(one: ConsentTier | None, other: ConsentTier) -> ConsentTier:
    return other if one is None else min(one, other, key=NARROWEST_FIRST.index)
