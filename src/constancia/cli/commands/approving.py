"""`constancia approvals …`: what needs two people; `constancia exports trace`: where a file came from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output, unlocking
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.vocabulary.labels import label

if TYPE_CHECKING:
    from constancia.apps.approvals import keyboard, queries, services, tracing, wording
else:
    keyboard = late("constancia.apps.approvals.keyboard")
    queries = late("constancia.apps.approvals.queries")
    services = late("constancia.apps.approvals.services")
    tracing = late("constancia.apps.approvals.tracing")
    wording = late("constancia.apps.approvals.wording")

Number = Annotated[int, typer.Argument(min=1, help=later("Número de la petición."))]


def list_(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    found = queries.listed(session.user())
    if session.show({"approvals": [_json(one) for one in found]}):
        return
    output.table(
        say("Lo que necesita a dos personas"),
        [say("número"), say("qué"), say("estado"), say("pidió"), say("respondió")],
        [[one.number, wording.kind(one), wording.stage(one), one.asked_by, one.answered_by] for one in found],
    )


def show(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    _shown(session, number)


def approve(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    asked = say("Contraseña de {user}").format(user=user.username)
    keyboard.approve(
        user,
        number,
        lambda: unlocking.ask_for(asked),
        lambda: unlocking.ask_for(say("Código de su segundo paso")),
    )
    _shown(session, number)


def refuse(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    services.answer(session.user(), number, approve=False)
    _shown(session, number)


def trace(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=later("El archivo que apareció fuera."))],
) -> None:
    session = Session.of(context)
    session.start()
    found = tracing.trace(session.user(), file)
    if session.show({"exports": [asdict(one) for one in found]}):
        return
    if not found:
        output.sentence(say("Nada en ese archivo dice de qué exportación salió. No prueba que no saliera."))
        return
    output.table(
        say("De dónde salió"),
        [
            say("exportación"),
            say("qué"),
            say("por"),
            say("filas"),
            say("pidió"),
            say("aprobó"),
            say("día"),
        ],
        [
            [
                one.number,
                label(one.kind, language()),
                _by(one),
                one.rows,
                one.asked_by,
                say("a solas") if one.alone else one.approved_by,
                wording.moment(one.used_at),
            ]
            for one in found
        ],
    )


def _by(one: tracing.Traced) -> str:
    words = {
        "file": say("es el mismo archivo"),
        "references": say("sus marcas"),
        "order": say("su orden (1 en 2^{bits} al azar)").format(bits=one.bits),
    }
    return words[one.by]


def _shown(session: Session, number: int) -> None:
    one = queries.shown(session.user(), number)
    if session.show(_json(one)):
        return
    for sentence in (*wording.what(one), *wording.standing(one)):
        output.sentence(sentence)


def _json(one: queries.Line) -> dict[str, Any]:
    left_out = ("own", "answerable", "close", "page")
    return {name: value for name, value in asdict(one).items() if name not in left_out}


NAME = "approvals"
HELP = later("Lo que necesita a dos personas: una lo pide, otra lo aprueba.")
COMMANDS = [
    ("list", list_, later("Las peticiones y cómo van.")),
    ("show", show, later("Qué se pide exactamente, quién y para qué.")),
    ("approve", approve, later("Aprueba una petición de otra persona; pide su contraseña y su código.")),
    ("refuse", refuse, later("Rechaza una petición, o retira la propia.")),
]
EXPORTS = "exports"
EXPORTS_HELP = later("Lo que salió del registro en archivos.")
EXPORTS_COMMANDS = [
    ("trace", trace, later("Dice de qué exportación salió un archivo que apareció fuera.")),
]
