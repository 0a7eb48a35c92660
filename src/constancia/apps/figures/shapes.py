"""The JSON shapes of figures: plain dictionaries with stable keys."""

from __future__ import annotations

from datetime import date
from typing import Any

from constancia.apps.figures.counting import Answer, Count, Question
from constancia.domain.figures.dimensions import NONE, NOT_KNOWN, Dimension
from constancia.domain.figures.periods import instant_of
from constancia.domain.timeline.state import OPEN_PAST

Json = dict[str, Any]


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
