"""What a figure counts: data, versioned, never edited once published."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field, field_validator, model_validator

from constancia.domain.errors import InputRefused
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.figures.files import Versioned, every_version, shipped
from constancia.domain.language import Language
from constancia.domain.vocabulary.terms import CaseState, Custody, Grade


class Definition(Versioned):
    """One figure.

    A `stock` counts who is in a state at the end of day D; a `flow` counts who entered or left between
    two days, both included; a `cumulative` figure is a flow from `since` (or from always) up to D.

    `states`: custody states counted; None means those that the rule counts as held. For exits, the states
    left. `event`: what a flow counts, the entry of a detention or an exit. `kinds`: for exits, patterns of
    StateVersion.exit_kind ("release.*", "closed.amnesty"); `into`: for exits, the custody states reached.
    `minimum_stay`: whether the rule's minimum stay applies. `recognised`: asks for a recognition even where
    the rule asks for none. `months`: the figure takes a number of months that the detention has lasted, and
    this is the default. `case_state_not`, `whereabouts`: keep only such states of the case or whereabouts.
    """

    measure: Literal["stock", "flow", "cumulative"]
    unit: Literal["persons", "episodes"] = "persons"
    entry_grade: Grade = Grade.VERIFIED
    exit_grade: Grade = Grade.VERIFIED
    rule: str | None = None
    states: tuple[Custody, ...] | None = None
    event: Literal["entry", "exit"] | None = None
    kinds: tuple[str, ...] = ()
    into: tuple[Custody, ...] = ()
    minimum_stay: bool = True
    recognised: bool = False
    months: int | None = Field(None, ge=1, le=600)
    case_state_not: tuple[CaseState, ...] = ()
    whereabouts: tuple[str, ...] = ()
    since: date | None = None
    breakdowns: tuple[Dimension, ...] = Field(min_length=1)

    @field_validator("entry_grade", "exit_grade", mode="before")
    @classmethod
    def _grade_by_name(cls, value: object) -> object:
        return grade_named(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _hangs_together(self) -> Definition:
        if (self.measure == "stock") != (self.event is None):
            raise ValueError("a flow or cumulative figure has an event, a stock has none")
        if self.event != "exit" and (self.kinds or self.into):
            raise ValueError("kinds and into belong to exits")
        if self.event is not None and (self.months or self.case_state_not or self.whereabouts):
            raise ValueError("months, case_state_not and whereabouts belong to stocks")
        if Dimension.KIND in self.breakdowns and self.event != "exit":
            raise ValueError("only exits have a kind")
        return self

    def title(self, tongue: Language, months: int | None = None) -> str:
        """The label; where the figure takes a number of months, that number (or its own) stands for N."""
        label = self.label.es if tongue == "es" else self.label.en
        number = months or self.months
        return label.replace(" N ", f" {number} ") if number else label

    def counts_exit(self, exit_kind: str) -> bool:
        """Whether an exit of this kind is counted; no `kinds` means every exit."""
        if not exit_kind:
            return False
        stem = exit_kind.partition(".")[0] + ".*"
        return not self.kinds or exit_kind in self.kinds or stem in self.kinds


def grade_named(name: str) -> Grade:
    """The minimum grade called `name`. Raises InputRefused `figure.grade`; disputed is no minimum."""
    for grade in (Grade.REPORTED, Grade.CORROBORATED, Grade.VERIFIED):
        if grade.name.lower() == name:
            return grade
    raise InputRefused("figure.grade", grade=name[:40])


@cache
def definitions() -> dict[str, Definition]:
    """All shipped definitions, newest versions, by name."""
    return shipped(Definition, "definitions")


def definition(name: str) -> Definition:
    """Raises InputRefused `figure.unknown`."""
    found = definitions().get(name)
    if found is None:
        raise InputRefused("figure.unknown", name=name[:60])
    return found


@cache
def _versions() -> dict[tuple[str, int], Definition]:
    return {(one.name, one.version): one for one in every_version(Definition, "definitions")}


def definition_pinned(name: str, version: int) -> Definition:
    """This version of it, whatever came after. Raises InputRefused `figure.unknown`."""
    found = _versions().get((name, version))
    if found is None:
        raise InputRefused("figure.unknown", name=f"{name[:60]} v{version}")
    return found
