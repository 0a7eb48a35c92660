"""Whose word a row is: one source for the whole file, or one for each row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from constancia.domain.mapping.columns import CellFault, Columns, View, clean
from constancia.domain.mapping.language import SourceSpec, ValueSpec
from constancia.domain.mapping.plans import PlannedSource
from constancia.domain.mapping.values import Names, Value, compile_value
from constancia.domain.vocabulary.terms import Reliability, SourceKind

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """A compiled SourceSpec. `fixed` where no column is read."""

    spec: SourceSpec
    fixed: PlannedSource | None
    kind: Value
    label: Value
    reliability: Value
    group: Value
    otherwise: str

    def of(self, view: View) -> PlannedSource:
        """The row's source. Where its name is empty it goes by the mapping's title. Raises CellFault."""
        if self.fixed is not None:
            return self.fixed
        label = str(self.label.of(view) or "") or self.otherwise
        return PlannedSource(
            _term(self.kind, view, SourceKind) or SourceKind.DOCUMENT,
            clean(label, -1, one_line=True)[:300],
            _term(self.reliability, view, Reliability) or Reliability.F,
            str(self.group.of(view) or "")[:100],
            self.spec.confidentiality,
        )


def _term(value: Value, view: View, terms: type[E]) -> E | None:
    found = value.of(view)
    if found is None:
        return None
    try:
        return terms(str(found))
    except ValueError:
        raise CellFault("mapping.value_unknown", value.cells[0] if value.cells else -1) from None


def compile_source(spec: SourceSpec, columns: Columns, names: Names, title: str) -> SourcePlan:
    """Raises MappingRefused as `compile_value` does."""
    kind = compile_value(_as_value(spec.kind), columns, names, "source › kind")
    reliability = compile_value(_as_value(spec.reliability), columns, names, "source › reliability")
    label = compile_value(spec.label, columns, names, "source › label")
    group = compile_value(spec.group or ValueSpec(value=""), columns, names, "source › group")
    fixed = None
    if isinstance(spec.kind, SourceKind) and isinstance(spec.reliability, Reliability):
        constant = not label.cells and not group.cells
        words = str(label.constant), str(group.constant or "")
        if constant:
            fixed = PlannedSource(spec.kind, words[0], spec.reliability, words[1], spec.confidentiality)
    return SourcePlan(spec, fixed, kind, label, reliability, group, title or "—")


def _as_value(part: StrEnum | ValueSpec) -> ValueSpec:
    return part if isinstance(part, ValueSpec) else ValueSpec(value=part.value)
