"""`constancia case CODE`: one case as of a day, as known at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import casework
from constancia.cli.commands.search import external_ids
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later
from constancia.domain import codes

if TYPE_CHECKING:
    from constancia.apps.register import queries
    from constancia.infra import bootstrap
else:
    bootstrap = late("constancia.infra.bootstrap")
    queries = late("constancia.apps.register.queries")


def case(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=later("Código del caso."))],
    as_of: Annotated[str | None, typer.Option(help=later("Día que se mira; hoy si falta."))] = None,
    known_at: Annotated[
        str | None, typer.Option(help=later("Lo sabido hasta este día o instante; ahora si falta."))
    ] = None,
    witnessed: Annotated[
        bool,
        typer.Option(
            "--witnessed", help=later("Solo lo que el propio registro vio entrar (sin fechas declaradas).")
        ),
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    day, known = session.as_of(as_of, "--as-of"), session.known_at(known_at, "--known-at")
    page = queries.case(session.user(), codes.normalise(code), day, known, witnessed=witnessed)
    if not session.show(casework.case_json(page, external_ids(page.external_ids))):
        casework.case_text(page, bootstrap.zone())


COMMANDS = [
    ("case", case, later("Un caso: custodia, causa, medidas, y cada hecho con su grado y su fuente."))
]
