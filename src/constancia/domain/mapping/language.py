"""The mapping language as typed models. `docs/mapping.md` explains it to the people who write mappings.

A mapping is a TOML file. Keys that the language does not know are refused with their place.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from constancia.domain.language import Language
from constancia.domain.vocabulary.terms import Confidentiality, ConsentTier, Reliability, SourceKind

OnError = Literal["refuse_row", "skip_fact"]
Meaning = Literal["on", "before", "after", "on_or_before", "about"]
Precision = Literal["day", "month", "year"]
Otherwise = Literal["refuse", "keep", "empty"]
Pattern = Annotated[str, Field(min_length=1, max_length=500)]
Taken = Annotated[str, Field(max_length=500)]
Name = Annotated[str, Field(min_length=1)]
"""Of a column, or of an entry of [when]."""


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceSpec(Spec):
    """Whose word the rows are. `label` and `group` may be templates, `kind` and `reliability` columns with
    `values`, where each row has a source of its own."""

    kind: SourceKind | ValueSpec
    label: str = Field(min_length=1, max_length=300)
    reliability: Reliability | ValueSpec = Reliability.F
    group: str = Field("", max_length=100)
    confidentiality: Confidentiality = Confidentiality.INTERNAL


class FileSpec(Spec):
    """How the file is to be read. `empty`: texts that mean "nothing written here" in every column.

    `fill_down`: columns in which an empty cell means what stands above it. `skip`: rows that are none
    (totals, headings in between).
    """

    sheet: str = Field("", max_length=100)
    header_row: int = Field(1, ge=0, le=1000)
    delimiter: str = Field("", max_length=3)
    encoding: str = Field("", max_length=30)
    empty: list[str] = Field(default_factory=list, max_length=50)
    fill_down: list[str] = Field(default_factory=list, max_length=50)
    skip: ConditionSpec | list[ConditionSpec] | None = None


class DatesSpec(Spec):
    """How dates are written. `unknown`: texts that say that the date is not known ("s/f")."""

    order: Literal["dmy", "mdy", "ymd"] | None = None
    language: Language | None = None
    excel_epoch: Literal[1900, 1904] | None = None
    unknown: list[str] = Field(default_factory=list, max_length=50)


class KnownSpec(Spec):
    """Since when the facts have been known: one day for all, or a column."""

    date: str = Field("", max_length=40)
    column: str = Field("", max_length=200)

    @model_validator(mode="after")
    def _one(self) -> KnownSpec:
        if bool(self.date) == bool(self.column):
            raise ValueError("one of date and column")
        return self


class PersonSpec(Spec):
    """`scheme` names the register that gave the identifier; `id` the columns that hold it together."""

    scheme: str = Field("", max_length=100)
    id: list[str] = Field(default_factory=list, max_length=5)
    consent: ConsentTier | None = None
    region: ValueSpec | str = ""

    @model_validator(mode="after")
    def _named(self) -> PersonSpec:
        if self.id and not self.scheme:
            raise ValueError("an id needs a scheme")
        return self


class DetentionSpec(Spec):
    """`rows`: whether each row of a person is a detention of its own, or all of them describe one.
    `id`: columns whose values tell one detention of the person from another, over rows."""

    rows: Literal["each", "one"] = "each"
    id: list[str] = Field(default_factory=list, max_length=5)


class ConditionSpec(Spec):
    """One test of a row. With `columns`, at least one of them passes. Several tests in one must all pass."""

    use: str = ""
    column: str = ""
    columns: list[str] = Field(default_factory=list)
    equals: str | int | float | None = None
    one_of: list[str | int | float] = Field(default_factory=list)
    empty: bool | None = None
    matches: Pattern | None = None
    greater: float | str | None = None
    less: float | str | None = None
    any: list[ConditionSpec] = Field(default_factory=list)
    all: list[ConditionSpec] = Field(default_factory=list)

    @model_validator(mode="after")
    def _whole(self) -> ConditionSpec:
        tests = (self.equals, self.one_of or None, self.empty, self.matches, self.greater, self.less)
        tested = any(test is not None for test in tests)
        if tested != bool(self.column or self.columns):
            raise ValueError("a test needs a column, and a column a test")
        if not (tested or self.use or self.any or self.all):
            raise ValueError("an empty condition")
        return self


class PatternRule(Spec):
    """`take` replaces the whole text where `match` is found in it; `\\1` is its first group."""

    match: Pattern
    take: Taken = ""
    meaning: Meaning = "on"


class ValueSpec(Spec):
    """Where a field's value comes from, and what is done to it, in this order: column(s) or template or
    value; `regex` (its first group, or all that matches), `replace`, `patterns`, `split` or `find`, `values`,
    `as`."""

    column: str = ""
    columns: list[str] = Field(default_factory=list)
    template: str = Field("", max_length=2000)
    value: str | int | float | bool | list[str] | None = None
    regex: Pattern | None = None
    replace: list[tuple[Pattern, Taken]] = Field(default_factory=list, max_length=50)
    patterns: list[PatternRule] | str = Field(default_factory=list)
    split: str | None = Field(None, min_length=1, max_length=50)
    find: Pattern | None = None
    values: dict[str, str | int | bool] | str = Field(default_factory=dict)
    otherwise: Otherwise = "refuse"
    as_: Literal["text", "integer", "boolean", "list", "edtf", "state"] | None = Field(None, alias="as")
    max_length: int | None = Field(None, ge=1, le=20_000)

    @model_validator(mode="after")
    def _one(self) -> ValueSpec:
        given = sum([bool(self.column), bool(self.columns), bool(self.template), self.value is not None])
        if given != 1:
            raise ValueError("one of column, columns, template and value")
        return self


Given = ValueSpec | str | int | bool | list[str]
"""A field of a fact: in the long form, or a template or constant."""


class WhenSpec(Spec):
    """When a fact happened. Exactly one way of saying it; `meaning` and `precision` are added to it."""

    use: str = ""
    column: str = ""
    first: list[WhenSpec | Name] = Field(default_factory=list, max_length=10)
    year: str = ""
    month: str = ""
    day: str = ""
    from_: WhenSpec | Name | None = Field(None, alias="from")
    to: WhenSpec | Name | None = None
    value: str = ""
    regex: Pattern | None = None
    replace: list[tuple[Pattern, Taken]] = Field(default_factory=list, max_length=20)
    patterns: list[PatternRule] = Field(default_factory=list, max_length=20)
    order: Literal["dmy", "mdy", "ymd"] | None = None
    language: Language | None = None
    meaning: Meaning = "on"
    precision: Precision | None = None
    words: str = Field("", max_length=200)

    @model_validator(mode="after")
    def _one(self) -> WhenSpec:
        spread = self.from_ is not None or self.to is not None
        ways = [self.use, self.column, self.first, self.year, self.value, spread]
        if sum(bool(way) for way in ways) != 1:
            raise ValueError("one of use, column, first, year, value and from/to")
        if (self.month or self.day) and not self.year:
            raise ValueError("month and day need a year")
        return self


class CaseSpec(Spec):
    """One reading of a column that holds several things. `record = false`: read, and nothing to record."""

    matches: Pattern | None = None
    equals: str | int | float | None = None
    one_of: list[str | int | float] = Field(default_factory=list)
    otherwise: bool = False
    kind: str = ""
    when: WhenSpec | Name | None = None
    fields: dict[str, Given] = Field(default_factory=dict)
    record: bool = True

    @model_validator(mode="after")
    def _one(self) -> CaseSpec:
        tested = self.matches is not None or self.equals is not None or bool(self.one_of)
        if tested == self.otherwise:
            raise ValueError("one of a test and otherwise")
        if self.record and not self.kind:
            raise ValueError("a case needs a kind")
        return self


class FactSpec(Spec):
    """One fact that a row may hold."""

    kind: str = ""
    when: WhenSpec | Name | None = None
    fields: dict[str, Given] = Field(default_factory=dict)
    if_: ConditionSpec | list[ConditionSpec] | None = Field(None, alias="if")
    unless: ConditionSpec | list[ConditionSpec] | None = None
    repeat: list[str | int] = Field(default_factory=list, max_length=200)
    detention: str = Field("", max_length=100)
    column: str = ""
    cases: list[CaseSpec] = Field(default_factory=list, max_length=50)
    on_error: OnError | None = None
    needs: list[str] = Field(default_factory=list, max_length=20)

    @model_validator(mode="after")
    def _whole(self) -> FactSpec:
        if bool(self.cases) == bool(self.kind):
            raise ValueError("a fact has a kind, or cases that have one each")
        if bool(self.cases) != bool(self.column):
            raise ValueError("cases need a column")
        return self


class CheckSpec(Spec):
    """`later` may not certainly end before `earlier` (names under [when]); what is dated by it is refused."""

    earlier: Name
    later: Name


class Mapping(Spec):
    """A whole mapping."""

    title: str = Field("", max_length=300)
    source: SourceSpec
    file: FileSpec = FileSpec()
    dates: DatesSpec = DatesSpec()
    known: KnownSpec | None = None
    person: PersonSpec = PersonSpec()
    detention: DetentionSpec = DetentionSpec()
    on_error: OnError = "refuse_row"
    when: dict[str, WhenSpec | Name] = Field(default_factory=dict)
    conditions: dict[str, ConditionSpec | list[ConditionSpec]] = Field(default_factory=dict)
    values: dict[str, dict[str, str | int | bool]] = Field(default_factory=dict)
    patterns: dict[str, list[PatternRule]] = Field(default_factory=dict)
    check: list[CheckSpec] = Field(default_factory=list, max_length=20)
    fact: list[FactSpec] = Field(min_length=1, max_length=300)

    @model_validator(mode="after")
    def _titled(self) -> Mapping:
        if "{" in self.source.label and not self.title:
            raise ValueError("a source for each row needs a title")
        return self


for _spec in (SourceSpec, FileSpec, PersonSpec, Mapping):
    _spec.model_rebuild()
