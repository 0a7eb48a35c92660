"""`constancia witness`: seeing that another organisation's log only grows. Needs no register."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output, serving
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused, IntegrityBroken

if TYPE_CHECKING:
    from constancia.domain.ledger import note, refused
    from constancia.infra.witness import app, folder
else:
    note = late("constancia.domain.ledger.note")
    refused = late("constancia.domain.ledger.refused")
    app = late("constancia.infra.witness.app")
    folder = late("constancia.infra.witness.folder")

DEFAULT = Path("testigo")
Where = Annotated[Path, typer.Option("--folder", help=later("Carpeta del testigo."))]


def init(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=later("Nombre del testigo, como «testigo.ejemplo.org/w1»."))],
    where: Where = DEFAULT,
) -> None:
    made = folder.create(where, name)
    if not Session.of(context).show({"name": name, "key": str(made.key), "folder": where}):
        output.sentence(say("Testigo creado en {folder}. Su clave pública:").format(folder=where))
        output.sentence(str(made.key))


def add_log(
    context: typer.Context,
    vkey: Annotated[str, typer.Argument(metavar="VKEY", help=later("Clave pública del registro."))],
    where: Where = DEFAULT,
) -> None:
    _, store = folder.opened(where)
    try:
        key = note.Key.read(vkey.strip())
    except refused.ProofRefused:
        raise InputRefused("witness.log_key") from None
    added = store.add_log(key)
    if Session.of(context).show({"origin": key.name, "key": str(key), "added": added}):
        return
    text = say("Se vigila {origin}.") if added else say("Ya se vigilaba {origin} con esa clave.")
    output.sentence(text.format(origin=key.name))


def drop_key(
    context: typer.Context,
    vkey: Annotated[str, typer.Argument(metavar="VKEY", help=later("La clave que ya no vale."))],
    where: Where = DEFAULT,
) -> None:
    _, store = folder.opened(where)
    try:
        key = note.Key.read(vkey.strip())
    except refused.ProofRefused:
        raise InputRefused("witness.log_key") from None
    store.drop_key(key)
    if not Session.of(context).show({"origin": key.name, "key": str(key), "dropped": True}):
        output.sentence(say("Lo que firme solo esa clave ya no se firma aquí."))


def serve(
    where: Where = DEFAULT,
    host: Annotated[str, typer.Option(help=later("Dirección en la que escucha."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help=later("Puerto; 0 busca uno libre."))] = 8090,
) -> None:
    signer, store = folder.opened(where)
    port = serving.free_port(host, port)
    told = [
        say("El testigo {name} está en {address}").format(
            name=signer.key.name, address=serving.address_of(host, port)
        ),
        say("Ctrl+C para cerrar."),
    ]
    loader = serving.Loader(lambda: app.application(store, signer), told, host, port)
    serving.run(loader, "constancia.infra.witness.app:application", host, port)


def show(context: typer.Context, where: Where = DEFAULT) -> None:
    signer, store = folder.opened(where)
    logs, kept = store.logs(), store.refused()
    seen = {origin: store.latest(origin) for origin in logs}
    counts = Counter((one.origin, one.kind) for one in kept)
    splits = sum(one.kind == "split" for one in kept)
    found: list[dict[str, Any]] = [
        {
            "origin": origin,
            "keys": [str(key) for key in keys],
            "size": last.size if (last := seen[origin]) else None,
            "checkpoint": last.note if last else None,
            "seen_at": _instant(last.time) if last else None,
            "refused": {kind: counts[origin, kind] for kind in ("split", "unproven", "older")},
        }
        for origin, keys in logs.items()
    ]
    notes = [
        {"origin": one.origin, "kind": one.kind, "seen_at": _instant(one.time), "checkpoint": one.note}
        for one in kept
    ]
    said = {"name": signer.key.name, "key": str(signer.key), "logs": found, "refused": notes}
    if not Session.of(context).show(said):
        _show(str(signer.key), found, notes)
    if splits:
        raise IntegrityBroken("witness.split", count=splits)


def _show(key: str, logs: list[dict[str, Any]], notes: list[dict[str, Any]]) -> None:
    output.sentence(key)
    output.table(
        say("Registros que se vigilan"),
        [say("registro"), say("tamaño"), say("visto"), say("bifurcado"), say("sin prueba"), say("más viejo")],
        [[one["origin"], one["size"], _moment(one["seen_at"]), *one["refused"].values()] for one in logs],
    )
    for one in notes:
        if one["kind"] == "split":
            output.sentence(one["checkpoint"])


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _moment(instant: datetime | None) -> str | None:
    return f"{instant:%Y-%m-%d %H:%M} UTC" if instant else None


NAME = "witness"
HELP = later("Ser testigo del registro de otra organización: ver que solo crece. No usa el propio.")
COMMANDS = [
    ("init", init, later("Crea un testigo: su clave y su memoria.")),
    ("add-log", add_log, later("Vigila un registro, por su clave pública.")),
    ("drop-key", drop_key, later("Deja de creer en una clave de un registro que ya dio otra.")),
    ("serve", serve, later("Abre el testigo: firma lo que creció de lo que vio, y nada más.")),
    ("show", show, later("Qué registros vigila, qué vio último y qué se negó a firmar.")),
]
