"""`constancia restore`: from a folder of backups to a register, or to nothing at all."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output, unlocking
from constancia.cli.commands.backing import Named, Where
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import StoreRefused

if TYPE_CHECKING:
    from django import db

    from constancia.apps.keeping.services import settling
    from constancia.infra import bootstrap, secrets_unlock
    from constancia.infra.backup import age, generations, keys, seen
    from constancia.infra.backup import restoring as copies
    from constancia.infra.backup import store as stores
    from constancia.infra.home import Home
    from constancia.infra.sqlcipher import side_file
else:
    db = late("django.db")
    settling = late("constancia.apps.keeping.services.settling")
    bootstrap = late("constancia.infra.bootstrap")
    secrets_unlock = late("constancia.infra.secrets_unlock")
    age = late("constancia.infra.backup.age")
    generations = late("constancia.infra.backup.generations")
    keys = late("constancia.infra.backup.keys")
    seen = late("constancia.infra.backup.seen")
    copies = late("constancia.infra.backup.restoring")
    stores = late("constancia.infra.backup.store")
    side_file = late("constancia.infra.sqlcipher.side_file")


def restore(
    context: typer.Context,
    folder: Where,
    into: Annotated[Path, typer.Option(help=later("Carpeta nueva del registro; nunca una que ya lo sea."))],
    identity: Annotated[Path, typer.Option(help=later("Archivo de identidad age de una de las personas."))],
    log_key: Annotated[
        str | None,
        typer.Option(help=later("Llave pública de la bitácora, o un archivo que la diga (obligatoria).")),
    ] = None,
    last_seen: Annotated[
        list[Path] | None,
        typer.Option(
            "--seen",
            help=later(
                "Lo último que se publicó: copia de la carpeta pública de las bitácoras, o un sello firmado."
            ),
        ),
    ] = None,
    name: Named = None,
    keys_of: Annotated[
        str | None,
        typer.Option(
            help=later(
                "De qué respaldo son las claves; si falta, del más nuevo. Uno viejo revive lo borrado."
            )
        ),
    ] = None,
) -> None:
    session = Session.of(context)
    store = stores.BackupStore(folder)
    if log_key is None:
        named, _ = keys.pinned(store, None, None)
        raise StoreRefused("backup.log_key_needed", key=" ".join(map(str, named)))
    key, by = keys.read(log_key), age.identities(identity)
    shown = seen.notes(last_seen) if last_seen else None
    target = into.expanduser().absolute()
    with ExitStack() as held:
        home = held.enter_context(copies.staging(target))
        main, of_keys = copies.verified(store, key, name, keys_of)
        filling = held.enter_context(copies.database(main.manifest))
        copies.unpack(
            store,
            main.manifest,
            of_keys.manifest,
            by,
            home,
            take=filling.take if filling is not None else None,
        )
        if filling is not None:
            filling.finish()
        _start(home)
        with output.progress(say("Derivando"), quiet=session.as_json) as advance:
            told = settling.settle(shown, main.manifest.name, advance)
        _close()
    shape = {
        "home": str(target),
        "backup": main.manifest.name,
        "keys_of": of_keys.manifest.name,
        "people": told.people,
        "records": told.facts,
        "without_key": told.keyless,
        "behind": told.behind,
        "confirmed": told.confirmed,
    }
    if session.show(shape):
        return
    output.table(
        say("Restaurado"),
        ["", ""],
        [
            [say("carpeta"), str(target)],
            [say("respaldo"), main.manifest.name],
            [say("claves de personas, del respaldo"), of_keys.manifest.name],
            [say("personas"), told.people],
            [say("registros comparados con la bitácora"), told.facts],
            [say("personas sin clave: borradas desde entonces, o perdidas con ella"), told.keyless],
            [say("hojas publicadas que esta copia no tiene"), told.behind],
        ],
    )
    if told.behind:
        output.sentence(
            say(
                "Es de solo lectura: la bitácora publicada sabe más. Siga con «constancia ledger recover"
                " --from COPIA»."
            )
        )
    elif not told.confirmed:
        output.sentence(
            say(
                "Es de solo lectura hasta que alguien diga qué se publicó por último: «constancia ledger"
                " recover --from COPIA», o «--nothing-newer» si es seguro que no hubo nada después de este"
                " respaldo."
            )
        )


def _start(home: Home) -> None:
    root = secrets_unlock.unlock(home, ask=unlocking.ask)
    bootstrap.start(home, generations.joined(home, root, unlocking.ask))
    bootstrap.speak(language())
    bootstrap.migrate()


def _close() -> None:
    """Nothing may hold on to files whose folder is about to change its name."""
    db.connections.close_all()
    side_file.close_all()


COMMANDS = [
    (
        "restore",
        restore,
        later(
            "Restaura un respaldo en una carpeta nueva: comprueba antes de descifrar; al final le da nombre."
        ),
    )
]
