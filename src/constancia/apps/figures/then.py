"""The state versions as the register stood at an earlier instant, for counts that must come out the same.

A fact of an import may *declare* that it has been known for long. Then it bears on counts "as known at T"
for a T before it entered, and a figure that was published in between would come out otherwise. So whoever
counts such a figure anew asks for the register of then: what entered later is left out, and those whom it is
about are folded without it. Where nothing of the kind entered, that is the register of now.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from django.db import connection

from constancia.apps.figures.process import also_forgetting, snapshot
from constancia.apps.figures.reading import COLUMNS, TEXTS
from constancia.apps.figures.snapshot import Snapshot
from constancia.apps.figures.stored import StoredStates
from constancia.apps.register import erased, residue
from constancia.apps.register.histories import load
from constancia.apps.register.identity import counted_as
from constancia.apps.register.models import Detention, Fact
from constancia.apps.register.policy import policy, zone
from constancia.domain.facts.record import History
from constancia.domain.timeline import fold
from constancia.domain.timeline.state import StateVersion
from constancia.infra.barrier import whole
from constancia.infra.bulk import in_pieces
from constancia.infra.columnar import Rows

_DETENTION = list(COLUMNS).index("detention")
_making = threading.Lock()
_Key = tuple[str, datetime, int | None]
_concerned: dict[_Key, frozenset[int]] = {}
_kept: dict[_Key, Snapshot] = {}


@whole
def snapshot_of(recorded_until: datetime | None) -> Snapshot:
    """The state versions without what entered after that instant; None: all of them.

    Not to be called inside a transaction that may be rolled back, as `process.snapshot`.
    """
    now = snapshot()
    if recorded_until is None:
        return now
    key = (str(connection.settings_dict["NAME"]), recorded_until, now.change)
    with _making:
        if key not in _concerned:
            _concerned.clear()
            _concerned[key] = declared_since(recorded_until)
        persons = _concerned[key]
        if not persons:
            return now
        if key not in _kept:
            # One of them is kept: a freezing asks many times, and of one instant. Whoever is still counting
            # with another goes on with it.
            _kept.clear()
            _kept[key] = Snapshot(_StatesThen(persons, recorded_until)).refresh()
        return _kept[key]


def declared_since(instant: datetime) -> frozenset[int]:
    """The persons about whom something entered later that declares to have been known by then."""
    # Facts are witnessed in the order of their numbers: from the end it is near.
    before = Fact.objects.filter(witnessed_at__lte=instant).order_by("-seq").values_list("seq", flat=True)
    later = Fact.objects.filter(seq__gt=before.first() or 0, known_at__lte=instant)
    return frozenset(later.values_list("person_id", flat=True))


def states_then(persons: Collection[int], until: datetime) -> list[StateVersion]:
    """The state versions of `persons`, none of them erased, out of what had entered by `until`."""
    joined, _ = counted_as(persons)
    return [
        state
        for history in load(sorted(persons), joined)
        for state in fold(_entered(history, until), policy(), zone())
    ]


def _entered(history: History, until: datetime) -> History:
    """The history as far as it had entered."""
    return replace(
        history,
        facts=tuple(one for one in history.facts if one.witnessed_at <= until),
        attestations=tuple(one for one in history.attestations if one.witnessed_at <= until),
        reviews=tuple(one for one in history.reviews if one.witnessed_at <= until),
    )


@also_forgetting
def _forget() -> None:
    with _making:
        _kept.clear()
        _concerned.clear()


class _StatesThen:
    """A StateReader: what is stored, and `persons` folded from what had entered by `until`."""

    def __init__(self, persons: frozenset[int], until: datetime) -> None:
        self._stored = StoredStates()
        self._persons = sorted(persons)
        self._until = until
        self._numbers = {text: number for number, text in self._stored.terms(-1).items()} | {"": 0}

    def latest_change(self) -> int:
        return 1  # it never changes

    def all_rows(self) -> Iterator[Rows]:
        leaving = [
            number
            for piece in in_pieces(self._persons)
            for number in Detention.objects.filter(person__in=piece).values_list("pk", flat=True)
        ]
        for rows in self._stored.all_rows():
            yield rows[~np.isin(rows[:, _DETENTION], leaving)]
        for piece in in_pieces(self._persons):
            states = states_then(piece, self._until)
            kept = residue.states_of(erased.among(piece), self._until)
            states += [state for some in kept.values() for state in some]
            if states:
                yield np.array([self._row(state) for state in states], dtype=np.int64)

    def _row(self, state: StateVersion) -> list[int]:
        return [
            self._number(getattr(state, name)) if name in TEXTS else getattr(state, name) for name in COLUMNS
        ]

    def _number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = max(self._numbers.values()) + 1
        return self._numbers[text]

    def erased(self) -> Mapping[int, int]:
        return self._stored.erased()

    def terms(self, after: int) -> Mapping[int, str]:
        return {number: text for text, number in self._numbers.items() if number > after}

    def rewritten(self, after: int, upto: int) -> Sequence[int]:
        return ()

    def rows_of(self, detentions: Sequence[int]) -> Rows:
        return np.empty((0, len(COLUMNS)), dtype=np.int64)
