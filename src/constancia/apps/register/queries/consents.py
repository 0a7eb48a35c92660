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


def consents(known_at: datetime, counted_at: datetime | None = None) -> dict[int, ConsentTier]:
    """Person → what the last word known at `known_at` allows; `counted_at`: T of the counts it is for.

    Absent: nobody has said anything. A consent that was taken back leaves the one before it. What the most
    reserved of several people allows holds for each of them, whether they are judged to be one at T, and part
    later, or only after T, and are counted apart; in the latter case only the one as whom they count now may
    be named, so that nobody stands in a list twice.
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
    for instant in dict.fromkeys((known_at, counted_at or known_at)):
        for counting, persons in _groups(instant).items():
            given = [found[person] for person in persons if person in found]
            if not given:
                continue
            narrowest = min(given, key=NARROWEST_FIRST.index)
            found |= dict.fromkeys(
                persons, min(narrowest, ConsentTier.PUBLIC_ANONYMOUS, key=NARROWEST_FIRST.index)
            )
            found[counting] = narrowest
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


def _groups(known_at: datetime) -> dict[int, set[int]]:
    """Of everybody as whom others counted at `known_at`: all of them, and themselves."""
    found: dict[int, set[int]] = {}
    for person, counting in _joined(known_at).items():
        found.setdefault(counting, {counting}).add(person)
    return found
