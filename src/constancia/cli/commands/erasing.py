"""`constancia erase …`: two people erase a person, a file, a source or words; the status says how far it is,
honestly."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.vocabulary.terms import ErasureGround

if TYPE_CHECKING:
    from constancia.apps.erasure import queries, services, wording
else:
    queries = late("constancia.apps.erasure.queries")
    services = late("constancia.apps.erasure.services")
    wording = late("constancia.apps.erasure.wording")

Number = Annotated[int, typer.Argument(min=1, help=later("Número de la petición."))]


def ask(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=later("Código del caso."))],
    ground: Annotated[ErasureGround, typer.Option(help=later("Motivo, de una lista cerrada."))],
) -> None:
    session = Session.of(context)
    session.start()
    number = services.ask(session.user(), code, ground.value)
    if not _shown(session, number):
        output.sentence(
            say("Otra persona lo aprueba con «constancia erase approve {number}».").format(number=number)
        )


def ask_file(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, help=later("Número del archivo."))],
    ground: Annotated[ErasureGround, typer.Option(help=later("Motivo, de una lista cerrada."))],
) -> None:
    session = Session.of(context)
    session.start()
    _shown(session, services.ask_of_file(session.user(), number, ground.value))


def ask_source(
    context: typer.Context,
    fact: Annotated[int, typer.Argument(min=1, help=later("Número de un hecho que dijo esa fuente."))],
    ground: Annotated[ErasureGround, typer.Option(help=later("Motivo, de una lista cerrada."))],
) -> None:
    session = Session.of(context)
    session.start()
    _shown(session, services.ask_of_source(session.user(), fact, ground.value))


def ask_words(
    context: typer.Context,
    fact: Annotated[int, typer.Argument(min=1, help=later("Número del hecho."))],
    ground: Annotated[ErasureGround, typer.Option(help=later("Motivo, de una lista cerrada."))],
    field: Annotated[
        list[str] | None,
        typer.Option(
            help=later("De qué campo son las palabras: text, reason, date_words…; puede repetirse.")
        ),
    ] = None,
) -> None:
    session = Session.of(context)
    session.start()
    _shown(session, services.ask_of_words(session.user(), fact, field or (), ground.value))


def ask_note(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, help=later("Número de la revisión."))],
    ground: Annotated[ErasureGround, typer.Option(help=later("Motivo, de una lista cerrada."))],
) -> None:
    session = Session.of(context)
    session.start()
    _shown(session, services.ask_of_note(session.user(), number, ground.value))


def mentions(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    found = queries.mentions(session.user(), number)
    if session.show(asdict(found)):
        return
    rows = [[one.fact, labels.kind(one.kind), one.code, one.review or ""] for one in found.facts]
    heads = [say("hecho"), say("clase"), say("caso"), say("nota de la revisión")]
    output.table(say("Dónde más está el nombre"), heads, rows)
    for number_of, title in found.documents:
        output.sentence(say("Documento {number}: {title}").format(number=number_of, title=title))
    for one in found.statements:
        output.sentence(say("Declaración {number}").format(number=one))
    output.sentence(say("Es una ayuda: mírelos. Nada se borra solo."))


def approve(context: typer.Context, number: Number) -> None:
    _answered(context, number, approved=True)


def refuse(context: typer.Context, number: Number) -> None:
    _answered(context, number, approved=False)


def _answered(context: typer.Context, number: int, *, approved: bool) -> None:
    session = Session.of(context)
    session.start()
    services.answer(session.user(), number, approve=approved)
    _shown(session, number)


def list_(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    found = queries.listed(session.user())
    if session.show({"erasures": [_json(one) for one in found]}):
        return
    output.table(
        say("Peticiones de borrado"),
        [say("número"), say("caso"), say("motivo"), say("estado"), say("pidió"), say("respondió")],
        [
            [
                one.number,
                one.code,
                labels.term("ground", one.ground),
                wording.stage(one),
                one.asked_by,
                one.answered_by,
            ]
            for one in found
        ],
    )


def status(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    _shown(session, number)


def finish(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    done = services.finish()
    if not session.show({"finished": done}):
        output.sentence(say("Borrados que se completaron: {count}.").format(count=len(done)))


def _shown(session: Session, number: int) -> bool:
    """Shows a request; whether as JSON."""
    one = queries.status(session.user(), number)
    if session.show(_json(one)):
        return True
    for sentence in wording.sentences(one):
        output.sentence(sentence)
    return False


def _json(one: queries.Line) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name != "own"}


NAME = "erase"
HELP = later("Borrar a una persona del registro: una la pide, otra la aprueba.")
COMMANDS = [
    ("ask", ask, later("Pide borrar a una persona, con un motivo.")),
    ("ask-file", ask_file, later("Pide borrar un archivo de prueba, y nada más del caso.")),
    ("ask-source", ask_source, later("Pide borrar quién es la fuente de un hecho; lo que dijo se queda.")),
    ("ask-words", ask_words, later("Pide borrar palabras de un hecho; el hecho y las cifras se quedan.")),
    ("ask-note", ask_note, later("Pide borrar la nota de una revisión; el veredicto se queda.")),
    ("mentions", mentions, later("Dónde más está escrito el nombre de quien se pide borrar.")),
    ("approve", approve, later("Aprueba una petición de otra persona y borra.")),
    ("refuse", refuse, later("Rechaza una petición, o retira la propia.")),
    ("list", list_, later("Las peticiones y cómo van.")),
    ("status", status, later("Cómo va un borrado y cuándo estará completo.")),
    ("finish", finish, later("Completa los borrados que se interrumpieron.")),
]
