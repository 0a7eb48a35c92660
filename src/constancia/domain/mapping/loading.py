"""TOML text → Mapping. What does not fit is refused with its place in the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

from pydantic import ValidationError

from constancia.domain.errors import InputRefused, MappingRefused
from constancia.domain.facts.kinds import KINDS
from constancia.domain.mapping.language import CaseSpec, FactSpec, Mapping
from constancia.domain.names import clean_written

MAX_TEXT = 500_000
MAX_DOTS = 500
"""In one line. Python's reader spends the square of a dotted key's length, in memory too."""
_UNION_MEMBER = re.compile(
    r"^(?:function-|list\[|dict\[|str$|int$|bool$|float$|constrained-str$|[A-Z]\w+Spec$)"
)


def load(text: str) -> Mapping:
    """The mapping that `text` (TOML) describes; whether it fits a file is asked when it is compiled.

    Raises MappingRefused: `mapping.too_long`, `mapping.toml` (line), `mapping.key_unknown` (place),
    `mapping.key` (place, why), `mapping.kind_unknown`, `mapping.kind_not_imported`,
    `mapping.field_unknown`, `mapping.undated`.
    """
    if len(text) > MAX_TEXT:
        raise MappingRefused("mapping.too_long", limit=MAX_TEXT)
    for number, written in enumerate(text.splitlines(), start=1):
        if written.count(".") > MAX_DOTS:
            raise MappingRefused("mapping.toml", line=number)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise MappingRefused("mapping.toml", line=line.group(1) if line else text.count("\n") + 1) from None
    except (RecursionError, ValueError, OverflowError):  # nested too deeply; a number of thousands of digits
        raise MappingRefused("mapping.toml", line=1) from None
    try:
        mapping = Mapping.model_validate(raw)
    except ValidationError as error:
        raise _refusal(error) from None
    except RecursionError:
        raise MappingRefused("mapping.toml", line=1) from None
    kept = {
        "title": mapping.title,
        "source › label": mapping.source.label,
        "source › group": mapping.source.group,
        "person › scheme": mapping.person.scheme,
    }
    for place, words in kept.items():
        try:
            clean_written(words)
        except InputRefused as error:
            raise MappingRefused("mapping.key", place=place, why=error.code) from None
    for number, fact in enumerate(mapping.fact, start=1):
        _check_fact(fact, number)
    return mapping


def _refusal(error: ValidationError) -> MappingRefused:
    found = error.errors(include_input=False, include_url=False)
    # Where a value may be of several shapes, the failure that got deepest names the fault.
    deepest = max(found, key=lambda item: (item["type"] == "extra_forbidden", len(item["loc"])))
    unknown = [item for item in found if item["type"] == "extra_forbidden"]
    item = unknown[0] if unknown else deepest
    place = _place(item["loc"])
    if item["type"] == "extra_forbidden":
        return MappingRefused("mapping.key_unknown", place=place)
    why = item["msg"].removeprefix("Value error, ") if item["type"] == "value_error" else item["type"]
    return MappingRefused("mapping.key", place=place, why=why)


def _place(path: Iterable[str | int]) -> str:
    """["fact", 2, "fields", "ValueSpec", "colum"] → "fact 3 › fields › colum"."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words.append(str(step + 1))
        elif not _UNION_MEMBER.match(step):
            words.append(step)
    return " › ".join(words).replace("fact › ", "fact ")


def _check_fact(fact: FactSpec, number: int) -> None:
    readings: list[FactSpec | CaseSpec] = [case for case in fact.cases if case.record]
    for reading in readings or [fact]:
        if not reading.kind:
            continue
        kind = KINDS.get(reading.kind)
        if kind is None:
            raise MappingRefused("mapping.kind_unknown", place=f"fact {number}", kind=reading.kind[:60])
        if reading.kind in ("withdrawal", "identity_judgement", "relation"):
            raise MappingRefused("mapping.kind_not_imported", place=f"fact {number}", kind=reading.kind)
        for name in {**fact.fields, **reading.fields}:
            if name not in kind.model_fields:
                raise MappingRefused(
                    "mapping.field_unknown", place=f"fact {number}", field=name[:60], kind=reading.kind
                )
        for name in fact.needs:
            if name not in {**fact.fields, **reading.fields}:
                raise MappingRefused("mapping.need_unfilled", place=f"fact {number}", field=name[:60])
        if not kind.dated and (reading.when is not None or fact.when is not None) and not fact.cases:
            raise MappingRefused("mapping.undated", place=f"fact {number}", kind=reading.kind)
