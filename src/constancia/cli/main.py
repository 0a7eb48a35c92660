"""The `constancia` command. Every command is one small module in `commands/`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from constancia import __version__
from constancia.cli.commands import (
    announcements,
    approving,
    auditing,
    backing,
    balance,
    case,
    claims,
    consenting,
    demo,
    doctor,
    duplicates,
    editions,
    erasing,
    evidence,
    figures,
    importing,
    init,
    keys,
    leaving,
    ledgering,
    linking,
    lists,
    matching,
    mode,
    receipts,
    regions,
    restoring,
    review,
    search,
    serve,
    trailing,
    upkeep,
    user,
    verifying,
    witnessing,
)
from constancia.cli.house import Command, Group, House
from constancia.cli.session import Session
from constancia.cli.words import later
from constancia.domain.errors import InputRefused

app = typer.Typer(
    cls=House,
    name="constancia",
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help=later("El registro de personas detenidas por motivos políticos, y las cifras que salen de él."),
    epilog=later("--home, --lang, --as, --once y --json pueden ir antes o después de cualquier orden."),
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def house(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(envvar="CONSTANCIA_HOME", help=later("Carpeta del registro.")),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(envvar="CONSTANCIA_LANG", metavar="es|en", help=later("Idioma: español o inglés.")),
    ] = None,
    acting: Annotated[
        str | None,
        typer.Option(
            "--as", help=later("Usuario que actúa; si falta, la primera persona que administra la casa.")
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=later("Un solo objeto JSON, de claves estables."))
    ] = False,
    once: Annotated[
        str | None,
        typer.Option(
            metavar="CLAVE",
            help=later("Repetida la misma orden con la misma clave, no anota otra vez (siete días)."),
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=later("La versión, y nada más.")),
    ] = False,
) -> None:
    if lang and not lang.lower().startswith(("es", "en")):
        raise InputRefused("cli.lang")
    context.obj = Session(folder=home, acting=acting, as_json=as_json)


for module in (
    init,
    demo,
    serve,
    importing,
    matching,
    search,
    case,
    duplicates,
    balance,
    upkeep,
    doctor,
    verifying,
    receipts,
    restoring,
    leaving,
):
    for name, function, help_text in module.COMMANDS:
        app.command(name, cls=Command, help=help_text)(function)
for name, function, help_text in mode.LOCKING:
    app.command(name, cls=Command, help=help_text)(function)
for module in (
    figures,
    evidence,
    consenting,
    lists,
    claims,
    announcements,
    editions,
    linking,
    review,
    erasing,
    approving,
    user,
    ledgering,
    witnessing,
    auditing,
    keys,
    regions,
    mode,
    trailing,
    backing,
):
    alone = getattr(module, "CALLBACK", None)  # what the name of the group does by itself
    group = typer.Typer(
        cls=getattr(module, "GROUP", Group),
        help=module.HELP,
        rich_markup_mode="rich",
        callback=alone,
        invoke_without_command=alone is not None,
    )
    for name, function, help_text in module.COMMANDS:
        group.command(name, cls=Command, help=help_text)(function)
    for within in getattr(module, "INNER", ()):
        inner = typer.Typer(cls=Group, help=within.HELP, rich_markup_mode="rich")
        for name, function, help_text in within.COMMANDS:
            inner.command(name, cls=Command, help=help_text)(function)
        group.add_typer(inner, name=within.NAME)
    app.add_typer(group, name=module.NAME)

exports = typer.Typer(cls=Group, help=approving.EXPORTS_HELP, rich_markup_mode="rich")
for name, function, help_text in approving.EXPORTS_COMMANDS:
    exports.command(name, cls=Command, help=help_text)(function)
app.add_typer(exports, name=approving.EXPORTS)


def run() -> None:
    app()
