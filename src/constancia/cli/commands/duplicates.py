"""`constancia duplicates`: people of the register who may be entered twice, for a person to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output
from constancia.cli.commands.search import external_ids
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.matching.degrees import ACCEPT
from constancia.domain.matching.words import said

if TYPE_CHECKING:
    from constancia.apps.matching.duplicates import queries
    from constancia.apps.register.queries import Side
    from constancia.domain.matching.shapes import Reason
else:
    queries = late("constancia.apps.matching.duplicates.queries")

LIMIT, MOST = 50, 500
SAME, UNSURE = "same", "unsure"


def duplicates(
    context: typer.Context,
    accept: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help=later("Desde qué probabilidad se propone que son la misma persona.")
        ),
    ] = ACCEPT,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help=later("Cuántas parejas, como mucho."))] = LIMIT,
) -> None:
    session = Session.of(context)
    session.start()
    found = queries.queue(session.user(), size=limit, patient=True)
    if session.show(
        {
            "accept": accept,
            "waiting": {shelf.value: count for shelf, count in found.counts.items()},
            "more": found.more,
            "pairs": [pair(one, accept) for one in found.suggestions],
        }
    ):
        return
    output.table(
        say("Parejas que pueden ser la misma persona: {count}").format(count=len(found.suggestions)),
        [say("código"), say("nombre"), say("código"), say("nombre"), say("probabilidad"), say("por qué")],
        [
            [
                one.one.code,
                one.one.line.name,
                one.other.code,
                one.other.line.name,
                labels.term("likelihood", one.likelihood.value) if one.likelihood else "",
                "; ".join(said(reason, language()) for reason in one.reasons),
            ]
            for one in found.suggestions
        ],
    )
    if found.more:
        output.sentence(say("Hay más: pida más con --limit."))


def pair(one: queries.Suggestion, accept: float) -> dict[str, Any]:
    """A pair for JSON. `proposal` is "same" or "unsure", and never more than a proposal."""
    sure = one.probability is not None and one.probability >= accept
    return {
        "one": person(one.one),
        "other": person(one.other),
        "probability": one.probability,
        "likelihood": one.likelihood.value if one.likelihood else "",
        "reasons": [reason(told) for told in one.reasons],
        "proposal": SAME if sure else UNSURE,
    }


def person(side: Side) -> dict[str, Any]:
    return {
        "person": side.code,
        "external_ids": external_ids(side.line.external_ids),
        "name": side.line.name,
        "custody": side.line.custody,
        "state": side.line.state,
    }


def reason(told: Reason) -> dict[str, Any]:
    """What one comparison found: the two values, the sentence, and the weight in bits."""
    return {
        "comparison": told.comparison,
        "says": said(told, language()),
        "one": told.theirs,
        "other": told.ours,
        "weight": told.weight,
    }


COMMANDS = [
    (
        "duplicates",
        duplicates,
        later("Personas que pueden estar dos veces en el registro; solo propone: decide una persona."),
    )
]
