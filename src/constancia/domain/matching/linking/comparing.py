"""What is compared, by the kind of column: levels of agreement, the best first.

What matters about a level is how often it is reached by two records of one person (m) and by two people
(u). Both are learnt from the lists themselves; `usual` is where the learning of m starts, and what stands
for a level that these lists never show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from constancia.domain.errors import InputRefused
from constancia.domain.matching.linking.language import UNCOMPARED, As
from constancia.domain.matching.linking.records import People

Test = Literal["equal", "edits", "alike", "subset", "shared", "within", "else"]
FILLED = 0.5
"""Given names and surnames are compared apart where at least so many rows of both lists have both."""


@dataclass(frozen=True, slots=True)
class Level:
    """`test`, on `column`: equal; at most `at` edits (swapped neighbours are one); alike by Jaro-Winkler from
    `at` on; the words of the shorter (at least `at`) all among the longer's; at least `at` words shared;
    numbers at most `at` apart. `frequencies`: agreeing on what is rare says more than on what is common.
    """

    test: Test
    column: str = ""
    at: float = 0
    frequencies: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """`levels`: the best first, the last one is "else". Where either side has no `column`, nothing is said
    for or against. `usual`: how often one person's two records reach each level, as a starting point.
    """

    name: str
    column: str
    levels: tuple[Level, ...]
    usual: tuple[float, ...]


def comparisons(first: People, second: People) -> list[Comparison]:
    """What two lists have in common that can be compared; the same list twice for its duplicates.

    Raises InputRefused `linking.nothing_shared`, `linking.kinds_differ` (field).
    """
    shared = [key for key in first.fields if key in second.fields]
    for key in shared:
        if first.fields[key] != second.fields[key]:
            raise InputRefused("linking.kinds_differ", field=key)
    kinds = {key: As(first.fields[key]) for key in shared if As(first.fields[key]) not in UNCOMPARED}
    parts = _filled(first) and _filled(second)
    found = [
        one
        for key, kind in kinds.items()
        if kind not in (As.NAME, As.GIVEN, As.SURNAMES)
        for one in _of_kind(kind, key)
    ]
    names = [_part("given"), _part("surnames")] if parts else []
    if not parts and _has(first, "name") and _has(second, "name"):
        names = [_NAME]
    elif not parts:
        names = [_part(key) for key in ("given", "surnames") if key in kinds]
    found = [one for one in [*names, *found] if _has(first, one.column) and _has(second, one.column)]
    if not found:
        raise InputRefused("linking.nothing_shared")
    return found


def _has(people: People, column: str) -> bool:
    return any(column in record.values for record in people.records)


def _filled(people: People) -> bool:
    both = sum("given" in one.values and "surnames" in one.values for one in people.records)
    return both >= FILLED * len(people.records)


_NAME = Comparison(
    "name",
    "name",
    (
        Level("equal", "name", frequencies=True),
        Level("subset", "name_words", 2),
        Level("shared", "name_words", 2),
        Level("alike", "name", 0.92),
        Level("shared", "name_words", 1),
        Level("else"),
    ),
    (0.55, 0.2, 0.12, 0.08, 0.04, 0.01),
)


def _part(key: str) -> Comparison:
    """Given names or surnames: one of two may be missing, letters may be wrong."""
    return Comparison(
        key,
        key,
        (
            Level("equal", key, frequencies=True),
            Level("edits", key, 1, frequencies=True),
            Level("subset", f"{key}_words", 1),
            Level("alike", key, 0.88),
            Level("else"),
        ),
        (0.75, 0.12, 0.08, 0.03, 0.02),
    )


def _of_kind(kind: As, key: str) -> list[Comparison]:
    if kind is As.BORN:
        return [
            _number("born_y", (Level("equal", "born_y", frequencies=True), Level("edits", "born_y_text", 1))),
            _number("born_m", (Level("equal", "born_m"), Level("within", "born_m", 1))),
            _number("born_d", (Level("equal", "born_d"), Level("within", "born_d", 1))),
        ]
    if kind is As.DAY:
        near = (Level("equal", key), Level("within", key, 3), Level("within", key, 31), Level("else"))
        return [Comparison(key, key, near, (0.7, 0.15, 0.08, 0.07))]
    if kind is As.DOCUMENT or kind is As.NUMBER:
        slip = (Level("equal", key, frequencies=kind is As.NUMBER), Level("edits", key, 1), Level("else"))
        return [Comparison(key, key, slip, (0.9, 0.06, 0.04))]
    if kind in (As.TEXT, As.PLACE):
        text = (
            Level("equal", key, frequencies=True),
            Level("alike", key, 0.9),
            Level("alike", key, 0.75),
            Level("else"),
        )
        return [Comparison(key, key, text, (0.7, 0.12, 0.06, 0.12))]
    return [Comparison(key, key, (Level("equal", key, frequencies=True), Level("else")), (0.95, 0.05))]


def _number(column: str, levels: tuple[Level, Level]) -> Comparison:
    return Comparison(column, column, (*levels, Level("else")), (0.82, 0.1, 0.08))


def columns_of(chosen: Sequence[Comparison]) -> Mapping[str, str]:
    """Every column that these compare, with its kind: "text", "number" or "words"."""
    found: dict[str, str] = {}
    for one in chosen:
        found[one.column] = "number" if one.column in ("born_y", "born_m", "born_d", "day") else "text"
        for level in one.levels:
            if level.test in ("subset", "shared"):
                found[level.column] = "words"
            elif level.column and level.column not in found:
                found[level.column] = "text"
    return found
