"""`constancia keys`: the ways of unlocking, the shares, and new epochs of the derived keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output, unlocking
from constancia.cli.commands import keys_root
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import InputRefused

if TYPE_CHECKING:
    from constancia.apps.upkeep import queries, services, ways
    from constancia.domain import sharing as shares
    from constancia.infra import bootstrap, modes, secrets_unlock, sharing, succession
    from constancia.infra.rotation import Rotated
else:
    queries = late("constancia.apps.upkeep.queries")
    services = late("constancia.apps.upkeep.services")
    ways = late("constancia.apps.upkeep.ways")
    shares = late("constancia.domain.sharing")
    bootstrap = late("constancia.infra.bootstrap")
    modes = late("constancia.infra.modes")
    secrets_unlock = late("constancia.infra.secrets_unlock")
    sharing = late("constancia.infra.sharing")
    succession = late("constancia.infra.succession")


def list_(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    opening, derived = queries.ways(None), queries.derived(None, language())
    if session.show({"ways": opening, "keys": derived}):
        return
    output.table(
        say("Maneras de abrir"),
        [say("número"), say("manera"), say("desde"), say("detalle")],
        [[way["number"], _kind(way["kind"]), way["since"] or "—", _detail(way)] for way in opening],
    )
    output.table(
        say("Llaves que salen de la raíz"),
        [say("llave"), say("algoritmo"), say("qué protege"), say("se cambia con")],
        [
            [f"{key['purpose']}/{key['epoch']}", key["kind"], key["protects"], _rotation(key["rotation"])]
            for key in derived
        ],
    )


def passphrase(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    ways.change_passphrase(session.user(), unlocking.choose_another, unlocking.present())
    _done(session, say("La frase de paso es otra. Quien guarde una copia vieja de llave.json aún la abre."))


def file(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=later("Archivo de llave nuevo; guárdelo lejos de aquí."))],
    replace: Annotated[
        bool, typer.Option("--replace", help=later("Los archivos de llave anteriores dejan de abrir."))
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    ways.add_key_file(session.user(), path, replacing=replace)
    _done(session, say("El archivo de llave está hecho. Guárdelo lejos de esta máquina."))


def remove(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, help=later("Su número en «constancia keys list»."))],
) -> None:
    session = Session.of(context)
    session.start()
    ways.remove(session.user(), number)
    _done(session, say("Quitada: ya no abre."))


def rotate(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="kek|db|django|root", help=later("Qué llave pasa a su época siguiente."))
    ],
    key_file: keys_root.KeyFiles = None,
) -> None:
    session = Session.of(context)
    if what == "root":
        keys_root.exchange(session, key_file or [])
        return
    chosen: dict[str, Rotated] = {"kek": "kek", "db": "db", "django": "django"}
    if what not in chosen:
        raise InputRefused("cli.value", option="kek|db|django|root")
    session.start()
    changed = services.rotate(chosen[what])
    if not session.show({"epochs": changed}):
        for purpose, epoch in changed.items():
            output.sentence(f"{purpose}/{epoch}")
        output.sentence(say("Hecho. Haga una copia de seguridad: las anteriores abren con llaves retiradas."))


def share(
    context: typer.Context,
    of: Annotated[int, typer.Option(help=later("Cuántas partes se hacen."))],
    need: Annotated[int, typer.Option(help=later("Cuántas hacen falta para abrir."))],
    to: Annotated[
        list[str],
        typer.Option(metavar="age1…", help=later("Clave pública de quien guarda una parte.")),
    ],
    out: Annotated[Path, typer.Option(help=later("Carpeta nueva para los archivos."))],
) -> None:
    session = Session.of(context)
    if len(to) != of:
        raise InputRefused("share.count", of=of, recipients=len(to))
    session.start()
    holders = ways.share(session.user(), need, to, out)
    told = [{"number": one.number, "recipient": one.recipient, "file": one.file.name} for one in holders]
    if not session.show({"need": need, "of": of, "shares": told}):
        output.table(
            say("Partes"),
            [say("número"), say("archivo"), say("para")],
            [[one.number, one.file.name, one.recipient] for one in holders],
        )
        output.sentence(say("Envíe a cada quien la suya y borre la carpeta. Las anteriores ya no abren."))


def read_share(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help=later("La parte, como llegó (.age)."))],
    identity: Annotated[Path, typer.Option(help=later("Su identidad de age (AGE-SECRET-KEY-…)."))],
) -> None:
    session = Session.of(context)
    found = sharing.decrypt_share(path, identity)
    told = {"number": found.number, "need": found.need, "of": found.of, "words": " ".join(str(found).split())}
    if not session.show(told):
        output.sentence(
            say("Parte {number} de {of}; hacen falta {need}. Díctela solo a quien conozca.").format(
                number=found.number, of=found.of, need=found.need
            )
        )
        output.sentence(str(found))


def new_identity(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help=later("Archivo nuevo; quede solo en su máquina."))],
) -> None:
    session = Session.of(context)
    recipient = sharing.new_identity(path)
    if not session.show({"recipient": recipient}):
        output.sentence(say("Dé esta clave pública a quien reparte:"))
        output.sentence(recipient)


def open_with_shares(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE…", help=later("Partes ya descifradas; sin archivos se preguntan.")),
    ] = None,
) -> None:
    session = Session.of(context)
    home = session.home()
    given = [sharing.read_share(path) for path in files] if files else _dictated()
    root = succession.settle(home, sharing.open_with(home, given))
    was = modes.state(home)
    secrets_unlock.change_passphrase(home, root, unlocking.choose_another())
    modes.reopen(home)
    bootstrap.start(home, root)
    if was.mode is modes.Mode.CLOSED:
        services.opened_again(was)
    services.noted("opened-with-shares", {"used": len(given)})
    _done(session, say("Abierto con las partes. La frase de paso nueva ya vale; la anterior no."))


def _dictated() -> list[Any]:
    """Asks for shares until there are enough."""
    given: list[Any] = []
    while not given or len(given) < given[0].need:
        text = unlocking.ask_for(say("Palabras de la parte {number}").format(number=len(given) + 1))
        try:
            given.append(shares.Share.read(text))
        except InputRefused:
            output.sentence(say("Alguna palabra no es esa. Otra vez, todas en una línea."))
    return given


def _done(session: Session, text: str) -> None:
    if not session.show({"done": True}):
        output.sentence(text)


def _kind(kind: str) -> str:
    words = {
        "passphrase": say("frase de paso"),
        "keyfile": say("archivo de llave"),
        "shares": say("partes"),
    }
    return words.get(kind, kind)


def _detail(way: dict[str, Any]) -> str:
    if way["kind"] == "passphrase":
        return f"Argon2id {way['memory_kib'] // 1024} MiB × {way['passes']}, {way['lanes']}"
    if way["kind"] == "shares":
        return say("{need} de {of}").format(need=way["need"], of=way["of"])
    return ""


def _rotation(what: str) -> str:
    words = {"never": say("con la raíz"), "log": "ledger keys rotate"}
    return words.get(what, f"keys rotate {what}")


NAME = "keys"
HELP = later("Las llaves: maneras de abrir, partes para recuperarla, y cambiarlas.")
COMMANDS = [
    ("list", list_, later("Las maneras de abrir y las llaves que salen de la raíz, con su época.")),
    ("passphrase", passphrase, later("Cambia la frase de paso.")),
    ("file", file, later("Hace un archivo de llave que también abre.")),
    ("remove", remove, later("Quita una manera de abrir.")),
    ("rotate", rotate, later("Pasa una llave a su época siguiente; con el sitio cerrado.")),
    ("share", share, later("Reparte la llave en partes: cada una cifrada para una persona.")),
    ("read-share", read_share, later("Para quien guarda una parte: la descifra en su máquina y la muestra.")),
    ("new-identity", new_identity, later("Para quien guardará una parte: hace su identidad de age.")),
    ("open-with-shares", open_with_shares, later("Abre con partes suficientes y pone otra frase de paso.")),
]
