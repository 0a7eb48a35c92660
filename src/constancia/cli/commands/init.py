"""`constancia init`: a new register, its key, and the first person who administers it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output, serving, unlocking
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Role

if TYPE_CHECKING:
    from constancia.apps.accounts import services
    from constancia.infra import bootstrap, secrets_unlock
    from constancia.infra import home as homes
else:
    services = late("constancia.apps.accounts.services")
    bootstrap = late("constancia.infra.bootstrap")
    secrets_unlock = late("constancia.infra.secrets_unlock")
    homes = late("constancia.infra.home")


def init(
    context: typer.Context,
    organisation: Annotated[str, typer.Option(help=later("Nombre de la organización."))] = "",
    zone: Annotated[
        str, typer.Option(help=later("Huso horario que decide qué es «ese día»."))
    ] = "America/Caracas",
    administrator: Annotated[
        str, typer.Option(help=later("Usuario de la primera persona que administra."))
    ] = "admin",
    key_file: Annotated[
        Path | None,
        typer.Option(help=later("Archivo de llave nuevo que también abre el registro (guárdelo aparte).")),
    ] = None,
    no_passphrase: Annotated[
        bool, typer.Option("--no-passphrase", help=later("Solo archivo de llave, sin frase de paso."))
    ] = False,
) -> None:
    session = Session.of(context)
    if no_passphrase and key_file is None:
        raise InputRefused("cli.missing", option="--key-file")
    passphrase = None if no_passphrase else unlocking.choose()
    wanted = homes.Home.at(session.folder or homes.DEFAULT)
    before = standing(wanted.path, key_file)
    home = homes.Home.create(wanted.path, organisation=organisation, zone=zone, language=language())
    try:
        root = secrets_unlock.create_secret(home, passphrase, key_file=key_file)
        bootstrap.start(home, root)
        bootstrap.migrate()
        user = services.create_user(None, administrator, administrator, Role.ADMINISTRATOR)
        path = serving.sign_in_path(user, serving.LINK_LIFETIME, sets_password=True)
    except BaseException:
        # A register half made would refuse the next attempt: what this run created goes again.
        for made in standing(home.path, key_file) - before:
            shutil.rmtree(made, ignore_errors=True) if made.is_dir() else made.unlink(missing_ok=True)
        raise
    told = {"home": str(home.path), "administrator": user.username, "link_path": path}
    if session.show(told):
        return
    output.sentence(say("El registro está hecho en {folder}.").format(folder=home.path))
    output.sentence(say("Ábralo con: constancia serve --home {folder} --link").format(folder=home.path))
    output.sentence(
        say("Sin la frase de paso o su llave nadie podrá abrirlo, tampoco nosotros. Guárdelas bien.")
    )


def standing(folder: Path, key_file: Path | None) -> set[Path]:
    """What there is of the folder, of its content, and of the key file."""
    content = folder.iterdir() if folder.is_dir() else ()
    return {path for path in (folder, *content, key_file) if path is not None and path.exists()}


COMMANDS = [("init", init, later("Un registro nuevo, cifrado, con su llave y su primera administradora."))]
