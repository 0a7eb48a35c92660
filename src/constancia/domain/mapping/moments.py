"""When a fact happened, from one column or several: compiled once, asked for every row."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from constancia.domain.dates import UNKNOWN, ImpreciseDate, build, edtf
from constancia.domain.errors import DateRefused, MappingRefused
from constancia.domain.mapping.cells import Cell
from constancia.domain.mapping.columns import BrokenDate, CellFault, Columns, View
from constancia.domain.mapping.language import DatesSpec, Meaning, Precision, WhenSpec
from constancia.domain.mapping.patterns import Pattern
from constancia.domain.mapping.values import Rule, read_date

_NESTING = 10
_REMEMBERED = 50_000
Specs = Mapping[str, WhenSpec | str]


@dataclass(frozen=True, slots=True)
class Moment(ABC):
    """Base: `cells` are the columns read."""

    cells: tuple[int, ...]
    meaning: Meaning
    precision: Precision | None

    def of(self, view: View) -> ImpreciseDate:
        """UNKNOWN where nothing is written. Raises CellFault, with the code that reading the date gave, and
        BrokenDate where it comes down to a date that failed a check."""
        found, meaning = self._find(view)
        if found.earliest is None and found.latest is None:
            return found
        if self.precision not in (None, "day"):
            found = _coarser(found, self.precision)
        meaning = self.meaning if meaning == "on" else meaning
        return found if meaning == "on" else _meant(found, meaning)

    @abstractmethod
    def _find(self, view: View) -> tuple[ImpreciseDate, Meaning]:
        """The date as it stands, and what the cell itself says that it means."""


@dataclass(frozen=True, slots=True)
class InCell(Moment):
    """A date written in one cell."""

    dates: DatesSpec
    regex: Pattern | None
    replace: tuple[Rule, ...]
    patterns: tuple[tuple[Rule, Meaning], ...]
    seen: dict[str, tuple[ImpreciseDate, Meaning]]

    def _find(self, view: View) -> tuple[ImpreciseDate, Meaning]:
        column = self.cells[0]
        written = view.text(column)
        if not written:
            return UNKNOWN, "on"
        cell = view.cell(column)
        if isinstance(cell, date):
            return _of_cell(cell, written, column), "on"
        known = self.seen.get(written)
        if known is None:
            known = self._read(written, cell, column)
            if len(self.seen) < _REMEMBERED:
                self.seen[written] = known
        return known

    def _read(self, written: str, cell: Cell, column: int) -> tuple[ImpreciseDate, Meaning]:
        text = written
        meaning: Meaning = "on"
        if self.regex is not None:
            found = self.regex.first(text)
            if found is None:
                return UNKNOWN, "on"
            text = found
        for rule in self.replace:
            text = rule.match.replaced(rule.take, text)
        for rule, meant in self.patterns:
            if (taken := rule.match.taken(rule.take, text)) is not None:
                text, meaning = taken, meant
                break
        if not text.strip():
            return UNKNOWN, "on"
        return replace(read_date(text, self.dates, column), words=written[:200]), meaning


def _of_cell(cell: date, written: str, column: int) -> ImpreciseDate:
    day = cell.date() if isinstance(cell, datetime) else cell
    try:
        return build.day(day, written)
    except DateRefused as error:
        raise CellFault(error.code, column, **error.params) from None


@dataclass(frozen=True, slots=True)
class FirstOf(Moment):
    """The first of several that says anything."""

    options: tuple[Moment, ...]

    def _find(self, view: View) -> tuple[ImpreciseDate, Meaning]:
        unknown = UNKNOWN
        for option in self.options:
            found = option.of(view)
            if found.edtf:
                return found, "on"
            unknown = unknown if unknown.words else found
        return unknown, "on"


@dataclass(frozen=True, slots=True)
class Named(Moment):
    """An entry of [when]."""

    name: str
    only: Moment

    def _find(self, view: View) -> tuple[ImpreciseDate, Meaning]:
        if self.name in view.broken:
            raise BrokenDate
        return self.only.of(view), "on"


@dataclass(frozen=True, slots=True)
class InParts(Moment):
    """Year, month and day in columns of their own; -1 where there is no such column."""

    year: int
    month: int
    day: int
    dates: DatesSpec

    def _find(self, view: View) -> tuple[ImpreciseDate, Meaning]:
        year = view.text(self.year)
        month = view.text(self.month) if self.month >= 0 else ""
        day = view.text(self.day) if self.day >= 0 else ""
        words = " ".join(part for part in (day, month, year) if part)
        if not year and (month or day):
            raise CellFault("date.year_missing", self.year)
        if day and not month:
            raise CellFault("date.month_missing", self.month)
        if not year:
            return UNKNOWN, "on"
        if month and not month.isdecimal():
            return replace(read_date(words, self.dates, self.month), words=words), "on"
        if not year.isdecimal() or (day and not day.isdecimal()):
            raise CellFault("mapping.not_a_number", self.day if year.isdecimal() else self.year)
        text = "-".join([year.zfill(4), *(part.zfill(2) for part in (month, day) if part)])
        try:
            return edtf.parse(text, words), "on"
        except DateRefused as error:
            raise CellFault(error.code, self.day if day else self.year, **error.params) from None


@dataclass(frozen=True, slots=True)
class Spread(Moment):
    """Some day from one date to another; a side may be open."""

    begins: Moment | None
    ends: Moment | None

    def _find(self, view: View) -> tuple[ImpreciseDate, Meaning]:
        first = self.begins.of(view) if self.begins else UNKNOWN
        last = self.ends.of(view) if self.ends else UNKNOWN
        words = " – ".join(dict.fromkeys(each.words for each in (first, last) if each.words))[:200]
        low, high = first.earliest, last.latest
        try:
            if low and high:
                return (build.day(low, words) if low == high else build.between(low, high, words)), "on"
            if low:
                return build.on_or_after(low, words), "on"
            if high:
                return build.on_or_before(high, words), "on"
        except DateRefused as error:
            raise CellFault(error.code, self.cells[-1] if self.cells else -1, **error.params) from None
        return replace(UNKNOWN, words=words), "on"


@dataclass(frozen=True, slots=True)
class Constant(Moment):
    date: ImpreciseDate

    def _find(self, view: View) -> tuple[ImpreciseDate, Meaning]:
        return self.date, "on"


def _coarser(found: ImpreciseDate, precision: Precision | None) -> ImpreciseDate:
    """A day that stands for its month or year (a monthly column writes 1973-09-01 and means September)."""
    if found.earliest is None or found.earliest != found.latest:
        return found
    if precision == "month":
        return build.month(found.earliest.year, found.earliest.month, found.words)
    return build.year(found.earliest.year, found.words)


def _meant(found: ImpreciseDate, meaning: Meaning) -> ImpreciseDate:
    """Before an imprecise date: before its last possible day. After it: after its first. Never too narrow."""
    if meaning == "about":
        plain = re.fullmatch(r"\d{4}(-\d\d){0,2}", found.edtf)
        return edtf.parse(found.edtf + "~", found.words) if plain else found
    if meaning == "after":
        return build.after(found.earliest, found.words) if found.earliest else UNKNOWN
    if not found.latest:
        return UNKNOWN
    if meaning == "before":
        return build.before(found.latest, found.words)
    return build.on_or_before(found.latest, found.words)


def compile_moment(
    spec: WhenSpec | str, columns: Columns, named: Specs, dates: DatesSpec, place: str, depth: int = 0
) -> Moment:
    """A bare text is a column's name. Raises MappingRefused: `mapping.column_missing`, `mapping.pattern`,
    `mapping.name_unknown`, `mapping.nested`, `mapping.constant_date`."""
    columns.another(place)
    if depth > _NESTING:
        raise MappingRefused("mapping.nested", place=place)
    if isinstance(spec, str):
        spec = WhenSpec(column=spec)
    meaning, precision = spec.meaning, spec.precision
    if spec.column:
        return _in_cell(spec, columns, dates, place)
    if spec.value:
        try:
            fixed = edtf.parse(spec.value, spec.words or spec.value)
        except DateRefused:
            raise MappingRefused("mapping.constant_date", place=place) from None
        return Constant((), meaning, precision, fixed)
    if spec.year:
        parts = [columns.index(name, place) if name else -1 for name in (spec.year, spec.month, spec.day)]
        cells = tuple(part for part in parts if part >= 0)
        return InParts(cells, meaning, precision, parts[0], parts[1], parts[2], _dates(spec, dates))
    if spec.from_ is not None or spec.to is not None:
        sides = [
            None if side is None else compile_moment(side, columns, named, dates, place, depth + 1)
            for side in (spec.from_, spec.to)
        ]
        return Spread(_together([side for side in sides if side]), meaning, precision, sides[0], sides[1])
    if spec.use:
        if spec.use not in named:
            raise MappingRefused("mapping.name_unknown", place=place, name=spec.use[:100])
        only = compile_moment(named[spec.use], columns, named, dates, f"when › {spec.use}", depth + 1)
        return Named(only.cells, meaning, precision, spec.use, only)
    options = tuple(compile_moment(each, columns, named, dates, place, depth + 1) for each in spec.first)
    return FirstOf(_together(list(options)), meaning, precision, options)


def _in_cell(spec: WhenSpec, columns: Columns, dates: DatesSpec, place: str) -> InCell:
    return InCell(
        (columns.index(spec.column, place),),
        spec.meaning,
        spec.precision,
        _dates(spec, dates),
        Pattern(spec.regex, place, columns.patience) if spec.regex is not None else None,
        tuple(Rule(Pattern(match, place, columns.patience), take) for match, take in spec.replace),
        tuple(
            (Rule(Pattern(rule.match, place, columns.patience), rule.take), rule.meaning)
            for rule in spec.patterns
        ),
        {},
    )


def _dates(spec: WhenSpec, dates: DatesSpec) -> DatesSpec:
    return dates.model_copy(
        update={k: v for k, v in (("order", spec.order), ("language", spec.language)) if v is not None}
    )


def _together(moments: list[Moment]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(cell for moment in moments for cell in moment.cells))
