"""A field's value from a row: taken, cut, translated, and made the type that it should be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from constancia.domain.dates import ImpreciseDate
from constancia.domain.dates.reading import read
from constancia.domain.errors import DateRefused, MappingRefused
from constancia.domain.mapping.columns import CellFault, Columns, View, clean
from constancia.domain.mapping.conditions import folded
from constancia.domain.mapping.language import DatesSpec, Given, Otherwise, PatternRule, ValueSpec
from constancia.domain.mapping.patterns import Pattern
from constancia.domain.mapping.templates import Template, compile_template
from constancia.domain.vocabulary.states import state_code

T = TypeVar("T")
Plain = str | int | float | bool | list[str] | None
Translation = Mapping[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Names:
    """What a mapping names once and uses by name, and how it writes dates."""

    values: Mapping[str, Translation]
    patterns: Mapping[str, list[PatternRule]]
    dates: DatesSpec


@dataclass(frozen=True, slots=True)
class Rule:
    match: Pattern
    take: str


@dataclass(frozen=True, slots=True)
class Value:
    """A compiled ValueSpec. `cells`: what it reads, none for a constant."""

    cells: tuple[int, ...]
    constant: Plain
    template: Template | None
    regex: Pattern | None
    replace: tuple[Rule, ...]
    patterns: tuple[Rule, ...]
    split: str | None
    find: Pattern | None
    values: Translation | None
    otherwise: Otherwise
    made: str
    max_length: int | None
    one_line: bool
    dates: DatesSpec

    def of(self, view: View) -> Plain:
        """None where there is nothing. Raises CellFault."""
        if not self.cells:
            return self.constant
        column = self.cells[0]
        if self.template is not None:
            written = self.template.fill(view)
        elif len(self.cells) == 1:
            written = view.text(column)
        else:
            written = ""
            for cell in self.cells:
                if written := view.text(cell):
                    column = cell
                    break
        if not written:
            return None
        written = self._cut(written)
        if self.find is not None or self.split is not None:
            return self._several(written, column) or None
        value = self._one(written, column)
        return [str(value)] if self.made == "list" and value is not None else value

    def _cut(self, written: str) -> str:
        if self.regex is not None:
            found = self.regex.first(written)
            if found is None:
                return ""
            written = found
        for rule in self.replace:
            written = rule.match.replaced(rule.take, written)
        for rule in self.patterns:
            if (taken := rule.match.taken(rule.take, written)) is not None:
                return taken
        return written

    def _several(self, written: str, column: int) -> list[str]:
        pieces = self.find.each(written) if self.find is not None else written.split(self.split)
        made = (self._one(piece, column) for piece in pieces if piece)
        return list(dict.fromkeys(str(piece) for piece in made if piece is not None))

    def _state(self, written: str, column: int) -> str | None:
        """The code of a Venezuelan state; what is none is treated as `otherwise` says."""
        code = state_code(written)
        if code is None and self.otherwise == "refuse":
            raise CellFault("mapping.state_unknown", column)
        return code or (written if self.otherwise == "keep" else None)

    def _one(self, written: str, column: int) -> str | int | bool | None:
        written = clean(written, column, one_line=self.one_line)
        if not written:
            return None
        if self.values is not None:
            translated = self.values.get(folded(written))
            if translated is not None:
                return None if translated == "" else translated
            if self.otherwise == "refuse":
                raise CellFault("mapping.value_unknown", column)
            if self.otherwise == "empty":
                return None
        if self.made == "integer":
            return _whole(written, column)
        if self.made == "boolean":
            return _truth(written, column)
        if self.made == "state":
            return self._state(written, column)
        if self.made == "edtf":
            return read_date(written, self.dates, column).edtf or None
        if self.max_length is not None and len(written) > self.max_length:
            return written[: self.max_length - 1].rstrip() + "…"
        return written


def _whole(written: str, column: int) -> int:
    """The whole number in a cell; a fraction is cut off, as with ages of infants."""
    try:
        number = float(written.replace(",", "."))
    except ValueError:
        raise CellFault("mapping.not_a_number", column) from None
    if not math.isfinite(number):
        raise CellFault("mapping.not_a_number", column)
    return math.floor(number)


def read_date(written: str, dates: DatesSpec, column: int) -> ImpreciseDate:
    """The date that a cell writes, by the habits `dates`. Raises CellFault with the code of the refusal."""
    try:
        return read(
            written,
            order=dates.order,
            language=dates.language,
            excel_epoch=dates.excel_epoch,
            unknown_marks=dates.unknown,
        )
    except DateRefused as error:
        raise CellFault(error.code, column, **error.params) from None


_TRUE = frozenset({"1", "true", "yes", "sí", "si", "x", "verdadero", "y", "s"})
_FALSE = frozenset({"0", "false", "no", "falso", "n"})


def _truth(written: str, column: int) -> bool:
    word = folded(written)
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise CellFault("mapping.not_yes_or_no", column)


def compile_value(
    spec: Given,
    columns: Columns,
    names: Names,
    place: str,
    *,
    one_line: bool = True,
) -> Value:
    """A bare text is a template if it has braces, else a constant.

    Raises MappingRefused: `mapping.column_missing`, `mapping.pattern`, `mapping.name_unknown`,
    `mapping.template`.
    """
    if isinstance(spec, str):
        spec = ValueSpec(template=spec) if "{" in spec else ValueSpec(value=spec)
    elif not isinstance(spec, ValueSpec):
        spec = ValueSpec(value=spec)
    patience = columns.patience
    template = compile_template(spec.template, columns, place) if spec.template else None
    wanted = [spec.column] if spec.column else spec.columns
    cells = template.cells if template else tuple(columns.index(name, place) for name in wanted)
    constant: Plain = template.literal if template and not cells else spec.value
    translations = _named(spec.values, names.values, place) if isinstance(spec.values, str) else spec.values
    rules = _named(spec.patterns, names.patterns, place) if isinstance(spec.patterns, str) else spec.patterns
    return Value(
        cells,
        constant,
        template,
        Pattern(spec.regex, place, patience) if spec.regex is not None else None,
        tuple(Rule(Pattern(match, place, patience), take) for match, take in spec.replace),
        tuple(Rule(Pattern(rule.match, place, patience), rule.take) for rule in rules),
        spec.split,
        Pattern(spec.find, place, patience) if spec.find is not None else None,
        {folded(key): value for key, value in translations.items()} if translations else None,
        spec.otherwise,
        spec.as_ or "text",
        spec.max_length,
        one_line,
        names.dates,
    )


def _named(name: str, table: Mapping[str, T], place: str) -> T:
    if name not in table:
        raise MappingRefused("mapping.name_unknown", place=place, name=name[:100])
    return table[name]
