"""`constancia backup`: copies for people far away, checked without any secret, and their expiry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output, unlocking
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import ConstanciaError, InputRefused, StoreRefused
from constancia.domain.ledger.note import Key
from constancia.infra import clock
from constancia.infra.files import write_whole

if TYPE_CHECKING:
    from constancia.apps.keeping.services import backing
    from constancia.infra.backup import age, examining, keys, state
    from constancia.infra.backup import store as stores
    from constancia.infra.home import Home
else:
    backing = late("constancia.apps.keeping.services.backing")
    age = late("constancia.infra.backup.age")
    examining = late("constancia.infra.backup.examining")
    keys = late("constancia.infra.backup.keys")
    state = late("constancia.infra.backup.state")
    stores = late("constancia.infra.backup.store")

Where = Annotated[Path, typer.Argument(metavar="FOLDER", help=later("Carpeta de los respaldos."))]
OfLog = Annotated[
    str | None,
    typer.Option(
        "--log-key",
        help=later(
            "Llave pública de la bitácora, o un archivo que la diga; si falta, la que conoce este registro."
        ),
    ),
]
Named = Annotated[
    str | None, typer.Option("--name", help=later("Cuál de los respaldos; si falta, el más nuevo."))
]


def backup(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option(
            help=later("Carpeta de los respaldos: otro disco, u otra máquina; nunca la del registro.")
        ),
    ] = None,
) -> None:
    if context.invoked_subcommand is not None:
        return
    session = Session.of(context)
    if to is None:
        raise InputRefused("cli.missing", option="--to")
    session.start()
    made = backing.make(to)
    told = {
        "name": made.manifest.name,
        "made": made.manifest.made,
        "size": made.size,
        "evidence_copied": made.evidence,
        "recipients": made.manifest.recipients,
        "keys_until": made.manifest.keys_until,
        "keys_expired": made.expired,
        "manifest": made.digest,
        "log_key": made.manifest.log_key,
    }
    if session.show(told):
        return
    output.table(
        say("Respaldo"),
        ["", ""],
        [
            [say("nombre"), made.manifest.name],
            [say("tamaño, en MiB"), made.size // 1024**2],
            [say("archivos de evidencia copiados"), made.evidence],
            [say("personas que pueden abrirlo"), made.manifest.recipients],
            [say("sus claves de personas vencen"), f"{made.manifest.keys_until:%Y-%m-%d}"],
            [say("copias de claves ya vencidas y borradas"), made.expired],
        ],
    )
    output.sentence(say("Llave pública de la bitácora, que hará falta para restaurar:"))
    output.sentence(made.manifest.log_key)


def check(
    context: typer.Context,
    folder: Where,
    name: Named = None,
    log_key: OfLog = None,
    quick: Annotated[
        bool, typer.Option("--quick", help=later("De las evidencias mira solo el tamaño, no el contenido."))
    ] = False,
    identity: Annotated[
        Path | None,
        typer.Option(help=later("Archivo de identidad age: además descifra todo, sin dejar nada.")),
    ] = None,
    opens: Annotated[
        bool,
        typer.Option(
            "--open",
            help=later("Con --identity: además abre la copia con la frase o la llave, y lee cada página."),
        ),
    ] = False,
) -> None:
    session = Session.of(context)
    home = _home(session)
    key, pinned = keys.pinned(stores.BackupStore(folder), log_key, home)
    asks = unlocking.ask if opens else None
    found: Any = None
    try:
        found = examining.examine(folder, key, home, name=name, quick=quick, identity=identity, ask=asks)
    except ConstanciaError as problem:
        _note(home, name, problem.code)
        raise
    _note(home, name, "good")
    told = {
        "good": True,
        "name": found.manifest.name,
        "made": found.manifest.made,
        "backups": found.backups,
        "recipients": found.manifest.recipients,
        "evidence": found.evidence,
        "keys": found.keys,
        "keys_overdue": found.overdue,
        "logged": found.logged,
        "decrypted": found.decrypted,
        "opened": found.opened,
        "log_key": " ".join(map(str, key)),
        "log_key_pinned": pinned,
    }
    if not session.show(told):
        _tell(found, key, pinned)
    if name is None and (days := found.days_old(clock.now())) > examining.OLDEST_DAYS:
        raise StoreRefused("backup.old", days=days)


def prune(
    context: typer.Context,
    folder: Where,
    keep_days: Annotated[
        int | None,
        typer.Option(min=1, help=later("Borra también los respaldos de hace más días; si falta, ninguno.")),
    ] = None,
) -> None:
    session = Session.of(context)
    session.start()
    expired, old = backing.prune(folder, keep_days=keep_days)
    if not session.show({"keys": expired, "backups": old}):
        output.sentence(
            say("Borrado: {keys} copias de claves vencidas, {backups} respaldos viejos.").format(
                keys=expired, backups=old
            )
        )


def identity(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=later("Archivo nuevo en el que se escribe el secreto."))],
) -> None:
    session = Session.of(context)
    if out.exists():
        raise InputRefused("backup.identity_taken")
    secret, recipient = age.new_identity()
    write_whole(out, f"# {recipient}\n{secret}\n".encode())
    if session.show({"file": out, "recipient": recipient}):
        return
    output.sentence(recipient)
    output.sentence(
        say(
            "Esa línea va a «respaldo-destinatarios.txt» del registro. El archivo no sale de aquí: sin él"
            " no hay respaldo que abrir; con él y la frase de paso, se abre todo."
        )
    )


def _home(session: Session) -> Home | None:
    """The register of this machine, where there is one: a check needs none."""
    try:
        return session.home()
    except StoreRefused:
        return None


def _note(home: Home | None, name: str | None, code: str) -> None:
    if home is not None and name is None and state.read(home).made is not None:
        state.note(home, checked=clock.now(), check=code)


def _tell(found: Any, key: tuple[Key, ...], pinned: bool) -> None:
    yes, no = say("sí"), say("no")
    output.table(
        say("Respaldo comprobado"),
        ["", ""],
        [
            [say("nombre"), found.manifest.name],
            [say("respaldos en la carpeta"), found.backups],
            [say("personas que pueden abrirlo"), found.manifest.recipients],
            [say("archivos de evidencia"), found.evidence],
            [say("sus claves de personas"), found.keys or say("vencidas: se usarán las más nuevas")],
            [say("copias de claves vencidas sin borrar"), found.overdue],
            [say("asentado en la bitácora pública"), yes if found.logged else say("aún no se ve")],
            [say("descifrado entero"), yes if found.decrypted else no],
            [say("abierto, página por página"), yes if found.opened else no],
        ],
    )
    if not pinned:
        output.sentence(
            say("Nadie dijo con qué llave se firma: esto vale si la llave de la bitácora es de verdad esta:")
        )
        output.sentence(" ".join(map(str, key)))


NAME = "backup"
HELP = later("Respaldos cifrados para personas lejanas: hacerlos, comprobarlos, dejar que venzan.")
CALLBACK = backup
COMMANDS = [
    ("check", check, later("Comprueba un respaldo sin secreto alguno: firma, archivos, huecos, edad.")),
    ("prune", prune, later("Borra las copias de claves vencidas y, si se pide, los respaldos viejos.")),
    ("identity", identity, later("Una identidad age nueva, en la máquina de quien la va a guardar.")),
]
