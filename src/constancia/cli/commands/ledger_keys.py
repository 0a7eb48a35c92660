"""`constancia ledger keys`: the keys that sign the logs, and changing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say

if TYPE_CHECKING:
    from constancia.apps.ledger.services import key_changing
else:
    key_changing = late("constancia.apps.ledger.services.key_changing")

LOGS = ("hechos", "casos")


def list_(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    found = key_changing.listed()
    told = [
        {"log": one.log, "key": str(one.key), "signs": one.signs, "until": one.until, "kept": one.kept}
        for one in found
    ]
    if session.show({"keys": told}):
        return
    output.table(
        say("Llaves de las bitácoras"),
        [say("bitácora"), say("firma"), say("hasta"), say("mitad privada"), say("llave pública")],
        [
            [
                one.log,
                say("sí") if one.signs else say("no"),
                f"{one.until:%Y-%m-%d}" if one.until else "—",
                say("aquí") if one.kept else say("destruida"),
                str(one.key),
            ]
            for one in found
        ],
    )


def rotate(
    context: typer.Context,
    log: Annotated[
        str | None,
        typer.Argument(metavar="hechos|casos", help=later("Cuál; si falta, las dos bitácoras.")),
    ] = None,
    stolen: Annotated[
        bool,
        typer.Option(
            "--stolen", help=later("Alguien tiene la de antes: deja de firmar con el próximo sello.")
        ),
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    changed = [key_changing.change_key(one, stolen=stolen) for one in ((log,) if log else LOGS)]
    told = [{"old": str(one.old), "new": str(one.new), "until": one.until} for one in changed]
    if session.show({"changed": told}):
        return
    for one in changed:
        output.sentence(say("La llave nueva, firmada por la anterior:"))
        output.sentence(str(one.new))
    if stolen:
        output.sentence(
            say(
                "Selle ahora («constancia ledger seal»), dé la llave nueva a los testigos para que borren la"
                " anterior («constancia witness drop-key»), y avise a quien comprueba sus ediciones."
            )
        )
    else:
        output.sentence(
            say(
                "Vale desde el próximo sello. Las dos firman hasta {day}: antes de ese día, dé la nueva a los"
                " testigos («constancia witness add-log») y a quien guarda sus respaldos."
            ).format(day=changed[0].until[:10])
        )


NAME = "keys"
HELP = later("Las llaves que firman las bitácoras, y cambiarlas.")
COMMANDS = [
    ("list", list_, later("Todas las que hubo, cuál firma y hasta cuándo.")),
    (
        "rotate",
        rotate,
        later("Otra llave: la anterior la firma en la propia bitácora y firma a su lado treinta días."),
    ),
]
