"""What each person allows to be published, as known at an instant. For what is published: takes no user."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from constancia.apps.register.histories import open_fields
from constancia.apps.register.identity import counted_as, micros
from constancia.apps.register.liveness import holds, superseders
from constancia.apps.register.models import Fact
from constancia.apps.register.policy import zone
from constancia.domain.facts.consenting import NARROWEST_FIRST, tier_on, unnamed
from constancia.domain.vocabulary.terms import ConsentField, ConsentTier, ConsentUse
from constancia.infra.bulk import in_pieces


def consents(
    entered_by: datetime,
    counted_at: datetime,
    *,
    of: ConsentField = ConsentField.NAME,
    use: ConsentUse = ConsentUse.LIST,
) -> dict[int, ConsentTier]:
    """Person → what the last word that had entered the register by `entered_by` allows on that day, of these
    data for that use (`consenting.tier_on`).

    Who is one person by what was known at either instant has one consent, the most reserved: an edition
    counts people as they were at `counted_at`, its T. When a word declares to have been known does not
    matter, or one that enters later would change what was published. Absent: nobody has said anything. Where
    the last word was taken back, the one before it holds again, but names nobody: whoever takes back a
    consent because the family did must not bring an older one to life.
    """
    rows = list(
        Fact.objects.filter(kind="consent", witnessed_at__lte=entered_by)
        .order_by("seq")
        .values_list("seq", "person_id", "fields", "earliest")
    )
    day = entered_by.astimezone(zone()).date()
    over = superseders((seq for seq, _, _, _ in rows), "witnessed_at")
    found: dict[int, ConsentTier] = {}
    for seq, person, fields, since in rows:
        if seq not in over or holds(seq, over, entered_by):
            found[person] = tier_on(fields, since, day, of, use)
        elif person in found:
            found[person] = unnamed(found[person])
    for people in _joined(entered_by, counted_at):
        told = [found[person] for person in people if person in found]
        if told:
            narrowest = min(told, key=NARROWEST_FIRST.index)
            found |= dict.fromkeys(people, unnamed(narrowest))
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
