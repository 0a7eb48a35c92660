"""The linking mapping: which column of a list is what. See docs/linking.md."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from constancia.domain.mapping.language import DatesSpec, FileSpec, Pattern, Spec


class As(StrEnum):
    """What a column is. Those up to `day` are also known of the register's people; `released` and
    `custody` are not compared, they say how the list counts; the last three are of this list alone and
    need a name."""

    NAME = "name"
    GIVEN = "given"
    SURNAMES = "surnames"
    BORN = "born"
    DOCUMENT = "document"
    SEX = "sex"
    STATE = "state"
    PLACE = "place"
    DAY = "day"
    RELEASED = "released"
    CUSTODY = "custody"
    CODE = "code"
    NUMBER = "number"
    TEXT = "text"


OWN_NAMES = frozenset({As.CODE, As.NUMBER, As.TEXT})
DATES = frozenset({As.BORN, As.DAY, As.RELEASED})
UNCOMPARED = frozenset({As.RELEASED, As.CUSTODY})


class FieldSpec(Spec):
    """One thing compared. `columns` are joined with a blank; a date may come in `year`, `month`, `day`.

    `regex`: its first group is taken out of the cell. `values` translates ("" means nothing).
    """

    as_: As = Field(alias="as")
    name: str = Field("", pattern=r"^([a-z][a-z0-9_]{0,29})?$")
    column: str = Field("", max_length=200)
    columns: list[str] = Field(default_factory=list, max_length=10)
    year: str = Field("", max_length=200)
    month: str = Field("", max_length=200)
    day: str = Field("", max_length=200)
    regex: Pattern | None = None
    values: dict[str, str] = Field(default_factory=dict, max_length=2000)

    @model_validator(mode="after")
    def _whole(self) -> FieldSpec:
        if sum([bool(self.column), bool(self.columns), bool(self.year)]) != 1:
            raise ValueError("one of column, columns and year")
        if (self.month or self.day or self.year) and self.as_ not in DATES:
            raise ValueError("only a date has year, month and day")
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        if (self.as_ in OWN_NAMES) != bool(self.name):
            raise ValueError("code, number and text need a name, and nothing else takes one")
        return self

    @property
    def key(self) -> str:
        """What the same field of another list is known by."""
        return self.name or self.as_.value


class LinkMapping(Spec):
    """A whole linking mapping.

    `id`: the columns that hold the list's own identifier of a row. `duplicate_free`: the list holds nobody
    twice; then nobody of another list is given two of its rows. `truth`: a column that says who is who
    (for lists made to measure by).
    """

    version: Literal[1]
    title: str = Field("", max_length=300)
    id: list[str] = Field(default_factory=list, max_length=5)
    duplicate_free: bool = False
    truth: FieldSpec | None = None
    file: FileSpec = FileSpec()
    dates: DatesSpec = DatesSpec()
    field: list[FieldSpec] = Field(min_length=1, max_length=40)

    @model_validator(mode="after")
    def _once(self) -> LinkMapping:
        keys = [one.key for one in self.field]
        if len(set(keys)) < len(keys):
            raise ValueError("a field twice")
        taken = {kind.value for kind in As}
        if any(one.name in taken for one in self.field if one.name):
            raise ValueError("a name that is a word of this language")
        return self
