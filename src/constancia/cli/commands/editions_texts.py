"""`constancia edition report` and `site`: the texts of a report and the public site, as folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused

if TYPE_CHECKING:
    from constancia.apps.publishing import queries, services
    from constancia.infra import files
else:
    queries = late("constancia.apps.publishing.queries")
    services = late("constancia.apps.publishing.services")
    files = late("constancia.infra.files")

LARGEST = 1_000_000
"""Bytes of one text file that is read."""


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=later("Nombre del informe, como situacion-febrero."))],
    start: Annotated[bool, typer.Option("--start", help=later("Lo crea desde la plantilla."))] = False,
    put: Annotated[
        Path | None, typer.Option("--import", help=later("Guarda los textos de esta carpeta en el registro."))
    ] = None,
    get: Annotated[
        Path | None, typer.Option("--export", help=later("Escribe los textos del registro en esta carpeta."))
    ] = None,
) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    if start:
        services.start_report(user, name)
    changed = (
        [path for path, text in texts_in(put) if services.save_text(user, name, path, text)] if put else []
    )
    texts = queries.report_texts(user, name)
    if not texts:
        raise InputRefused("edition.no_report", report=name[:60])
    if get is not None:
        for one in texts:
            files.private_folder((get / one.path).parent)
            files.write_whole(get / one.path, one.text.encode())
    if not session.show({"report": name, "changed": changed, "texts": [one.path for one in texts]}):
        output.table(
            name,
            [say("texto"), say("caracteres"), ""],
            [[one.path, len(one.text), say("guardado") if one.path in changed else ""] for one in texts],
        )


def texts_in(folder: Path) -> list[tuple[str, str]]:
    """The text files of a report's folder, by path. Raises InputRefused `edition.folder`."""
    if not folder.is_dir():
        raise InputRefused("edition.folder", folder=str(folder))
    found = []
    for path in sorted([*folder.glob("informe.toml"), *folder.glob("e[sn]/*.md")]):
        if path.stat().st_size > LARGEST:
            raise InputRefused("edition.text_too_long", path=path.name, limit=services.LONGEST)
        try:
            found.append((path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            raise InputRefused("edition.text_encoding", path=path.name) from None
    return found


def site(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=later("Carpeta nueva, o la de un sitio hecho antes."))],
    address: Annotated[
        str, typer.Option(help=later("Dónde se servirá (https://…), para citarlo; el sitio no la necesita."))
    ] = "",
) -> None:
    session = Session.of(context)
    session.start()
    pages = services.write_site(session.user(), folder, address)
    if not session.show({"folder": folder, "files": pages}):
        output.sentence(
            say("El sitio está en {folder}: {pages} archivos. Cópielo a cualquier servidor.").format(
                folder=folder, pages=pages
            )
        )


COMMANDS = [
    (
        "report",
        report,
        later("Los textos de un informe: crearlo, traerlos de una carpeta o llevarlos a ella."),
    ),
    ("site", site, later("Escribe el sitio público: estático, con todas las ediciones construidas.")),
]
