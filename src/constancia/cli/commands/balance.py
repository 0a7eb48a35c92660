"""`constancia balance` and `constancia explain`: how one count becomes another, person by person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from constancia.cli import labels, output, questions
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused

if TYPE_CHECKING:
    from constancia.apps.figures import queries, wording
    from constancia.infra import bootstrap
else:
    bootstrap = late("constancia.infra.bootstrap")
    queries = late("constancia.apps.figures.queries")
    wording = late("constancia.apps.figures.wording")

Figure = Annotated[
    str, typer.Option("--figure", help=later("Cifra que cuenta personas en un día, como «held»."))
]
People = Annotated[bool, typer.Option(help=later("Las personas detrás de cada término."))]


def balance(
    context: typer.Context,
    opening: Annotated[str, typer.Option("--from", help=later("Día de apertura."))],
    closing: Annotated[str, typer.Option("--to", help=later("Día de cierre."))],
    known_from: Annotated[
        str | None, typer.Option(help=later("Lo sabido en la apertura; el fin de su día si falta."))
    ] = None,
    known_to: Annotated[
        str | None, typer.Option(help=later("Lo sabido en el cierre; el fin de su día si falta."))
    ] = None,
    figure: Figure = "held",
    rule: questions.Rule = None,
    grade: questions.Grade = None,
    param: questions.Param = None,
    witnessed: questions.Witnessed = False,
    people: People = False,
) -> None:
    session, options = Session.of(context), questions.options(rule, grade, param, witnessed)
    session.start()
    first, last = session.as_of(opening, "--from"), session.as_of(closing, "--to")
    sides = (
        (first, session.known_at(known_from, "--known-from", first)),
        (last, session.known_at(known_to, "--known-to", last)),
    )
    if first > last:
        raise InputRefused("figure.period", start=first.isoformat(), end=last.isoformat())
    if people:
        found = queries.explain(session.user(), *sides, name=figure, **options)
    else:
        found = queries.balance(session.user(), *sides[0], *sides[1], name=figure, **options)
    if not session.show(found):
        show_balance(found)


def explain(
    context: typer.Context,
    as_of: Annotated[str, typer.Option(help=later("Día de la primera cuenta."))],
    to_as_of: Annotated[str, typer.Option(help=later("Día de la segunda cuenta."))],
    known_at: Annotated[
        str | None, typer.Option(help=later("Lo sabido en la primera; el fin de su día si falta."))
    ] = None,
    to_known_at: Annotated[
        str | None, typer.Option(help=later("Lo sabido en la segunda; el fin de su día si falta."))
    ] = None,
    figure: Figure = "held",
    rule: questions.Rule = None,
    grade: questions.Grade = None,
    param: questions.Param = None,
    witnessed: questions.Witnessed = False,
) -> None:
    session, options = Session.of(context), questions.options(rule, grade, param, witnessed)
    session.start()
    first, last = session.as_of(as_of, "--as-of"), session.as_of(to_as_of, "--to-as-of")
    found = queries.explain(
        session.user(),
        (first, session.known_at(known_at, "--known-at", first)),
        (last, session.known_at(to_known_at, "--to-known-at", last)),
        name=figure,
        **options,
    )
    if not session.show(found):
        show_balance(found)


SIDES: tuple[tuple[Literal["in", "out"], str], ...] = (("in", "+"), ("out", "−"))


def show_balance(found: Mapping[str, Any]) -> None:
    """Opening, each term in and out, closing; and the people, where they were asked for."""
    rows: list[list[object]] = [[side_words(found["from"]), found["opening"]]]
    for side, sign in SIDES:
        for cause, term in found[side]["causes"].items():
            if term["value"]:
                rows.append([f"{sign} {wording.cause(side, cause)}", term["value"]])
                rows += [[f"    {wording.kind(kind)}", number] for kind, number in term["by"].items()]
    rows.append([side_words(found["to"]), found["closing"]])
    what = labels.figure(found["figure"], found["rule"], found.get("months"))
    output.table(" · ".join([what, *questions.unusual(found)]), ["", say("personas")], rows)
    if "people" in found and not (found["people"] or found["hidden"]):
        output.sentence(say("Las dos cuentas son de las mismas personas."))
    elif "people" in found:
        output.table(
            say("Quiénes"),
            [say("código"), say("causa"), say("tipo")],
            [
                [
                    one["code"],
                    ("+ " if one["side"] == "in" else "− ") + wording.cause(one["side"], one["cause"]),
                    wording.kind(one["kind"]) if one["kind"] else "",
                ]
                for one in sorted(found["people"], key=lambda one: _place(found, one))
            ],
        )
        if found["hidden"]:
            output.sentence(say("Y {count} que usted no puede ver.").format(count=found["hidden"]))


def _place(found: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[bool, int, str]:
    """Sorts people as the terms of the balance stand."""
    return one["side"] == "out", list(found[one["side"]]["causes"]).index(one["cause"]), one["kind"]


def side_words(side: Mapping[str, Any]) -> str:
    """A day and what was known."""
    known = datetime.fromisoformat(side["known_at"])
    return labels.standpoint(date.fromisoformat(side["as_of"]), known, bootstrap.zone())


COMMANDS = [
    ("balance", balance, later("De una cuenta a otra: apertura + entradas - salidas = cierre.")),
    ("explain", explain, later("Compara dos cuentas cualesquiera persona por persona, por causa.")),
]
