"""What the snapshot needs from whoever stores the state versions: the register, or a list in a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from constancia.infra.columnar import Rows, Type

TEXTS = (
    "custody",
    "exit_kind",
    "next_custody",
    "sex",
    "profile",
    "nationality",
    "state",
    "place",
    "authority",
    "case_state",
    "context",
    "occupation",
    "groups",
    "measures",
    "whereabouts",
    "recognition",
)
"""Columns of StateVersion that hold text, as ids of terms; id 0 is the empty text."""

COLUMNS: dict[str, Type] = {
    "person": "int32",
    "detention": "int32",
    "spell": "int16",
    "basis": "int8",
    "known_from": "int64",
    "known_to": "int64",
    "grade_low": "int8",
    "grade_high": "int8",
    "entry_grade": "int8",
    "entry_earliest": "int32",
    "entry_latest": "int32",
    "entry_day": "int32",
    "start_earliest": "int32",
    "start_latest": "int32",
    "start_day": "int32",
    "end_earliest": "int32",
    "end_latest": "int32",
    "end_day": "int32",
    "seg_from": "int32",
    "seg_to": "int32",
    "adult_from": "int32",
    **dict.fromkeys(TEXTS, "int32"),
}
"""The columns of StateVersion that figures use, in the order in which a reader gives them."""


class StateReader(Protocol):
    """Gives state versions as whole numbers: rows of int64 in the order of COLUMNS."""

    def latest_change(self) -> int:
        """Number of the last rewriting of some detention's rows; 0 when there was none. Must be quick."""

    def all_rows(self) -> Iterator[Rows]:
        """Every row, in chunks of some ten thousand."""

    def rewritten(self, after: int, upto: int) -> Sequence[int]:
        """The detentions whose rows were rewritten by the changes after `after`, as far as `upto`."""

    def rows_of(self, detentions: Sequence[int]) -> Rows:
        """All rows that these detentions have now."""

    def erased(self) -> Mapping[int, int]:
        """Detentions of the erased → since when (µs) nothing is known of them."""

    def terms(self, after: int) -> Mapping[int, str]:
        """The terms with an id greater than `after`."""
