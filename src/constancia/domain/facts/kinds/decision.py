"""The organisation's own decisions, and taking a fact back."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from constancia.domain.facts.kinds.base import FactKind, Part, register
from constancia.domain.vocabulary.terms import (
    ConsentField,
    ConsentGiver,
    ConsentHow,
    ConsentTier,
    ConsentUse,
    IdentityVerdict,
    RecognitionOutcome,
)


class _Decision(FactKind):
    part: ClassVar[Part] = Part.DECISION


@register
class Recognition(_Decision):
    """Assessment as political detainee under one framework; holds for the whole detention once known."""

    kind: ClassVar[str] = "recognition"
    prose: ClassVar[frozenset[str]] = frozenset({"reasoning"})
    about: ClassVar[Literal["person", "detention", "either"]] = "detention"
    framework: str = Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")
    outcome: RecognitionOutcome
    criteria: list[str] = Field(default_factory=list, max_length=20)
    reasoning: str = Field("", max_length=10_000)


@register
class Consent(_Decision):
    """Who agreed to what use, of which of their data, until when; a later one replaces the earlier.

    One that names no fields and no uses is about the name in the list alone. `until`: the last day on which
    it holds ("2027-01-08"), "" for no end. `withdrawn`: it was taken back; `tier_given` is what remains.
    """

    kind: ClassVar[str] = "consent"
    about: ClassVar[Literal["person", "detention", "either"]] = "person"
    tier_given: ConsentTier
    given_by: str = Field("", max_length=60)
    use: str = Field("", max_length=300)
    covers: list[ConsentField] = Field(default_factory=list, max_length=len(ConsentField))
    uses: list[ConsentUse] = Field(default_factory=list, max_length=len(ConsentUse))
    giver: ConsentGiver | None = None
    how: ConsentHow | None = None
    until: str = Field("", max_length=10, pattern=r"^(?:\d{4}-\d{2}-\d{2})?$")
    withdrawn: bool = False

    @field_validator("until")
    @classmethod
    def _a_day(cls, value: str) -> str:
        if value:
            date.fromisoformat(value)
        return value

    @model_validator(mode="after")
    def _withdrawn_names_nobody(self) -> Self:
        if self.withdrawn and self.tier_given is ConsentTier.PUBLIC_NAME:
            raise ValueError("a consent that was withdrawn lets nobody be named")
        return self


@register
class IdentityJudgement(_Decision):
    """Whether this person and `other` (a person's code) are one."""

    kind: ClassVar[str] = "identity_judgement"
    about: ClassVar[Literal["person", "detention", "either"]] = "person"
    dated: ClassVar[bool] = False
    other: str = Field(min_length=1, max_length=20)
    verdict: IdentityVerdict
    reason: str = Field("", max_length=1000)


@register
class Withdrawal(_Decision):
    """Takes back the fact it supersedes, without putting another in its place."""

    kind: ClassVar[str] = "withdrawal"
    about: ClassVar[Literal["person", "detention", "either"]] = "either"
    part: ClassVar[Part] = Part.WITHDRAWAL
    dated: ClassVar[bool] = False
    reason: str = Field("", max_length=1000)
