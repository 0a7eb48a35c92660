"""`constancia claims confirm`, `reject` and `retract`: one claim at a time, by somebody who has seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output
from constancia.cli.commands.claims_documents import claim_json, standing_words
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say

if TYPE_CHECKING:
    from constancia.apps.claims import queries, services
else:
    queries = late("constancia.apps.claims.queries")
    services = late("constancia.apps.claims.services")

Number = Annotated[int, typer.Argument(min=1, help=later("Número de la cifra."))]
Note = Annotated[str, typer.Option(help=later("Nota, sin datos de nadie."))]


def confirm(context: typer.Context, number: Number, note: Note = "") -> None:
    _decide(context, number, "confirm", note)


def reject(context: typer.Context, number: Number, note: Note = "") -> None:
    _decide(context, number, "reject", note)


def retract(context: typer.Context, number: Number, note: Note = "") -> None:
    _decide(context, number, "retract", note)


def _decide(context: typer.Context, number: int, verdict: str, note: str) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    getattr(services, verdict)(user, number, note=note)
    line = queries.claim(user, number)
    if session.show({"claim": claim_json(line)}):
        return
    output.sentence(
        say("Cifra {number}: {standing}.").format(number=number, standing=standing_words(line.standing))
    )


COMMANDS = [
    ("confirm", confirm, later("El documento dice eso: la cifra cuenta como dicha.")),
    ("reject", reject, later("El documento no dice eso.")),
    ("retract", retract, later("Retira la última decisión sobre una cifra.")),
]
