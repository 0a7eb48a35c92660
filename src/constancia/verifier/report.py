"""What a verification came to: numbered steps, each with its result and what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OK, FAILS, ABSENT, NOT_RUN = "ok", "fails", "absent", "not_run"


@dataclass(frozen=True)
class Seen:
    """Something that a reader should know of a step: a `word` of `words.SEEN` and what fills it. `loud`: it
    limits what the step proves."""

    word: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    loud: bool = False


@dataclass(frozen=True)
class StepResult:
    """`result`: OK, FAILS, ABSENT (not in this bundle) or NOT_RUN (because of the step `after`); `code` and
    `params`: of the refusal."""

    number: int
    name: str
    result: str
    seen: tuple[Seen, ...] = ()
    code: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)
    after: int | None = None

    def shape(self) -> dict[str, Any]:
        """As JSON, keys stable."""
        return {
            "step": self.number,
            "name": self.name,
            "result": self.result,
            "code": self.code,
            "params": dict(self.params),
            "after": self.after,
            "seen": [{"word": one.word, "params": dict(one.params), "loud": one.loud} for one in self.seen],
        }


@dataclass(frozen=True)
class Report:
    """All steps of one bundle, in order."""

    steps: tuple[StepResult, ...]

    @property
    def holds(self) -> bool:
        """Whether everything that the bundle has to show was shown, and the receipt if there was one."""
        return bool(self.steps) and all(
            step.result == OK or (step.result == ABSENT and step.name != "receipt") for step in self.steps
        )

    @property
    def failed(self) -> tuple[int, ...]:
        """The steps that fail; a receipt that nothing can be checked against is one of them."""
        return tuple(
            step.number
            for step in self.steps
            if step.result == FAILS or (step.result == ABSENT and step.name == "receipt")
        )

    def shape(self) -> dict[str, Any]:
        return {
            "holds": self.holds,
            "failed": list(self.failed),
            "steps": [one.shape() for one in self.steps],
        }
