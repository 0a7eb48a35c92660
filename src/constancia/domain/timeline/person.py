"""What the live facts say of the person, whichever the detention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.domain.timeline.weighed import Weighed


@dataclass(frozen=True, slots=True)
class Attributes:
    """Breakdown values ("" where not known), and the births and ages that say who is a minor, best first."""

    sex: str = ""
    profile: str = ""
    nationality: str = ""
    occupation: str = ""
    groups: str = ""
    births: tuple[Weighed, ...] = ()
    ages: tuple[Weighed, ...] = ()


COUNTED = frozenset(("sex", "profile", "nationality", "occupation", "group", "birth", "age"))
"""Kinds about the person that a figure can be broken down by."""

_NOBODY = Attributes()


def attributes(facts: Sequence[Weighed]) -> Attributes:
    """From the live, weighed facts about the person. What is disputed is not known."""
    if not facts:
        return _NOBODY
    by_kind: dict[str, list[Weighed]] = {}
    for fact in facts:
        if fact.grade:
            by_kind.setdefault(fact.kind, []).append(fact)
    for told in by_kind.values():
        if len(told) > 1:
            told.sort(key=Weighed.rank)
    return Attributes(
        _best(by_kind, "sex", "value"),
        _best(by_kind, "profile", "value"),
        _best(by_kind, "nationality", "value"),
        _best(by_kind, "occupation", "group"),
        " ".join(sorted({fact.fields["value"] for fact in by_kind.get("group", ())})),
        tuple(by_kind.get("birth", ())),
        tuple(by_kind.get("age", ())),
    )


def _best(by_kind: dict[str, list[Weighed]], kind: str, name: str) -> str:
    for fact in by_kind.get(kind, ()):
        value: str = fact.fields.get(name, "")
        if value:
            return value
    return ""
