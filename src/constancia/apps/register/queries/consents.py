"""What each person allows to be published, as known at an instant. For what is published: takes no user."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from constancia.apps.register.histories import open_fields
from constancia.apps.register.identity import counted_as, micros
from constancia.apps.register.liveness import holds, superseders
from constancia.apps.register.models import Fact
from constancia.domain.vocabulary.terms import ConsentTier
from constancia.infra.bulk import in_pieces

NARROWEST_FIRST = tuple(reversed(ConsentTier))
"""Of several people who were judged to be one, what the most reserved allows holds for all."""


def consents(entered_by: datetime, counted_at: datetime) -> dict[int, ConsentTier]:
    """Person → what the last word that had entered the register by `entered_by` allows.

    Who is one person by what was known at either instant has one consent, the most reserved: an edition
    counts people as they were at `counted_at`, its T. When a word declares to have been known does not
    matter, or one that enters later would change what was published. Absent: nobody has said anything. A
    consent that was taken back leaves the one before it.
    """
    rows = list(
        Fact.objects.filter(kind="consent", witnessed_at__lte=entered_by)
        .order_by("seq")
        .values_list("seq", "person_id", "fields")
    )
    over = superseders((seq for seq, _, _ in rows), "witnessed_at")
    found = {
        person: ConsentTier(fields["tier_given"])
        for seq, person, fields in rows
        if seq not in over or holds(seq, over, entered_by)
    }
    for people in _joined(entered_by, counted_at):
        told = [found[person] for person in people if person in found]
        if told:
            narrowest = min(told, key=NARROWEST_FIRST.index)
            unnamed = min(narrowest, ConsentTier.PUBLIC_ANONYMOUS, key=NARROWEST_FIRST.index)
            found |= dict.fromkeys(people, unnamed)
            found[min(people)] = narrowest  # the one as whom they count: nobody stands in a list twice
    return found


def published_names(persons: Iterable[int], entered_by: datetime) -> dict[int, str]:
    """Person → the name as written that held among what had entered by then, of those whose key is still
    there."""
    found: dict[int, str] = {}
    for piece in in_pieces(sorted(set(persons))):
        rows = list(
            Fact.objects.filter(person__in=piece, kind="name", witnessed_at__lte=entered_by)
            .order_by("seq")
            .values_list("person_id", "seq", "sealed", "person__subject")
        )
        over = superseders((seq for _, seq, _, _ in rows), "witnessed_at")
        latest = {
            person: (bytes(key), seq, bytes(sealed or b""))
            for person, seq, sealed, key in rows
            if seq not in over or holds(seq, over, entered_by)
        }
        opened = open_fields(latest.values())
        found |= {person: fields["full"] for person, fields in zip(latest, opened, strict=True) if fields}
    return found


def _joined(*instants: datetime) -> list[set[int]]:
    """Those who counted as one person at any of the instants, in groups that share nobody."""
    judged = Fact.objects.filter(kind="identity_judgement").order_by().values_list("person_id", flat=True)
    mapping, _ = counted_as(set(judged))
    group: dict[int, set[int]] = {}
    for person, windows in mapping.items():
        for until in map(micros, instants):
            heads = [head for instant, head in windows.items() if instant <= until]
            if heads and heads[-1] != person:
                both = group.get(person, {person}) | group.get(heads[-1], {heads[-1]})
                group |= dict.fromkeys(both, both)
    return list({id(people): people for people in group.values()}.values())
