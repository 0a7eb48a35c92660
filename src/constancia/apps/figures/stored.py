"""The register's state table as the snapshot reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from django.db import connection
from django.db.models import Max, QuerySet

from constancia.apps.figures.reading import COLUMNS
from constancia.apps.register import erased
from constancia.apps.register.identity import micros
from constancia.apps.register.models import State, StateChange, StateTerm
from constancia.apps.register.residue import detentions_of
from constancia.infra.columnar import Rows

_CHUNK = 20_000
_PIECE = 500
_NAMES = ["detention_id" if name == "detention" else name for name in COLUMNS]


class StoredStates:
    """A StateReader over the default database."""

    def latest_change(self) -> int:
        found: int | None = StateChange.objects.aggregate(top=Max("seq"))["top"]
        return found or 0

    def all_rows(self) -> Iterator[Rows]:
        yield from _chunks(State.objects.all())

    def rewritten(self, after: int, upto: int) -> Sequence[int]:
        changes = StateChange.objects.filter(seq__gt=after, seq__lte=upto)
        return sorted(set(changes.values_list("detention", flat=True)))

    def rows_of(self, detentions: Sequence[int]) -> Rows:
        pieces = (detentions[start : start + _PIECE] for start in range(0, len(detentions), _PIECE))
        found = [rows for piece in pieces for rows in _chunks(State.objects.filter(detention__in=piece))]
        return np.concatenate([np.empty((0, len(COLUMNS)), dtype=np.int64), *found])

    def erased(self) -> Mapping[int, int]:
        since = erased.since()
        return {number: micros(since[person]) for number, person in detentions_of(since).items()}

    def terms(self, after: int) -> Mapping[int, str]:
        return dict(StateTerm.objects.filter(id__gt=after).values_list("id", "text"))


def _chunks(states: QuerySet[State]) -> Iterator[Rows]:
    """The rows by thousands, straight from the database's cursor: a model or a list for each costs more."""
    sql, parameters = states.order_by().values_list(*_NAMES).query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while lines := cursor.fetchmany(_CHUNK):
            numbers = chain.from_iterable(lines)
            yield np.fromiter(numbers, np.int64, len(lines) * len(_NAMES)).reshape(-1, len(_NAMES))
