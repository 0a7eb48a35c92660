"""The pieces of a record that an encoding is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from constancia.domain.matching.linking.language import UNCOMPARED, As
from constancia.domain.matching.linking.records import People, Record

LEAST_FIELDS = 4
"""Fewer tell too few people apart: with name and birth date alone one link in twenty is wrong or lost."""

_KINDS = {
    As.NAME: "name",
    As.GIVEN: "given",
    As.SURNAMES: "surnames",
    As.BORN: "born",
    As.DOCUMENT: "document",
    As.PLACE: "text",
    As.TEXT: "text",
    As.NUMBER: "number",
    As.SEX: "code",
    As.STATE: "code",
    As.CODE: "code",
}


def encodable(people: People) -> dict[str, str]:
    """The fields of a list that go into encodings, in one order for every list: name → kind.

    The day of a detention is left out: lists rarely agree in it to the day.
    """
    kinds = {key: As(kind) for key, kind in people.fields.items() if As(kind) not in UNCOMPARED}
    return {key: _KINDS[kind] for key, kind in sorted(kinds.items()) if kind in _KINDS}


def tokens(
    record: Record, fields: Mapping[str, str], grams: Callable[[str], Sequence[str]]
) -> dict[str, Sequence[str]]:
    """Field → its tokens; `grams` takes a text apart."""
    return {key: _of(record, key, kind, grams) for key, kind in fields.items()}


def _of(record: Record, key: str, kind: str, grams: Callable[[str], Sequence[str]]) -> Sequence[str]:
    if kind == "born":
        return _born(record)
    value = record.values.get(key)
    if not isinstance(value, str):
        return ()
    return (value,) if kind == "code" else grams(value)


def _born(record: Record) -> list[str]:
    """Year, month and day, and each of the year's digits in its place: a slip costs one, not all."""
    parts = [f"{part}{record.values[f'born_{part}']}" for part in "ymd" if f"born_{part}" in record.values]
    year = record.values.get("born_y_text", "")
    return [*parts, *(f"{place}{digit}" for place, digit in enumerate(str(year)))]
