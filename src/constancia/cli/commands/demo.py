"""`constancia demo`: the demonstration register, of invented people, and the staff site on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output, serving
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say

if TYPE_CHECKING:
    from constancia.apps.demo import services
    from constancia.infra import bootstrap, secrets_unlock
    from constancia.infra import home as homes
else:
    services = late("constancia.apps.demo.services")
    bootstrap = late("constancia.infra.bootstrap")
    secrets_unlock = late("constancia.infra.secrets_unlock")
    homes = late("constancia.infra.home")

DEFAULT = Path("demo")


def demo(
    context: typer.Context,
    serve: Annotated[bool, typer.Option(help=later("Abrir el sitio al terminar, o solo construir."))] = True,
    port: Annotated[int, typer.Option(help=later("Puerto; 0 busca uno libre."))] = 0,
    link: Annotated[bool, typer.Option(help=later("Mostrar un enlace de entrada."))] = True,
) -> None:
    session = Session.of(context)
    home = homes.Home.at(session.folder or DEFAULT)
    built = not home.exists
    if built:
        home = homes.Home.create(home.path, organisation=say("Demostración"), demonstration=True)
        root = secrets_unlock.create_secret(home, key_file=home.keyfile)
        bootstrap.start(home, root)
        bootstrap.migrate()
        with output.progress(say("Construyendo la demostración"), quiet=session.as_json) as advance:
            services.build(advance)
    else:
        bootstrap.start(home, secrets_unlock.unlock(home))
    if not session.show({"home": str(home.path), "built": built}):
        output.sentence(
            say("Registro de demostración, de personas inventadas, en {folder}.").format(folder=home.path)
        )
    if serve:
        serving.serve("127.0.0.1", port, session.user() if link else None)


COMMANDS = [("demo", demo, later("Construye el registro de demostración y abre el sitio sobre él."))]
