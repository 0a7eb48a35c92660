"""Which person a person is counted as, from the identity judgements, at every known time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from operator import itemgetter

from constancia.apps.register.bulk import in_pieces
from constancia.apps.register.models import Fact, Person
from constancia.domain.vocabulary.terms import IdentityVerdict

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC, exactly."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(microseconds: int) -> datetime:
    """The reverse of `micros`."""
    return _EPOCH + timedelta(microseconds=microseconds)


def counted_as(persons: Iterable[int]) -> tuple[dict[int, dict[int, int]], set[int]]:
    """For each person touched by a judgement: known instant (µs, ascending) → person counted.

    Returns that mapping and the persons whose counting changed together with `persons`: all members of
    their clusters. A live "same" joins two people unless a live "different" stands between that very
    pair; the smallest primary key counts. Persons without judgements are absent: counted as themselves.
    """
    # Sorted here: asked for in the order of `seq`, SQLite would walk all facts and leave the small index.
    judgements = sorted(
        Fact.objects.filter(kind="identity_judgement")
        .order_by()
        .values_list("seq", "person_id", "fields", "known_at"),
        key=itemgetter(0),
    )
    if not judgements:
        return {}, set()
    codes = {fields["other"] for _, _, fields, _ in judgements}
    pk_of = dict(Person.objects.filter(code__in=codes).values_list("code", "id"))
    over = _superseders([seq for seq, *_ in judgements])
    edges = [
        (person, pk_of[fields["other"]], IdentityVerdict(fields["verdict"]), known, seq)
        for seq, person, fields, known in judgements
        if fields["other"] in pk_of
    ]
    instants = sorted({edge[3] for edge in edges} | {known for some in over.values() for _, known in some})
    found: dict[int, dict[int, int]] = {}
    everybody = {person for edge in edges for person in edge[:2]}
    for instant in instants:
        live = [edge for edge in edges if edge[3] <= instant and _holds(edge[4], instant, over)]
        heads = _heads(everybody, live)
        for person in everybody:
            mine = found.setdefault(person, {})
            if next(reversed(mine.values()), person) != heads[person]:
                mine[micros(instant)] = heads[person]
    asked = set(persons)
    neighbours = {p for edge in edges if edge[0] in asked or edge[1] in asked for p in edge[:2]}
    heads_ever = {head for person in neighbours | asked for head in found.get(person, {}).values()}
    together = {
        p
        for p, mine in found.items()
        if p in neighbours or heads_ever & set(mine.values()) or p in heads_ever
    }
    return found, together


def _superseders(seqs: list[int]) -> dict[int, list[tuple[int, datetime]]]:
    """superseded fact → (fact, known since) that supersede it; those of the superseding facts too."""
    found: dict[int, list[tuple[int, datetime]]] = {}
    while seqs:
        rows = [
            row
            for piece in in_pieces(seqs)
            for row in Fact.objects.filter(supersedes__in=piece).values_list(
                "supersedes_id", "seq", "known_at"
            )
        ]
        for target, seq, known in rows:
            found.setdefault(target or 0, []).append((seq, known))
        seqs = [seq for _, seq, _ in rows]
    return found


def _holds(seq: int, at: datetime, over: Mapping[int, list[tuple[int, datetime]]]) -> bool:
    """Whether nothing that itself holds at `at` supersedes the fact: withdrawing a withdrawal revives."""
    return not any(known <= at and _holds(later, at, over) for later, known in over.get(seq, ()))


def _heads(
    everybody: set[int], live: list[tuple[int, int, IdentityVerdict, datetime, int]]
) -> Mapping[int, int]:
    head = {person: person for person in everybody}
    parted = {frozenset(edge[:2]) for edge in live if edge[2] is IdentityVerdict.DIFFERENT}
    for one, other, verdict, *_ in live:
        if verdict is IdentityVerdict.SAME and frozenset((one, other)) not in parted:
            low, high = sorted((head[one], head[other]))
            head = {person: low if top == high else top for person, top in head.items()}
    return head
