"""Conditions on a row, compiled once and asked for every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from constancia.domain.errors import MappingRefused
from constancia.domain.mapping.columns import Columns, View
from constancia.domain.mapping.language import ConditionSpec
from constancia.domain.mapping.patterns import Pattern

Conditions = Mapping[str, ConditionSpec | list[ConditionSpec]]
_NESTING = 10


def folded(value: str | int | float) -> str:
    """How texts of cells and mappings are compared: case, surrounding spaces and "1.0" do not matter."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()).casefold()


@dataclass(frozen=True, slots=True)
class CellTest:
    """The tests that one cell must all pass."""

    one_of: frozenset[str] | None
    empty: bool | None
    matches: Pattern | None
    greater: float | str | None
    less: float | str | None

    def passes(self, written: str) -> bool:
        if self.empty is not None and (not written) != self.empty:
            return False
        if self.one_of is not None and folded(written) not in self.one_of:
            return False
        if self.matches is not None and not self.matches.found_in(written):
            return False
        return _beyond(written, self.greater, 1) and _beyond(written, self.less, -1)


def _beyond(written: str, bound: float | str | None, sign: int) -> bool:
    """Whether a cell is greater (`sign` 1) or less (-1): numbers as numbers, ISO dates as text."""
    if bound is None:
        return True
    if not written:
        return False
    if isinstance(bound, str):
        return (written > bound) if sign > 0 else (written < bound)
    try:
        return (float(written.replace(",", ".")) - bound) * sign > 0
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Condition:
    """All of: the test on at least one of `columns`, every one of `all_of`, at least one of `any_of`."""

    columns: tuple[int, ...]
    test: CellTest | None
    all_of: tuple[Condition, ...]
    any_of: tuple[Condition, ...]

    def holds(self, view: View) -> bool:
        if self.test is not None:
            passes = self.test.passes
            if not any(passes(view.text(column)) for column in self.columns):
                return False
        if not all(condition.holds(view) for condition in self.all_of):
            return False
        return not self.any_of or any(condition.holds(view) for condition in self.any_of)


def compile_condition(
    spec: ConditionSpec | list[ConditionSpec], columns: Columns, named: Conditions, place: str, depth: int = 0
) -> Condition:
    """Raises MappingRefused: `mapping.column_missing`, `mapping.pattern`, `mapping.name_unknown`."""
    columns.another(place)
    if depth > _NESTING:
        raise MappingRefused("mapping.nested", place=place)
    if isinstance(spec, list):
        every = tuple(compile_condition(each, columns, named, place, depth + 1) for each in spec)
        return Condition((), None, every, ())
    deeper = [*spec.all]
    all_of = [compile_condition(each, columns, named, place, depth + 1) for each in deeper]
    if spec.use:
        if spec.use not in named:
            raise MappingRefused("mapping.name_unknown", place=place, name=spec.use[:100])
        all_of.append(compile_condition(named[spec.use], columns, named, place, depth + 1))
    any_of = tuple(compile_condition(each, columns, named, place, depth + 1) for each in spec.any)
    names = [spec.column] if spec.column else spec.columns
    indices = tuple(columns.index(name, place) for name in names)
    return Condition(indices, cell_test(spec, columns, place) if indices else None, tuple(all_of), any_of)


def cell_test(spec: ConditionSpec, columns: Columns, place: str) -> CellTest:
    """The tests of `spec` on one cell. Raises MappingRefused `mapping.pattern`."""
    wanted: list[str | int | float] = list(spec.one_of)
    if spec.equals is not None:
        wanted.append(spec.equals)
    return CellTest(
        frozenset(folded(value) for value in wanted) if wanted else None,
        spec.empty,
        Pattern(spec.matches, place, columns.patience) if spec.matches is not None else None,
        spec.greater,
        spec.less,
    )
