"""A mapping and a header become a plan: every column found, every pattern compiled, repeats written out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from constancia.domain.dates import edtf
from constancia.domain.errors import DateRefused, MappingRefused
from constancia.domain.facts.kinds import KINDS
from constancia.domain.mapping.columns import Columns
from constancia.domain.mapping.conditions import CellTest, Condition, cell_test, compile_condition
from constancia.domain.mapping.language import (
    CaseSpec,
    ConditionSpec,
    FactSpec,
    Given,
    Mapping,
    OnError,
    WhenSpec,
)
from constancia.domain.mapping.moments import Moment, compile_moment
from constancia.domain.mapping.sources import SourcePlan, compile_source
from constancia.domain.mapping.values import Names, Value, compile_value

MAX_FACTS = 3_000
_REPEATED = re.compile(r"\{n([+-]\d{1,3})?\}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One kind of fact out of a row.

    `required`: fields without which its kind cannot be; `needs`: those without which the mapping wants none.
    """

    kind: str
    about: str
    dated: bool
    when: Moment | None
    fields: tuple[tuple[str, Value], ...]
    required: frozenset[str]
    needs: frozenset[str]
    reads: bool
    """Whether any of it comes from the row (a fact of constants alone is recorded for every row)."""


@dataclass(frozen=True, slots=True)
class Case:
    """`test`: None matches every cell."""

    test: CellTest | None
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class FactPlan:
    """One [[fact]], repeats written out. `column`: what its cases look at, -1 without cases."""

    spec: int
    condition: Condition | None
    unless: Condition | None
    detention: str
    on_error: OnError
    reading: Reading | None
    column: int
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Check:
    earlier: Moment
    later: Moment
    name: str


@dataclass(frozen=True, slots=True)
class CompiledMapping:
    facts: tuple[FactPlan, ...]
    checks: tuple[Check, ...]
    id_columns: tuple[int, ...]
    detention_columns: tuple[int, ...]
    region: Value | None
    known: Moment | None
    source: SourcePlan
    skip: Condition | None
    fill_down: tuple[int, ...]
    empty: frozenset[str]


def compile_mapping(mapping: Mapping, columns: Columns) -> CompiledMapping:
    """Raises MappingRefused: `mapping.column_missing` (column, place) and those of the parts."""
    if sum(max(len(spec.repeat), 1) * max(len(spec.cases), 1) for spec in mapping.fact) > MAX_FACTS:
        raise MappingRefused("mapping.too_many_facts", limit=MAX_FACTS)
    plans: list[FactPlan] = []
    for number, spec in enumerate(mapping.fact, start=1):
        for written_out in _repeats(spec, number):
            plans.append(_fact(written_out, number, mapping, columns))
    names = Names(mapping.values, mapping.patterns, mapping.dates)
    region = (
        compile_value(mapping.person.region, columns, names, "person › region")
        if mapping.person.region
        else None
    )
    skip = mapping.file.skip
    return CompiledMapping(
        tuple(plans),
        tuple(_check(mapping, columns)),
        tuple(columns.index(name, "person › id") for name in mapping.person.id),
        tuple(columns.index(name, "detention › id") for name in mapping.detention.id),
        region,
        _known(mapping, columns),
        compile_source(mapping.source, columns, names, mapping.title),
        compile_condition(skip, columns, mapping.conditions, "file › skip") if skip is not None else None,
        tuple(columns.index(name, "file › fill_down") for name in mapping.file.fill_down),
        frozenset(mapping.file.empty),
    )


def _check(mapping: Mapping, columns: Columns) -> list[Check]:
    return [
        Check(
            compile_moment(
                WhenSpec(use=check.earlier), columns, mapping.when, mapping.dates, f"check {number}"
            ),
            compile_moment(
                WhenSpec(use=check.later), columns, mapping.when, mapping.dates, f"check {number}"
            ),
            check.later,
        )
        for number, check in enumerate(mapping.check, start=1)
    ]


def _known(mapping: Mapping, columns: Columns) -> Moment | None:
    if mapping.known is None:
        return None
    if mapping.known.column:
        return compile_moment(mapping.known.column, columns, {}, mapping.dates, "known")
    try:
        edtf.parse(mapping.known.date)
    except DateRefused:
        raise MappingRefused("mapping.constant_date", place="known") from None
    return compile_moment(WhenSpec(value=mapping.known.date), columns, {}, mapping.dates, "known")


def _repeats(spec: FactSpec, number: int) -> list[FactSpec]:
    """The fact once for each value of `repeat`, with {n}, {n-1} … written out."""
    if not spec.repeat:
        return [spec]
    raw = spec.model_dump(by_alias=True, exclude_unset=True, exclude={"repeat"})
    written_out = []
    for value in spec.repeat:
        try:
            written_out.append(FactSpec.model_validate(_write_out(raw, str(value), number)))
        except ValidationError:
            raise MappingRefused("mapping.repeat", place=f"fact {number}") from None
    return written_out


def _write_out(raw: Any, value: str, number: int) -> Any:
    if isinstance(raw, str):
        return _REPEATED.sub(lambda found: _stepped(value, found.group(1), number), raw)
    if isinstance(raw, dict):
        return {_write_out(key, value, number): _write_out(each, value, number) for key, each in raw.items()}
    if isinstance(raw, list | tuple):
        return [_write_out(each, value, number) for each in raw]
    return raw


def _stepped(value: str, step: str | None, number: int) -> str:
    if not step:
        return value
    if not value.isdecimal():
        raise MappingRefused("mapping.repeat", place=f"fact {number}")
    return str(int(value) + int(step))


def _fact(spec: FactSpec, number: int, mapping: Mapping, columns: Columns) -> FactPlan:
    place = f"fact {number}"
    conditions = [
        None if part is None else compile_condition(part, columns, mapping.conditions, place)
        for part in (spec.if_, spec.unless)
    ]
    cases = tuple(_case(case, spec, place, mapping, columns) for case in spec.cases)
    return FactPlan(
        number,
        conditions[0],
        conditions[1],
        spec.detention,
        spec.on_error or mapping.on_error,
        None if cases else _reading(spec.kind, spec.when, spec.fields, spec.needs, place, mapping, columns),
        columns.index(spec.column, place) if spec.column else -1,
        cases,
    )


def _case(case: CaseSpec, spec: FactSpec, place: str, mapping: Mapping, columns: Columns) -> Case:
    test = None
    if not case.otherwise:
        tested = ConditionSpec(
            column=spec.column, equals=case.equals, one_of=case.one_of, matches=case.matches
        )
        test = cell_test(tested, columns, f"{place} › cases")
    if not case.record:
        return Case(test, None)
    fields = {**spec.fields, **case.fields}
    when = case.when if case.when is not None else spec.when
    return Case(test, _reading(case.kind, when, fields, spec.needs, place, mapping, columns))


def _reading(
    kind: str,
    when: WhenSpec | str | None,
    fields: dict[str, Given],
    needs: list[str],
    place: str,
    mapping: Mapping,
    columns: Columns,
) -> Reading:
    shape = KINDS[kind]
    names = Names(mapping.values, mapping.patterns, mapping.dates)
    compiled = tuple(
        (name, compile_value(spec, columns, names, f"{place} › {name}", one_line=name not in shape.prose))
        for name, spec in fields.items()
    )
    moment = None
    if when is not None and shape.dated:
        moment = compile_moment(when, columns, mapping.when, mapping.dates, f"{place} › when")
    required = {name for name, field in shape.model_fields.items() if field.is_required()}
    reads = any(value.cells for _, value in compiled) or bool(moment and moment.cells)
    return Reading(
        kind, shape.about, shape.dated, moment, compiled, frozenset(required), frozenset(needs), reads
    )
