"""`constancia rebuild` and `constancia fsck`: derive everything again, or only compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import IntegrityBroken

if TYPE_CHECKING:
    from constancia.apps.register import maintenance
    from constancia.infra import bootstrap
else:
    bootstrap = late("constancia.infra.bootstrap")
    maintenance = late("constancia.apps.register.maintenance")


def rebuild(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    bootstrap.migrate()
    with output.progress(say("Derivando"), quiet=session.as_json) as advance:
        people = maintenance.rebuild(advance)
    if not session.show({"people": people}):
        output.sentence(say("Derivado de nuevo: {count} personas.").format(count=people))


def fsck(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    with output.progress(say("Comparando"), quiet=session.as_json) as advance:
        found = maintenance.fsck(advance)
    told = {
        "clean": found.clean,
        "people": found.people,
        "facts": found.facts,
        "states": found.states,
        "differences": found.differences,
        "unreadable": found.unreadable,
    }
    if not session.show(told):
        output.table(
            say("Comprobación"),
            ["", ""],
            [
                [say("personas"), found.people],
                [say("hechos"), found.facts],
                [say("estados"), found.states],
                *[
                    [say("filas distintas en {table}").format(table=t), n]
                    for t, n in found.differences.items()
                ],
                [say("hechos ilegibles"), found.unreadable],
            ],
        )
    if not found.clean:
        raise IntegrityBroken("fsck.differences", tables=len(found.differences), unreadable=found.unreadable)
    if not session.as_json:
        output.sentence(say("Lo derivado es exactamente lo que los hechos dicen."))


COMMANDS = [
    (
        "rebuild",
        rebuild,
        later(
            "Pone al día las tablas y deriva otra vez, de los hechos, los estados y el índice de búsqueda."
        ),
    ),
    ("fsck", fsck, later("Deriva aparte y compara con lo guardado; no cambia nada.")),
]
