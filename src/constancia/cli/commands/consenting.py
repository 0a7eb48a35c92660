"""`constancia consents due`: consents that run out soon, or did a short while ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say

if TYPE_CHECKING:
    from constancia.apps.register import queries
else:
    queries = late("constancia.apps.register.queries")

NAME = "consents"
HELP = later("Lo que las personas y sus familias permiten publicar.")
MOST = 1000


def due(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    found = queries.consents_due(session.user(), MOST)
    told = [{"case": line.code, "until": day.isoformat()} for day, line in found]
    if session.show({"due": told}):
        return
    if not found:
        output.sentence(say("Ningún consentimiento vence en los próximos 30 días ni venció en los últimos."))
        return
    output.table(
        say("Consentimientos que vencen"),
        [say("hasta"), say("caso"), say("nombre")],
        [[day.isoformat(), line.code, line.name] for day, line in found],
    )


COMMANDS = [("due", due, later("Los que vencen en 30 días, o vencieron en los últimos 30."))]
