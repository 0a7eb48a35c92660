"""`constancia figures list` and `figures show`: any figure, as of any day, as known on any day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output, questions
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import InputRefused

if TYPE_CHECKING:
    from constancia.apps.figures import queries, wording
    from constancia.domain.figures import definition, rule
    from constancia.infra import bootstrap
else:
    queries = late("constancia.apps.figures.queries")
    bootstrap = late("constancia.infra.bootstrap")
    definition = late("constancia.domain.figures.definition")
    rule = late("constancia.domain.figures.rule")
    wording = late("constancia.apps.figures.wording")


class Step(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def list_(context: typer.Context) -> None:
    session, tongue = Session.of(context), language()
    figures = [
        {
            "name": one.name,
            "version": one.version,
            "sha256": one.sha256,
            "measure": one.measure,
            "unit": one.unit,
            "label": getattr(one.label, tongue),
            "meaning": getattr(one.meaning, tongue),
            "by": [dimension.value for dimension in one.breakdowns],
        }
        for one in definition.definitions().values()
    ]
    laws = [
        {
            "name": one.name,
            "version": one.version,
            "sha256": one.sha256,
            "label": getattr(one.label, tongue),
            "meaning": getattr(one.meaning, tongue),
        }
        for one in rule.rules().values()
    ]
    if session.show({"figures": figures, "rules": laws}):
        return
    output.table(
        say("Cifras"),
        [say("nombre"), say("versión"), say("medida"), say("unidad"), say("qué cuenta")],
        [
            [f["name"], f["version"], labels.measure(f["measure"]), labels.unit(f["unit"]), f["meaning"]]
            for f in figures
        ],
    )
    output.table(
        say("Reglas de población"),
        [say("nombre"), say("versión"), say("a quién cuenta")],
        [[law["name"], law["version"], law["meaning"]] for law in laws],
    )


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=later("Nombre de la cifra (vea «figures list»)."))],
    as_of: Annotated[str | None, typer.Option(help=later("Día que se cuenta; hoy si falta."))] = None,
    known_at: Annotated[
        str | None,
        typer.Option(help=later("Lo sabido hasta este día o instante; ahora si falta.")),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", help=later("Primer día, en flujos, acumulados y series."))
    ] = None,
    population: questions.Rule = None,
    grade: questions.Grade = None,
    by: Annotated[
        list[str] | None, typer.Option(help=later("Dimensión del desglose; puede repetirse."))
    ] = None,
    series: Annotated[Step | None, typer.Option(help=later("Serie en vez de una sola cifra."))] = None,
    param: questions.Param = None,
    witnessed: questions.Witnessed = False,
) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    day, known = session.as_of(as_of, "--as-of"), session.known_at(known_at, "--known-at")
    options = {"by": tuple(by or ()), **questions.options(population, grade, param, witnessed)}
    first = session.as_of(start, "--from") if start is not None else None
    if series is None:
        found = queries.figure(user, name, day, known, start=first, **options)
    elif first is None:
        raise InputRefused("cli.missing", option="--from")
    else:
        found = queries.series(user, name, first, day, series.value, known, **options)
    if not session.show(found):
        show_figure(found)


def show_figure(found: Mapping[str, Any]) -> None:
    """The figure, its pending terms, its breakdowns and its series as tables for people."""
    columns = [say("valor"), say("mínimo"), say("máximo")]
    if "series" in found:
        show_series(found, columns)
        return
    rows = [[say("total"), found["value"], found["lowest"], found["highest"]]]
    pending = {"pending_in": say("entradas por confirmar"), "pending_out": say("salidas por confirmar")}
    rows += [[words, found[key], None, None] for key, words in pending.items() if key in found]
    output.table(title(found), ["", *columns], rows)
    for dimension, categories in (found.get("by") or {}).items():
        output.table(
            wording.dimension(dimension),
            ["", *columns],
            [
                [wording.category(dimension, name), count["value"], count["lowest"], count["highest"]]
                for name, count in categories.items()
            ],
        )


def show_series(found: Mapping[str, Any], columns: Sequence[str]) -> None:
    """The series, and for each breakdown the value of every category on every day of it."""
    points = found["series"]
    whole = any(point.get("start", point["as_of"]) != point["as_of"] for point in points)
    when = [say("del"), say("al")] if whole else [say("día")]
    days = [[point["start"], point["as_of"]] if whole else [point["as_of"]] for point in points]
    numbers = [[point["value"], point["lowest"], point["highest"]] for point in points]
    output.table(title(found), [*when, *columns], _beside(days, numbers))
    for dimension in points[0].get("by") or {} if points else {}:
        names = list(dict.fromkeys(name for point in points for name in point["by"][dimension]))
        values = [
            [point["by"][dimension].get(name, {}).get("value", 0) for name in names] for point in points
        ]
        heads = [wording.category(dimension, name) for name in names]
        output.table(wording.dimension(dimension), [*when, *heads], _beside(days, values))


def _beside(left: Sequence[list[Any]], right: Sequence[list[Any]]) -> list[list[Any]]:
    return [[*one, *other] for one, other in zip(left, right, strict=True)]


def title(found: Mapping[str, Any]) -> str:
    """The figure's label, its rule, its day or period, what was known, and any grade but the usual."""
    known = datetime.fromisoformat(found["known_at"])
    parts = [labels.figure(found["figure"], found["rule"], found.get("months"))]
    if "as_of" in found:
        last = labels.day(date.fromisoformat(found["as_of"]))
        if found.get("start"):
            first = labels.day(date.fromisoformat(found["start"]))
            last = say("del {first} al {last}").format(first=first, last=last)
        elif "start" in found:
            last = say("hasta el {last}").format(last=last)
        parts.append(last)
    parts.append(say("según lo sabido el {when}").format(when=labels.instant(known, bootstrap.zone())))
    parts += questions.unusual(found)
    return " · ".join(parts)


NAME = "figures"
HELP = later("Las cifras: qué hay, y cada una a cualquier fecha.")
COMMANDS = [
    ("list", list_, later("Las definiciones y reglas de población que hay.")),
    ("show", show, later("Una cifra, a un día, según lo sabido en un día; con desglose o en serie.")),
]
