"""`constancia review …`: what waits for a second person, and their verdicts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from constancia.cli import labels, output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Verdict

if TYPE_CHECKING:
    from constancia.apps.register import queries, services
else:
    queries = late("constancia.apps.register.queries")
    services = late("constancia.apps.register.services")

Confirm = Annotated[bool, typer.Option("--confirm", help=later("Lo confirma."))]
Doubt = Annotated[bool, typer.Option("--doubt", help=later("Lo pone en duda."))]
Retract = Annotated[bool, typer.Option("--retract", help=later("Retira su veredicto anterior."))]
Note = Annotated[str, typer.Option(help=later("Nota, sin datos de nadie."))]


def queue(
    context: typer.Context,
    page: Annotated[int, typer.Option(min=1, help=later("Página."))] = 1,
) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    lines, more = queries.review_queue(user, page)
    batches = queries.batches(user)
    told = {
        "waiting": queries.waiting(user),
        "page": page,
        "more": more,
        "facts": [asdict(line) for line in lines],
        "imports": [asdict(batch) for batch in batches],
    }
    if session.show(told):
        return
    output.table(
        say("Hechos que esperan revisión: {count}").format(count=told["waiting"]),
        [say("número"), say("caso"), say("hecho"), say("fecha"), say("fuente"), say("registró")],
        [
            [
                f.seq,
                f.code,
                labels.kind(f.kind),
                f.words or f.edtf,
                labels.term("source", f.source_kind),
                f.recorder,
            ]
            for f in lines
        ],
    )
    unreviewed = [b for b in batches if not b.reviews and b.withdrawn < b.facts]
    if unreviewed:
        output.table(
            say("Importaciones sin revisar"),
            [say("número"), say("título"), say("personas"), say("hechos"), say("registró")],
            [[b.number, b.title, b.people, b.facts, b.recorder] for b in unreviewed],
        )


def fact(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, help=later("Número del hecho."))],
    confirm: Confirm = False,
    doubt: Doubt = False,
    retract: Retract = False,
    note: Note = "",
) -> None:
    give(context, "fact", number, verdict(confirm, doubt, retract), note)


def batch(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, help=later("Número de la importación."))],
    confirm: Confirm = False,
    doubt: Doubt = False,
    retract: Retract = False,
    note: Note = "",
) -> None:
    give(context, "import", number, verdict(confirm, doubt, retract), note)


def give(
    context: typer.Context, of: Literal["fact", "import"], number: int, chosen: Verdict, note: str
) -> None:
    """Records the verdict of the acting user on a fact, or on every fact of an import."""
    session = Session.of(context)
    session.start()
    record, told = {
        "fact": (services.review, say("Anotado.")),
        "import": (services.review_batch, say("Anotado para cada hecho de la importación.")),
    }[of]
    record(session.user(), number, chosen, note)
    if not session.show({of: number, "verdict": chosen.value}):
        output.sentence(told)


def verdict(confirm: bool, doubt: bool, retract: bool) -> Verdict:
    """The one verdict asked for. Raises InputRefused (`cli.verdict`) for none or several."""
    asked = [
        verdict
        for given, verdict in ((confirm, Verdict.CONFIRM), (doubt, Verdict.DOUBT), (retract, Verdict.RETRACT))
        if given
    ]
    if len(asked) != 1:
        raise InputRefused("cli.verdict")
    return asked[0]


NAME = "review"
HELP = later("Revisar: lo que espera a una segunda persona, y su veredicto.")
COMMANDS = [
    ("queue", queue, later("Los hechos y las importaciones que esperan revisión.")),
    ("fact", fact, later("Confirma o pone en duda un hecho.")),
    ("import", batch, later("Confirma o pone en duda todos los hechos de una importación.")),
]
