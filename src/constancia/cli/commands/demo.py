"""`constancia demo`: the demonstration register, of invented people, and the staff site on it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output, serving
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import DeploymentRefused

if TYPE_CHECKING:
    from constancia.apps.demo import services
    from constancia.infra import bootstrap, secrets_unlock, unlocked
    from constancia.infra import home as homes
else:
    services = late("constancia.apps.demo.services")
    bootstrap = late("constancia.infra.bootstrap")
    secrets_unlock = late("constancia.infra.secrets_unlock")
    unlocked = late("constancia.infra.unlocked")
    homes = late("constancia.infra.home")

DEFAULT = Path("demo")
COMPLETE = "demostracion-completa"
OF_A_DEMONSTRATION = (
    "registro.db",
    "claves.db",
    "sesiones.db",
    "auditoria.db",
    "reserva.bin",
    "llave.json",
    "CLAVE-DE-DEMOSTRACION.txt",
    "constancia.toml",
    "ediciones",
    "evidencias",
    "recibidos",
    "escritura.lock",
    "sellado.lock",
    "llaves.lock",
    "servidor.lock",
    "bitacora",
    "ultimo-sello.txt",
)
"""With what the names of a register's own files begin: an interrupted building leaves some of them."""


def demo(
    context: typer.Context,
    serve: Annotated[bool, typer.Option(help=later("Abrir el sitio al terminar, o solo construir."))] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help=later("Puerto; 0 busca uno libre."))] = 0,
    link: Annotated[bool, typer.Option(help=later("Mostrar un enlace de entrada."))] = True,
    editions: Annotated[
        bool, typer.Option(help=later("Con las dos ediciones publicadas, que tardan unos segundos más."))
    ] = True,
) -> None:
    session = Session.of(context)
    home = homes.Home.at(session.folder or DEFAULT)
    if home.exists and not home.settings.demonstration:
        raise DeploymentRefused("demo.real")
    complete = home.path / COMPLETE
    built = not complete.exists()
    if built:
        build(home.path, quiet=session.as_json, editions=editions)
        complete.touch(mode=0o600)
    else:
        bootstrap.start(home, None if unlocked.is_unlocked() else secrets_unlock.unlock(home))
    bootstrap.speak(language())
    if not session.show({"home": str(home.path), "built": built}):
        output.sentence(
            say("Registro de demostración, de personas inventadas, en {folder}.").format(folder=home.path)
        )
    if serve:
        serving.serve("127.0.0.1", port, session.user() if link else None)


def build(path: Path, quiet: bool, editions: bool = True) -> None:
    """The demonstration register at `path`, with its two editions or without. What an interrupted run left of
    one is replaced.

    Raises DeploymentRefused (`demo.folder`) where `path` holds anything else.
    """
    begun = homes.Home.at(path)
    if begun.exists and begun.settings.demonstration and not foreign(path):
        shutil.rmtree(path)
    elif path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise DeploymentRefused("demo.folder")
    home = homes.Home.create(path, organisation=say("Demostración"), demonstration=True)
    bootstrap.start(home, secrets_unlock.create_secret(home, key_file=home.keyfile))
    bootstrap.migrate()
    with output.progress(say("Construyendo la demostración"), quiet) as advance:
        services.build(advance, published=editions)


def foreign(folder: Path) -> list[Path]:
    """What lies in the folder of a demonstration that no demonstration makes: somebody's own papers."""
    return [path for path in folder.iterdir() if not path.name.lstrip(".").startswith(OF_A_DEMONSTRATION)]


COMMANDS = [("demo", demo, later("Construye el registro de demostración y abre el sitio sobre él."))]
