"""`constancia region …`: the keys of regions, and who holds them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output, unlocking
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.vocabulary.states import state_label

if TYPE_CHECKING:
    from constancia.apps.accounts import queries as people
    from constancia.apps.regions import queries
    from constancia.apps.regions.services import holding
    from constancia.infra import files, regional, sharing
else:
    people = late("constancia.apps.accounts.queries")
    queries = late("constancia.apps.regions.queries")
    holding = late("constancia.apps.regions.services.holding")
    files = late("constancia.infra.files")
    regional = late("constancia.infra.regional")
    sharing = late("constancia.infra.sharing")

Region = Annotated[str, typer.Argument(help=later("El estado: «lara», «Distrito Capital»."))]
Username = Annotated[str, typer.Argument(help=later("Nombre de usuario."))]
To = Annotated[
    list[str], typer.Option(metavar="age1…", help=later("Clave pública de quien guarda la copia, lejos."))
]


def list_(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    lines = queries.lines(None)
    told = [
        {
            "region": one.region,
            "number": one.number,
            "since": one.made_at,
            "holders": list(one.holders),
            "earlier": one.earlier,
        }
        for one in lines
    ]
    if not session.show({"keys": told}):
        output.table(
            say("Llaves de región"),
            [say("región"), say("llave"), say("desde"), say("quién la tiene"), say("anteriores")],
            [
                [
                    state_label(one.region, language()),
                    one.number,
                    one.made_at.date(),
                    ", ".join(one.holders) or "—",
                    one.earlier,
                ]
                for one in lines
            ],
        )


def passphrase(context: typer.Context, username: Username) -> None:
    session = Session.of(context)
    session.start()
    user = people.person(None, username)
    holding.make_pair(user, unlocking.choose_for_region())
    _done(session, say("Puesta. Solo esa persona la sabe; con ella abrirá las llaves que se le den."))


def new(
    context: typer.Context,
    region: Region,
    user: Annotated[list[str], typer.Option(help=later("Quién la tendrá; mejor dos personas o más."))],
    to: To,
) -> None:
    session = Session.of(context)
    session.start()
    number = holding.make_key(region, [people.person(None, one) for one in user], to)
    if not session.show({"number": number}):
        output.sentence(
            say(
                "Llave {number} hecha. Lo que se anote desde ahora queda cerrado con ella; lo anterior no."
            ).format(number=number)
        )
        output.sentence(say("Envíe ya la copia al extranjero: «constancia region copy»."))


def give(
    context: typer.Context,
    region: Region,
    username: Username,
    by: Annotated[str, typer.Option(help=later("Quién la tiene ya y la da: se le pide su frase."))],
) -> None:
    session = Session.of(context)
    session.start()
    giver, other = people.person(None, by), people.person(None, username)
    holding.give_with(giver, unlocking.ask_for_region(by), region, other)
    _done(session, say("Dada: la abre con su propia frase."))


def remove(context: typer.Context, region: Region, username: Username) -> None:
    session = Session.of(context)
    session.start()
    holding.take_away(region, people.person(None, username))
    _done(session, say("Quitada. Si esa persona se fue, haga otra llave con «constancia region turn»."))


def forget(context: typer.Context, username: Username) -> None:
    session = Session.of(context)
    session.start()
    holding.forget_pair(None, people.person(None, username))
    _done(session, say("Su frase ya no abre nada. Que ponga otra, y que alguien le dé las llaves de nuevo."))


def turn(context: typer.Context, region: Region, to: To) -> None:
    session = Session.of(context)
    session.start()
    number = holding.turn(region, to)
    if not session.show({"number": number}):
        output.sentence(
            say("Llave {number} hecha. Lo anterior se sigue abriendo con la de antes.").format(number=number)
        )


def copy(
    context: typer.Context,
    region: Region,
    out: Annotated[Path, typer.Option(help=later("Carpeta para los archivos, uno por llave."))],
) -> None:
    session = Session.of(context)
    session.start()
    files.private_folder(out)
    names = []
    for number, text in queries.copies_abroad(region):
        names.append(f"llave-de-region-{number}.age")
        files.write_whole(out / names[-1], text.encode())
    if not session.show({"files": names}):
        output.sentence(say("Escritas, cifradas para quien las guarda. Envíelas y borre la carpeta."))


def read_copy(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help=later("La copia, como llegó (.age)."))],
    identity: Annotated[Path, typer.Option(help=later("Su identidad de age (AGE-SECRET-KEY-…)."))],
) -> None:
    session = Session.of(context)
    words = regional.spoken(regional.heard(sharing.decrypted(path, identity)))
    if not session.show({"copy": words}):
        output.sentence(say("Dícteselo solo a quien conozca, y borre la pantalla:"))
        output.sentence(words)


def recover(
    context: typer.Context,
    region: Region,
    username: Username,
    file: Annotated[
        Path | None, typer.Option(help=later("Archivo con la copia ya descifrada; si falta, se pregunta."))
    ] = None,
) -> None:
    session = Session.of(context)
    session.start()
    user = people.person(None, username)
    if file is None:
        text = unlocking.ask_for(say("La copia, los dieciocho grupos en una línea"))
    else:
        text = regional.read_copy(file)
    holding.recover(region, text, user)
    _done(session, say("Dada: la abre con su propia frase."))


def _done(session: Session, text: str) -> None:
    if not session.show({"done": True}):
        output.sentence(text)


NAME = "region"
HELP = later("Las llaves de región: cierran lo reservado de un estado aunque el registro esté abierto.")
COMMANDS = [
    ("list", list_, later("Qué estados tienen llave, y quién la tiene.")),
    ("passphrase", passphrase, later("Quien tendrá una llave pone aquí su frase; también en el sitio.")),
    ("new", new, later("Hace la primera llave de un estado y se la da a quien la tendrá.")),
    ("give", give, later("Quien la tiene se la da a otra persona; también en el sitio.")),
    ("remove", remove, later("Le quita la llave a alguien.")),
    ("forget", forget, later("Quita la frase de alguien con todas sus llaves: la perdió, o se fue.")),
    ("turn", turn, later("Hace otra llave para un estado, cuando alguien se fue.")),
    ("copy", copy, later("Escribe la copia cifrada que se guarda en el extranjero.")),
    ("read-copy", read_copy, later("Para quien guarda la copia: la descifra en su máquina y la muestra.")),
    ("recover", recover, later("Da la llave a alguien con la copia que se guardaba en el extranjero.")),
]
