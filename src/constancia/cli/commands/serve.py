"""`constancia serve`: the staff site on a production server."""

from __future__ import annotations

from typing import Annotated

import typer

from constancia.cli import serving
from constancia.cli.session import Session
from constancia.cli.words import later


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help=later("Dirección en la que escucha."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help=later("Puerto; 0 busca uno libre."))] = 8000,
    link: Annotated[
        bool, typer.Option("--link", help=later("Mostrar un enlace de entrada de quien administra."))
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    serving.serve(host, port, session.user() if link else None)


COMMANDS = [("serve", serve, later("Abre el sitio: servidor de producción, archivos estáticos incluidos."))]
