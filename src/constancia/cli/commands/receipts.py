"""`constancia receipt`: the receipts of a case in an edition, for its family to look at or to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say

if TYPE_CHECKING:
    from constancia.apps.publishing import queries
else:
    queries = late("constancia.apps.publishing.queries")


def receipt(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=later("El código del caso."))],
    edition: Annotated[int, typer.Option(min=1, max=2**31, help=later("Número de la edición."))],
) -> None:
    session = Session.of(context)
    session.start()
    found = queries.receipts(session.user(), code, edition)
    shape = {
        "edition": edition,
        "receipts": [{"receipt": str(one.receipt), "counted": dict(one.counted)} for one in found],
    }
    if session.show(shape):
        return
    for one in found:
        output.sentence(str(one.receipt))
        output.sentence(
            say("Este caso está contado, una vez.")
            if one.counted
            else say("Este caso está en la relación y no se cuenta en esta edición.")
        )


COMMANDS = [
    (
        "receipt",
        receipt,
        later("El recibo de un caso en una edición: con él su familia comprueba que está contado."),
    ),
]
