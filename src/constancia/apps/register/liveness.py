"""Which facts still hold: nothing that itself holds supersedes them. Withdrawing a withdrawal revives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal

from django.db.models import Exists, OuterRef, QuerySet

from constancia.apps.register.models import Fact
from constancia.infra.bulk import in_pieces

Over = Mapping[int, Sequence[tuple[int, datetime]]]
"""Superseded fact → the facts that supersede it, each with the instant since which it is known."""


def superseders(
    seqs: Iterable[int], since: Literal["known_at", "witnessed_at"] = "known_at"
) -> dict[int, list[tuple[int, datetime]]]:
    """What supersedes the facts `seqs`, and what supersedes that, to the end, each from when it is known, or
    from when it entered the register (`since`)."""
    found: dict[int, list[tuple[int, datetime]]] = {}
    wanted = sorted(set(seqs))
    while wanted:
        rows = [
            row
            for piece in in_pieces(wanted)
            for row in Fact.objects.filter(supersedes__in=piece).values_list("supersedes_id", "seq", since)
        ]
        for target, seq, known in rows:
            found.setdefault(target or 0, []).append((seq, known))
        wanted = [seq for _, seq, _ in rows]
    return found


def changes(seqs: Iterable[int], over: Over) -> Iterator[datetime]:
    """When anything that bears on these facts became known."""
    for seq in seqs:
        for later, known in over.get(seq, ()):
            yield known
            yield from changes([later], over)


def holds(seq: int, over: Over, at: datetime | None = None) -> bool:
    """Whether fact `seq` holds at `at` (default: as known now)."""
    return not any(
        (at is None or known <= at) and holds(later, over, at) for later, known in over.get(seq, ())
    )


def gone(seqs: Iterable[int]) -> set[int]:
    """Those of the facts `seqs` that no longer hold, as known now."""
    asked = sorted(set(seqs))
    over = superseders(asked)
    return {seq for seq in asked if seq in over and not holds(seq, over)}


def standing(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """Those of `facts` that hold, for whole imports: one revival deep, in the database.

    A revival that was itself taken back is not followed; `gone` follows everything.
    """
    over = Fact.objects.filter(supersedes=OuterRef("pk"), superseded_by__isnull=True)
    return facts.filter(~Exists(over))
