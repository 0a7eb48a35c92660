"""The logs' trees as kept in rows."""

from __future__ import annotations

from django.db.models import Max

from constancia.apps.ledger.models import Leaf, Node
from constancia.domain.errors import IntegrityBroken
from constancia.domain.ledger.merkle import EMPTY, Get, frontier_at


def size_of(log: str) -> int:
    """How many leaves a log has."""
    top = Leaf.objects.filter(log=log).aggregate(top=Max("index"))["top"]
    return 0 if top is None else int(top) + 1


def getter(log: str) -> Get:
    """Reads nodes of a log. Raises IntegrityBroken `ledger.node` where one is missing."""

    def get(level: int, index: int) -> bytes:
        if level == 0:
            found = Leaf.objects.filter(log=log, index=index).values_list("hash", flat=True).first()
        else:
            rows = Node.objects.filter(log=log, level=level, index=index)
            found = rows.values_list("hash", flat=True).first()
        if found is None:
            raise IntegrityBroken("ledger.node", log=log, level=level, index=index)
        return bytes(found)

    return get


def root_at(log: str, size: int) -> bytes:
    """The root of a log's first `size` leaves."""
    return frontier_at(size, getter(log)).root() if size else EMPTY


def hashes(log: str, level: int, start: int, count: int) -> list[bytes]:
    """The hashes of `count` neighbouring nodes of a level. Raises IntegrityBroken `ledger.node`."""
    rows = Node.objects.filter(log=log, level=level) if level else Leaf.objects.filter(log=log)
    found = rows.filter(index__gte=start, index__lt=start + count).order_by("index")
    read = [bytes(one) for one in found.values_list("hash", flat=True)]
    if len(read) != count:
        raise IntegrityBroken("ledger.node", log=log, level=level, index=start)
    return read
