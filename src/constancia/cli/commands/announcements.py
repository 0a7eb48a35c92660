"""`constancia announcements list` and `show`: what was announced, and what was verified of it by when."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output, questions
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say

if TYPE_CHECKING:
    from constancia.apps.claims import queries
    from constancia.apps.figures import queries as figures
    from constancia.domain.figures import periods
    from constancia.infra import bootstrap
else:
    queries = late("constancia.apps.claims.queries")
    figures = late("constancia.apps.figures.queries")
    periods = late("constancia.domain.figures.periods")
    bootstrap = late("constancia.infra.bootstrap")

KnownAt = Annotated[
    str | None, typer.Option(help=later("Lo sabido hasta este día o instante; ahora si falta."))
]


def list_(context: typer.Context, known_at: KnownAt = None, population: questions.Rule = None) -> None:
    session = Session.of(context)
    session.start()
    known = session.known_at(known_at, "--known-at")
    lines = queries.announcements(session.user(), known, population)
    rule = population or figures.default_rule()
    if session.show({"known_at": known, "rule": rule, "announcements": [shape(line) for line in lines]}):
        return
    output.table(
        say("Anuncios") + " · " + labels.instant(known, bootstrap.zone()),
        [
            say("n.º"),
            say("día"),
            say("anuncio"),
            say("quién"),
            say("anunciadas"),
            say("verificadas"),
            say("por verificar"),
            say("faltan"),
        ],
        [
            [
                line.number,
                line.announced_on,
                line.title,
                line.claimant,
                line.value,
                line.came.verified,
                line.came.reported,
                line.came.remaining,
            ]
            for line in lines
        ],
    )


def show(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, max=2**53, help=later("Número del anuncio."))],
    known_at: KnownAt = None,
    population: questions.Rule = None,
) -> None:
    session = Session.of(context)
    session.start()
    known = session.known_at(known_at, "--known-at")
    page = queries.announcement(session.user(), number, known, population)
    rule = population or figures.default_rule()
    if session.show({"known_at": page.moment.known_at, "rule": rule, **whole(page)}):
        return
    line, zone = page.line, bootstrap.zone()
    output.sentence(f"{line.title} · {line.claimant} · {labels.day(line.announced_on)}")
    if line.progress is None:
        output.sentence(say("Retirado: {why}").format(why=line.note))
        return
    came = line.progress
    output.table(
        "",
        [say("anunciadas"), say("verificadas"), say("por verificar"), say("faltan")],
        [[line.value, came.verified, came.reported, came.remaining]],
    )
    if line.beyond:
        output.sentence(beyond_words(line.beyond))
    output.table(
        say("Salidas verificadas, según se fueron conociendo"),
        [say("conocido"), say("verificadas")],
        [[labels.instant(periods.instant_of(step.known_at), zone), step.verified] for step in came.steps],
    )
    if page.listed:
        output.table(
            say("La lista"),
            ["", say("nombres")],
            [[outcome_words(name), count] for name, count in list_shape(page.counts).items()],
        )


def beyond_words(number: int) -> str:
    return say(
        "Se le atribuyen {n} salidas más de las anunciadas: su plazo abarca otras, o se cumplió con creces. "
        "Corrija el plazo o atribúyalas a mano."
    ).format(n=number)


def shape(line: queries.AnnouncementLine) -> dict[str, Any]:
    """An announcement in a list, for JSON; the numbers of a withdrawn one are null."""
    told = asdict(line)
    told["recorded_at"] = told.pop("known_at")
    for name in ("progress", "recorded_by", "document_title"):
        del told[name]
    came = line.progress
    return told | {
        "verified": came.verified if came else None,
        "reported": came.reported if came else None,
        "by_hand": came.by_hand if came else None,
        "remaining": came.remaining if came else None,
    }


def whole(page: queries.AnnouncementPage) -> dict[str, Any]:
    """An announcement whole, for JSON. The names of a list are not told."""
    came = page.line.progress
    return {
        **shape(page.line),
        "steps": [
            {"known_at": periods.instant_of(step.known_at), "verified": step.verified}
            for step in (came.steps if came else ())
        ],
        "releases": [
            {name: value for name, value in asdict(one).items() if name != "person"} for one in page.releases
        ],
        "hidden": page.hidden,
        "list": list_shape(page.counts),
        "versions": [shape(one) for one in page.versions],
    }


def list_shape(counts: queries.ListCounts) -> dict[str, int]:
    """How many names stand where."""
    return {"total": counts.total, "matched": counts.matched, **queries.by_outcome(counts)}


def outcome_words(name: str) -> str:
    """Where names of a list stand, as people read it."""
    words = {
        "total": say("nombres en la lista"),
        "matched": say("personas del registro"),
        "undecided": say("sin decidir"),
        "released": say("salieron, verificado"),
        "reported": say("salida reportada"),
        "held": say("siguen presas: autorizado y no cumplido"),
        "elsewhere": say("fuera desde antes, o no se sabe"),
        "repeated": say("repetidos: la misma persona que otro nombre"),
        "other_reasons": say("detenidas por otras razones"),
        "not_in_register": say("no están en el registro"),
        "struck": say("tachados: no estaban en la lista, no cuentan"),
    }
    return words[name]


NAME = "announcements"
HELP = later("Lo anunciado, y lo que de ello se verificó.")
COMMANDS = [
    ("list", list_, later("Los anuncios, con lo verificado de cada uno según lo sabido en un día.")),
    ("show", show, later("Un anuncio: cada paso de lo verificado, sus salidas y su lista.")),
]
