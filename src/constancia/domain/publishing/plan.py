"""What an edition counts and shows, as the report's folder says it in `informe.toml`.

Every edition has the figures and tables of `standard.toml`; a report adds its own. A plan names questions,
never answers: the numbers come from the register when the edition is frozen.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from constancia.domain.errors import InputRefused
from constancia.domain.figures.definition import definition
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.figures.rule import rule
from constancia.domain.publishing.content import Words
from constancia.domain.vocabulary.terms import Said

FILE = "informe.toml"
NAME = r"^[a-z][a-z0-9_]{0,59}$"

_SAID_TWICE = {
    Dimension.SEX_AND_AGE: (Dimension.SEX, Dimension.AGE_GROUP),
    Dimension.CASE_STATE: (Dimension.CONVICTED,),
}
"""Breakdowns that divide people by the same thing more finely: women less adult women are girls."""

MOST = 200
"""Figures, tables or series of one plan at most."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AskedFigure(_Part):
    """One number. `start`: first day of a flow's period; "previous": the day after the previous edition's D
    (of a first edition: after the day that the draft takes for its opening). `as_of` and `known_at` default
    to the edition's D and T, and are never later than these."""

    name: str = Field(pattern=NAME)
    figure: str
    label: Words
    start: date | Literal["previous"] | None = None
    as_of: date | None = None
    known_at: date | None = None
    rule: str | None = None

    @model_validator(mode="after")
    def _asks_for_what_there_is(self) -> AskedFigure:
        found = definition(self.figure)
        if self.rule is not None:
            rule(self.rule)
        if (found.measure == "stock") != (self.start is None) and found.since is None:
            raise ValueError("a flow has a start, a stock has none")
        return self


class AskedTable(_Part):
    """A figure of the plan by one or two of its breakdowns."""

    name: str = Field(pattern=NAME)
    of: str
    by: tuple[Dimension, ...] = Field(min_length=1, max_length=2)
    title: Words


class _Series(_Part):
    """Something over time up to D: from `start`, or over the last `days`, D included."""

    name: str = Field(pattern=NAME)
    start: date | None = None
    days: int | None = Field(None, ge=2, le=1_500)
    title: Words

    @model_validator(mode="after")
    def _begins_once(self) -> _Series:
        if (self.start is None) == (self.days is None):
            raise ValueError("a series has a start, or a number of days")
        return self

    def first_day(self, as_of: date) -> date:
        """Its first day in an edition of `as_of`; after that day where it has not begun."""
        if self.start is not None:
            return self.start
        return as_of - timedelta(days=(self.days or 1) - 1)


class AskedDaily(_Series):
    """A flow day by day."""

    figure: str = "released"


class AskedLevels(_Series):
    """A stock at the end of each week."""

    figure: str = "held"


class AskedBridge(_Part):
    first: str
    second: str


class AskedClaims(_Part):
    """Others' figures of these kinds whose day lies between `since` and D."""

    about: tuple[Said, ...] = (Said.HELD, Said.RELEASED)
    since: date | None = None


class AskedReport(_Part):
    """`sections`: the stems of the text files of each language, in order."""

    sections: tuple[str, ...] = ()
    subtitle: Words = Words(es="", en="")


class Plan(_Part):
    """All that a plan may say. `since`: the first day from which announcements and statements are shown."""

    report: AskedReport = AskedReport()
    since: date | None = None
    figure: tuple[AskedFigure, ...] = Field((), max_length=MOST)
    table: tuple[AskedTable, ...] = Field((), max_length=MOST)
    daily: tuple[AskedDaily, ...] = Field((), max_length=20)
    levels: tuple[AskedLevels, ...] = Field((), max_length=20)
    bridge: tuple[AskedBridge, ...] = Field((), max_length=20)
    claims: AskedClaims = AskedClaims()
    named: str = ""

    @model_validator(mode="after")
    def _hangs_together(self) -> Plan:
        series = [*(one.name for one in self.daily), *(one.name for one in self.levels)]
        for names in ([one.name for one in self.figure], [one.name for one in self.table], series):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(f"named twice: {', '.join(sorted(twice))}")
        by_name = {one.name: one for one in self.figure}
        for table in self.table:
            if table.of not in by_name:
                raise ValueError(f"table {table.name} divides {table.of}, which is no figure of the plan")
            for dimension in table.by:
                if dimension not in definition(by_name[table.of].figure).breakdowns:
                    raise ValueError(f"{by_name[table.of].figure} has no breakdown by {dimension}")
        divided = {(by_name[table.of].figure, dimension) for table in self.table for dimension in table.by}
        for figure, dimension in sorted(divided):
            for other in _SAID_TWICE.get(dimension, ()):
                if (figure, other) in divided:
                    raise ValueError(f"{figure} by {dimension} and by {other}: one gives the other away")
        for daily in self.daily:
            if definition(daily.figure).event != "exit" or definition(daily.figure).measure != "flow":
                raise ValueError(f"{daily.figure} does not count exits day by day")
        for levels in self.levels:
            if definition(levels.figure).measure != "stock":
                raise ValueError(f"{levels.figure} is no stock")
        for bridge in self.bridge:
            rule(bridge.first), rule(bridge.second)
        if self.named and self.named not in by_name:
            raise ValueError(f"{self.named} is no figure of the plan")
        return self


def plan(text: str) -> Plan:
    """The plan of a report, with what every edition has before it.

    Raises InputRefused `edition.plan` naming what is wrong and where.
    """
    try:
        own = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, OverflowError, RecursionError) as error:
        raise InputRefused("edition.plan", file=FILE, field="TOML", why=str(error)[:200]) from None
    return _validated(_joined(_standard(), own))


@cache
def _standard() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("standard.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _joined(standard: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The own plan with the standard lists before its own; a name that is asked for again replaces it."""
    joined = dict(own)
    for kind, asked in standard.items():
        mine = own.get(kind, [])
        if not isinstance(mine, list) or not all(isinstance(one, dict) for one in mine):
            raise InputRefused("edition.plan", file=FILE, field=kind, why="[[…]]")
        again = {one.get("name") for one in mine}
        joined[kind] = [one for one in asked if one["name"] not in again] + mine
    return joined


def _validated(content: dict[str, Any]) -> Plan:
    try:
        return Plan.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"])) or FILE
        raise InputRefused("edition.plan", file=FILE, field=where[:120], why=first["msg"][:300]) from None
