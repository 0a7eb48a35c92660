"""`constancia export-all`: everything in open formats, for whoever leaves this program."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output, unlocking
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say

if TYPE_CHECKING:
    from constancia.apps.accounts import queries as people
    from constancia.apps.leaving import exporting
    from constancia.apps.regions.services import opening
else:
    people = late("constancia.apps.accounts.queries")
    opening = late("constancia.apps.regions.services.opening")
    exporting = late("constancia.apps.leaving.exporting")


def export_all(
    context: typer.Context,
    to: Annotated[Path, typer.Option(help=later("Carpeta nueva, en un disco cifrado."))],
    confirm: Annotated[
        str | None,
        typer.Option(
            help=later("Nombre de la organización, tal como está en los ajustes; si falta, se pide.")
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help=later("Para qué: lo lee quien tiene que aprobarlo."))] = "",
    region_key: Annotated[
        list[str] | None,
        typer.Option(
            metavar="USUARIO",
            help=later("Abre también las llaves de región de esta persona, que da su frase."),
        ),
    ] = None,
) -> None:
    session = Session.of(context)
    session.start()
    for username in region_key or ():
        opening.open_keys(people.person(None, username), unlocking.ask_for_region(username))
    if confirm is None and sys.stdin.isatty():
        output.sentence(
            say(
                "Se escribirá TODO en claro: nombres, fuentes, familiares, archivos. Quien halle esa carpeta"
                " lo lee todo. Queda anotado en la auditoría."
            )
        )
        confirm = str(typer.prompt(say("Escriba el nombre de la organización para seguir"), err=True))
    with output.progress(say("Escribiendo"), quiet=session.as_json) as advance:
        left = exporting.export(session.user(), to, confirm or "", reason, progress=advance)
    told = {
        "folder": str(to),
        "rows": left.rows,
        "files": left.files,
        "closed": left.closed,
        "held": left.held,
        "damaged": left.damaged,
        "unopened": left.unopened,
    }
    if session.show(told):
        return
    output.table(
        say("Escrito en claro"),
        ["", ""],
        [
            [say("filas"), sum(left.rows.values())],
            [say("archivos"), left.files],
            [say("valores cuya clave se destruyó"), left.closed],
            [say("valores cerrados por la llave de su región"), left.held],
            [say("archivos que no se abren"), left.damaged],
            [say("columnas que siguen cifradas"), len(left.unopened)],
        ],
    )
    output.sentence(say("Lea LEEME.md en esa carpeta, y bórrela en cuanto pueda."))


COMMANDS = [
    ("export-all", export_all, later("Todo el registro en formatos abiertos y en claro, para irse con él."))
]
