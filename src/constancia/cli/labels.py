"""Closed terms, days and instants as people read them; what has no label is shown as it is."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from constancia.cli.words import language, say
from constancia.domain.dates.build import day as known_day
from constancia.domain.dates.words import in_words
from constancia.domain.figures.definition import definition
from constancia.domain.figures.rule import rule
from constancia.domain.vocabulary.labels import kind_label, label
from constancia.domain.vocabulary.states import state_label

ENUM_OF = {
    "custody": "Custody",
    "case_state": "CaseState",
    "measure": "MeasureKind",
    "role": "Role",
    "grade": "Grade",
    "source": "SourceKind",
    "likelihood": "Likelihood",
    "ground": "ErasureGround",
}


def term(group: str, value: str) -> str:
    """The label of `value`, a term of a dimension or field called `group`."""
    if group == "state":
        return state_label(value, language())
    try:
        return label(f"{ENUM_OF[group]}.{value}", language())
    except KeyError:
        return value


def kind(name: str) -> str:
    """The kind of fact called `name`."""
    return kind_label(name, language())


def day(when: date) -> str:
    return in_words(known_day(when), language())


def instant(when: datetime, zone: tzinfo) -> str:
    """Day and time in `zone`."""
    local = when.astimezone(zone)
    return f"{day(local.date())}, {local:%H:%M}"


def standpoint(when: date, known: datetime, zone: tzinfo) -> str:
    """The two dates of whatever is told: as of which day, and as known when."""
    return say("{day}, según lo sabido el {when}").format(day=day(when), when=instant(known, zone))


def figure(name: str, law: str, months: int | None = None) -> str:
    """A figure, with its number of months if it takes one, and the rule that it was counted under."""
    tongue = language()
    return f"{definition(name).title(tongue, months)} · {getattr(rule(law).label, tongue)}"


def measure(name: str) -> str:
    """What a figure measures: who is in a state, what happens in a period, or all since a day."""
    words = {"stock": say("a un día"), "flow": say("en un período"), "cumulative": say("acumulada")}
    return words.get(name, name)


def unit(name: str) -> str:
    """What a figure counts."""
    return {"persons": say("personas"), "episodes": say("detenciones")}.get(name, name)
