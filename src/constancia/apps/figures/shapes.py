"""The JSON shapes of figures: plain dictionaries with stable keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from constancia.apps.figures.balance import Balance, Terms, total
from constancia.apps.figures.bridge import Bridge
from constancia.apps.figures.counting import Answer, Count, Question
from constancia.domain.figures.definition import Definition
from constancia.domain.figures.dimensions import NONE, NOT_KNOWN, Dimension
from constancia.domain.figures.periods import Bucket, instant_of
from constancia.domain.figures.rule import Rule
from constancia.domain.timeline.state import OPEN_PAST
from constancia.domain.vocabulary.terms import Nationality, Profile, Sex

Json = dict[str, Any]

PAIRS: dict[str, tuple[str, ...]] = {
    Dimension.SEX: (Sex.WOMAN, Sex.MAN, Sex.OTHER),
    Dimension.PROFILE: (Profile.CIVILIAN, Profile.MILITARY, Profile.POLICE),
    Dimension.AGE_GROUP: ("adult", "adolescent"),
    Dimension.CONVICTED: ("convicted", "not_convicted"),
    Dimension.NATIONALITY: (Nationality.NATIONAL, Nationality.FOREIGN, Nationality.DUAL),
}
"""The pairs of the field's balances; "not known" belongs to each."""


def day_text(ordinal: int) -> str:
    """ISO day of an ordinal."""
    return date.fromordinal(ordinal).isoformat()


def instant_text(us: int) -> str:
    """ISO instant in UTC, ending in Z."""
    return instant_of(us).isoformat().replace("+00:00", "Z")


def grade_text(question: Question) -> str:
    """The minimum grade, or "entry/exit" where they differ."""
    entry, exits = (grade.name.lower() for grade in (question.entry_grade, question.exit_grade))
    return entry if entry == exits else f"{entry}/{exits}"


def head(question: Question) -> Json:
    """What identifies a figure: figure, definition (with the rule's pin), rule, grade, unit."""
    found: Json = {
        "figure": question.definition.name,
        "definition": {**question.definition.pin, "rule": question.rule.pin},
        "rule": question.rule.name,
        "grade": grade_text(question),
        "unit": question.definition.unit,
        "measure": question.definition.measure,
        "witnessed": question.witnessed,
    }
    if question.months is not None:
        found["months"] = question.months
    return found


def figure_shape(question: Question, answer: Answer) -> Json:
    """One figure as of D, as known at T."""
    found = {**head(question), "as_of": day_text(question.as_of), "known_at": instant_text(question.known_at)}
    if question.definition.measure != "stock":
        found["start"] = None if question.start == OPEN_PAST else day_text(question.start)
    found |= {**bounds(answer.total), "pending_in": answer.total.pending_in}
    found["pending_out"] = answer.total.pending_out
    found["by"] = by_shape(answer.by)
    return found


def bounds(count: Count) -> Json:
    """Value, lowest and highest."""
    return {"value": count.value, "lowest": count.lowest, "highest": count.highest}


def by_shape(by: dict[Dimension, dict[str, Count]]) -> Json:
    """Breakdowns: categories by falling value; "not known" and "none" last."""
    return {
        dimension.value: {
            name: bounds(count)
            for name, count in sorted(
                names.items(), key=lambda item: (item[0] in (NOT_KNOWN, NONE), -item[1].value, item[0])
            )
        }
        for dimension, names in by.items()
    }


def pairs_shape(by: Json) -> list[Json]:
    """The pairs out of a figure's breakdowns, every category in its place."""
    nobody = bounds(Count())
    return [
        {
            "dimension": str(dimension),
            "categories": [
                {"category": str(name), **by[dimension].get(name, nobody)} for name in (*names, NOT_KNOWN)
            ],
        }
        for dimension, names in PAIRS.items()
    ]


def series_shape(question: Question, step: str, steps: Sequence[Bucket], answers: Sequence[Answer]) -> Json:
    """A series: one entry per step, of a flow with the first day of the step."""
    points = []
    for bucket, answer in zip(steps, answers, strict=True):
        point: Json = {"as_of": bucket.last.isoformat()}
        if question.definition.measure == "flow":
            point["start"] = bucket.first.isoformat()
        point |= bounds(answer.total)
        if question.by:
            point["by"] = by_shape(answer.by)
        points.append(point)
    return {**head(question), "known_at": instant_text(question.known_at), "step": step, "series": points}


def balance_shape(opening: Question, closing: Question, found: Balance) -> Json:
    """opening + in − out = closing; every cause is listed, with 0 if need be, its kinds under "by"."""
    return {
        **head(opening),
        "from": {"as_of": day_text(opening.as_of), "known_at": instant_text(opening.known_at)},
        "to": {"as_of": day_text(closing.as_of), "known_at": instant_text(closing.known_at)},
        "opening": found.opening,
        "in": _terms_shape(found.came),
        "out": _terms_shape(found.went),
        "closing": found.closing,
        "notes": {"older_cases": found.older_cases},
    }


def _terms_shape(terms: Terms) -> Json:
    causes = {
        cause: {"value": sum(kinds.values()), "by": {kind: number for kind, number in kinds.items() if kind}}
        for cause, kinds in terms.items()
    }
    return {"total": total(terms), "causes": causes}


def bridge_shape(question: Question, to: Rule, found: Bridge) -> Json:
    """Two counts of one register and the steps between them: first + changes = second."""
    return {
        **head(question),
        "as_of": day_text(question.as_of),
        "known_at": instant_text(question.known_at),
        "first": found.first,
        "second": found.second,
        "to": to.pin,
        "steps": [
            {
                "difference": step.crossing.difference,
                "custody": step.crossing.custody,
                "days": step.crossing.days,
                "came": len(step.came),
                "went": len(step.went),
                "change": step.change,
            }
            for step in found.steps
        ],
    }


def definition_shape(found: Definition) -> Json:
    """A definition for lists and pages."""
    return {
        **found.pin,
        "label": found.label.model_dump(),
        "meaning": found.meaning.model_dump(),
        "measure": found.measure,
        "unit": found.unit,
        "breakdowns": [dimension.value for dimension in found.breakdowns],
        "months": found.months,
    }


def rule_shape(found: Rule, default: bool) -> Json:
    """A population rule for lists and pages."""
    return {
        **found.pin,
        "label": found.label.model_dump(),
        "meaning": found.meaning.model_dump(),
        "held": [state.value for state in found.held],
        "minimum_stay_days": found.minimum_stay_days,
        "default": default,
    }
