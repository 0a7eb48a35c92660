"""`constancia serve`: the staff site on a production server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output, serving
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later
from constancia.domain.catalogue import explain
from constancia.domain.errors import DeploymentRefused

if TYPE_CHECKING:
    from constancia.infra import bootstrap, premises
else:
    bootstrap = late("constancia.infra.bootstrap")
    premises = late("constancia.infra.premises")


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help=later("Dirección en la que escucha."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help=later("Puerto; 0 busca uno libre."))] = 8000,
    link: Annotated[
        bool, typer.Option("--link", help=later("Mostrar un enlace de entrada de quien administra."))
    ] = False,
) -> None:
    session = Session.of(context)
    home = session.start_by_person()
    for found in premises.warnings(home):
        output.warning(f"[{found.code}] {explain(found, language())}")
    waiting = bootstrap.migrations_waiting()
    if waiting:
        raise DeploymentRefused("doctor.migrations", count=waiting)
    serving.serve(host, port, session.user() if link else None)


COMMANDS = [("serve", serve, later("Abre el sitio: servidor de producción, archivos estáticos incluidos."))]
