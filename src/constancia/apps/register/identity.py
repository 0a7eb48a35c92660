"""Which person a person is counted as, from the identity judgements, at every known time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from constancia.apps.register.liveness import changes, holds, superseders
from constancia.apps.register.models import Fact, Person
from constancia.domain.matching.clusters import Judged, Said
from constancia.domain.vocabulary.terms import IdentityVerdict
from constancia.infra.barrier import whole
from constancia.infra.bulk import in_pieces

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC, exactly."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(microseconds: int) -> datetime:
    """The reverse of `micros`."""
    return _EPOCH + timedelta(microseconds=microseconds)


class Edge(NamedTuple):
    """One judgement on two people."""

    seq: int
    one: int
    other: int
    verdict: IdentityVerdict
    known: datetime


# Whole: a judgement on somebody of another region decides as whom one's own person counts.
@whole
def counted_as(persons: Iterable[int]) -> tuple[dict[int, dict[int, int]], set[int]]:
    """For each of `persons` ever joined with others, and for these: known instant (µs) → person counted.

    Returns that mapping, instants ascending, and everybody in it: they are to be derived together. Which of
    the live judgements join whom: `domain.matching.clusters`; the smallest primary key counts. Who is absent
    was never joined with anybody.
    """
    edges = _edges()
    if not edges:
        return {}, set()
    asked = set(persons)
    pieces = [
        piece for piece in _pieces(edges) if any(edge.one in asked or edge.other in asked for edge in piece)
    ]
    over = superseders([edge.seq for piece in pieces for edge in piece])
    found: dict[int, dict[int, int]] = {}
    for piece in pieces:
        found |= _over_time(piece, over)
    return found, set(found)


@whole
def judged(known_at: datetime | None = None) -> Judged:
    """What all the judgements that hold say, as known now or at `known_at`. People are primary keys."""
    edges = _edges()
    over = superseders([edge.seq for edge in edges])
    return _judged(
        edge
        for edge in edges
        if (known_at is None or edge.known <= known_at) and holds(edge.seq, over, known_at)
    )


def _edges() -> list[Edge]:
    """Every judgement ever recorded, in order."""
    # Sorted here: asked for in the order of `seq`, SQLite would walk all facts and leave the small index.
    judgements = sorted(
        Fact.objects.filter(kind="identity_judgement")
        .order_by()
        .values_list("seq", "person_id", "fields", "known_at"),
        key=itemgetter(0),
    )
    codes = sorted({fields["other"] for _, _, fields, _ in judgements})
    pk_of = {
        code: pk
        for piece in in_pieces(codes)
        for code, pk in Person.objects.filter(code__in=piece).values_list("code", "id")
    }
    return [
        Edge(seq, person, pk_of[fields["other"]], IdentityVerdict(fields["verdict"]), known)
        for seq, person, fields, known in judgements
        if fields["other"] in pk_of
    ]


def _judged(edges: Iterable[Edge]) -> Judged:
    return Judged(Said(edge.seq, edge.one, edge.other, edge.verdict) for edge in edges)


def _pieces(edges: Sequence[Edge]) -> list[list[Edge]]:
    """The judgements by people who were ever joined: what is said in one piece changes no other.

    "Same" joins here for good; a judgement of another kind goes with a piece that holds both its people.
    """
    head: dict[int, int] = {}
    for edge in edges:
        if edge.verdict is IdentityVerdict.SAME:
            head[_head(head, edge.one)] = _head(head, edge.other)
    pieces: dict[int, list[Edge]] = {}
    for edge in edges:
        top = _head(head, edge.one)
        if top == _head(head, edge.other):
            pieces.setdefault(top, []).append(edge)
    return list(pieces.values())


def _head(head: dict[int, int], person: int) -> int:
    while (above := head.get(person, person)) != person:
        head[person] = head.get(above, above)
        person = above
    return person


def _over_time(
    edges: Sequence[Edge], over: Mapping[int, list[tuple[int, datetime]]]
) -> dict[int, dict[int, int]]:
    people = {person for edge in edges for person in (edge.one, edge.other)}
    instants = {edge.known for edge in edges} | set(changes([edge.seq for edge in edges], over))
    found: dict[int, dict[int, int]] = {person: {} for person in people}
    for instant in sorted(instants):
        then = _judged(edge for edge in edges if edge.known <= instant and holds(edge.seq, over, instant))
        for person, mine in found.items():
            head = then.head(person)
            if next(reversed(mine.values()), person) != head:
                mine[micros(instant)] = head
    return found
