"""The policy: which sources and reviews make a fact corroborated or verified.

The text of a policy is data (`policies/*.toml`; the format is explained at the top of that file).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from constancia.domain.facts.kinds import KINDS
from constancia.domain.facts.record import Source
from constancia.domain.grading.reading import Alternative, Rules, read_policy
from constancia.domain.grading.reasons import Graded, Reason
from constancia.domain.vocabulary.terms import Grade, SourceKind

_CACHE_LIMIT = 20_000
_OWN = (SourceKind.OWN_LAWYER, SourceKind.OWN_VOLUNTEER)


def independent(sources: Iterable[Source]) -> int:
    """How many independent sources: one non-empty group, or one source, counts once."""
    return len({source.group or source.id for source in sources})


@dataclass(frozen=True)
class Policy:
    """A policy, read. `rules` by kind of fact; `defaults` for the kinds that it does not name."""

    name: str
    version: int
    defaults: Rules
    rules: dict[str, Rules]
    _single: dict[Any, int] = field(default_factory=dict, repr=False, compare=False)
    _many: dict[Any, Graded] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def load(text: str | None = None) -> Policy:
        """The policy written in `text` (TOML); the shipped one without it.

        Raises InputRefused `policy.unreadable`, `policy.key`, `policy.value`, `policy.kind`.
        """
        if text is None:
            return _shipped()
        name, version, defaults, rules = read_policy(text, known_kinds=frozenset(KINDS))
        return Policy(name, version, defaults, rules)

    def grade(self, kind: str, sources: Sequence[Source], confirmations: int = 0, doubts: int = 0) -> Graded:
        """The grade of a fact of `kind` that rests on `sources`, and the reasons.

        `sources`: its own and those that agree, none that took its word back.
        `confirmations`: people other than the recorder whose latest verdict confirms.
        `doubts`: people (not the recorder) and sources whose latest verdict doubts.
        """
        key = (
            kind,
            confirmations,
            doubts,
            tuple(sorted((s.kind, s.reliability, s.group, s.id) for s in sources)),
        )
        found = self._many.get(key)
        if found is None:
            if len(self._many) > _CACHE_LIMIT:
                self._many.clear()
            found = self._many[key] = self._graded(kind, sources, confirmations, doubts)
        return found

    def rank(self, kind: str, source: Source, confirmations: int) -> int:
        """The grade alone, of an undoubted fact with one source: what most facts are, so it is quick."""
        key = (kind, source.kind, source.reliability, confirmations)
        found = self._single.get(key)
        if found is None:
            found = self._single[key] = int(self._graded(kind, (source,), confirmations, 0).grade)
        return found

    def _graded(self, kind: str, sources: Sequence[Source], confirmations: int, doubts: int) -> Graded:
        if doubts:
            return Graded(Grade.DISPUTED, (Reason("disputed", doubts),))
        if not sources:
            return Graded(Grade.DISPUTED, (Reason("retracted"),))
        rules = self.rules.get(kind, self.defaults)
        grade, met = _reached(rules, sources, confirmations)
        reasons = _reasons_met(met, sources, confirmations) if met else _said_by(sources)
        if grade is not Grade.VERIFIED:
            reasons += _missing(rules, sources, confirmations, grade)
        return Graded(grade, reasons)


def _reached(rules: Rules, sources: Sequence[Source], confirmations: int) -> tuple[Grade, Alternative | None]:
    if not all(source.kind in rules.never_alone for source in sources):
        for alternative in rules.verified:
            if alternative.met(sources, confirmations):
                return Grade.VERIFIED, alternative
    for alternative in rules.corroborated:
        if alternative.met(sources, confirmations):
            return Grade.CORROBORATED, alternative
    return Grade.REPORTED, None


def _said_by(sources: Iterable[Source]) -> tuple[Reason, ...]:
    return tuple(Reason(f"source.{kind.value}") for kind in sorted({source.kind for source in sources}))


def _reasons_met(met: Alternative, sources: Sequence[Source], confirmations: int) -> tuple[Reason, ...]:
    reasons = _said_by(met.qualifying(sources)) if met.sources else ()
    if met.independent_sources > 1:
        reasons += (Reason("independent", independent(met.qualifying(sources))),)
    if met.min_reliability:
        reasons += (Reason(f"reliability.{met.min_reliability}"),)
    if not reasons:
        reasons = _said_by(sources)
    if met.confirmations:
        reasons += (Reason("confirmed", confirmations),)
    return reasons


def _missing(rules: Rules, sources: Sequence[Source], confirmations: int, grade: Grade) -> tuple[Reason, ...]:
    """What one more step would raise the grade, tried in turn."""
    if confirmations and all(source.kind in rules.never_alone for source in sources):
        return (Reason("never_alone"),)
    if _reached(rules, sources, confirmations + 1)[0] > grade:
        return (Reason("needs.confirmation"),)
    another = Source(-1, SourceKind.WITNESS)
    if _reached(rules, [*sources, another], confirmations)[0] > grade:
        return (Reason("needs.source"),)
    if any(_reached(rules, [*sources, Source(-1, kind)], confirmations)[0] > grade for kind in _OWN):
        return (Reason("needs.own_source"),)
    return ()


@cache
def _shipped() -> Policy:
    text = resources.files(__package__).joinpath("policies/constancia-1.toml").read_text(encoding="utf-8")
    return Policy.load(text)
