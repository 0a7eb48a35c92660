"""The organisation's own decisions, and taking a fact back."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from constancia.domain.facts.kinds.base import FactKind, Part, register
from constancia.domain.vocabulary.terms import ConsentTier, IdentityVerdict, RecognitionOutcome


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
    """Who agreed to what use; a later one replaces the earlier."""

    kind: ClassVar[str] = "consent"
    about: ClassVar[Literal["person", "detention", "either"]] = "person"
    tier_given: ConsentTier
    given_by: str = Field("", max_length=60)
    use: str = Field("", max_length=300)


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
