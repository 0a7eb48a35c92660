"""Population rules: who belongs to the counted population, and in which custody."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from constancia.domain.errors import InputRefused
from constancia.domain.figures.files import Versioned, every_version, shipped
from constancia.domain.vocabulary.terms import Custody, RecognitionOutcome


class Rule(Versioned):
    """One population rule.

    `held`: custody states that count as held. `minimum_stay_days`: counted when D ≥ entry + so many days
    (48 hours: 2, counted from the third day on). `recognition`: "none" asks for none, "any" for one under
    whatever framework, "listed" for one under `frameworks`. `contexts_in` (if not empty) and `contexts_out`
    keep detentions by the event they belong to.
    """

    held: tuple[Custody, ...] = Field(min_length=1)
    minimum_stay_days: int = Field(0, ge=0, le=366)
    recognition: Literal["none", "any", "listed"] = "any"
    frameworks: tuple[str, ...] = ()
    outcomes: tuple[RecognitionOutcome, ...] = (
        RecognitionOutcome.RECOGNISED,
        RecognitionOutcome.RECOGNISED_RETRIAL,
    )
    contexts_in: tuple[str, ...] = ()
    contexts_out: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _frameworks_fit(self) -> Rule:
        if (self.recognition == "listed") != bool(self.frameworks):
            raise ValueError('frameworks are listed exactly when recognition = "listed"')
        return self

    def recognises(self, recognition: str, demanded: bool = False) -> bool:
        """Whether a state version's `recognition` text is enough.

        `demanded` asks for a recognition even where the rule needs none.
        """
        if self.recognition == "none" and not demanded:
            return True
        for entry in recognition.split():
            framework, _, outcome = entry.rpartition(":")
            if outcome in self.outcomes and (not self.frameworks or framework in self.frameworks):
                return True
        return False

    def admits_context(self, context: str) -> bool:
        """Whether detentions of this event context belong to the population."""
        return context not in self.contexts_out and (not self.contexts_in or context in self.contexts_in)


@cache
def rules() -> dict[str, Rule]:
    """All shipped rules, newest versions, by name."""
    return shipped(Rule, "rules")


def rule(name: str) -> Rule:
    """Raises InputRefused `figure.rule_unknown`."""
    found = rules().get(name)
    if found is None:
        raise InputRefused("figure.rule_unknown", name=name[:60], known=", ".join(rules()))
    return found


@cache
def _versions() -> dict[tuple[str, int], Rule]:
    return {(one.name, one.version): one for one in every_version(Rule, "rules")}


def rule_pinned(name: str, version: int) -> Rule:
    """This version of it, whatever came after. Raises InputRefused `figure.rule_unknown`."""
    found = _versions().get((name, version))
    if found is None:
        raise InputRefused("figure.rule_unknown", name=f"{name[:60]} v{version}", known=", ".join(rules()))
    return found
