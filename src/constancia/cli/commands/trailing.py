"""`constancia trail`: what was noted, the openings of a month, and whether the chain holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import days, labels, output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain import codes
from constancia.domain.errors import InputRefused, IntegrityBroken
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.labels import label

if TYPE_CHECKING:
    from constancia.apps.accounts import queries as people
    from constancia.apps.ledger.queries import trail_checking
    from constancia.apps.trail import monthly, queries, wording
    from constancia.infra import bootstrap
else:
    people = late("constancia.apps.accounts.queries")
    trail_checking = late("constancia.apps.ledger.queries.trail_checking")
    monthly = late("constancia.apps.trail.monthly")
    queries = late("constancia.apps.trail.queries")
    wording = late("constancia.apps.trail.wording")
    bootstrap = late("constancia.infra.bootstrap")


def events(
    context: typer.Context,
    user: Annotated[str | None, typer.Option(help=later("Nombre de usuario de quien lo hizo."))] = None,
    deed: Annotated[Deed | None, typer.Option(help=later("Qué se hizo."))] = None,
    day: Annotated[str | None, typer.Option(help=later("Día, en la zona de la organización."))] = None,
    code: Annotated[str, typer.Option(help=later("Código de un caso."))] = "",
    page: Annotated[int, typer.Option(min=1, help=later("Página."))] = 1,
) -> None:
    session = Session.of(context)
    session.start()
    wanted = queries.Wanted(
        actor=people.person(None, user).pk if user else None,
        deed=deed,
        day=days.day(day, "--day") if day else None,
        code=codes.normalise(code) if code else "",
    )
    found = queries.events(session.user(), wanted, page)
    if session.show({"events": [_event(one) for one in found.lines], "page": page, "more": found.more}):
        return
    zone = bootstrap.zone()
    output.table(
        say("Auditoría"),
        [say("número"), say("cuándo"), say("quién"), say("qué"), say("caso"), say("más")],
        [
            [
                one.seq,
                f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
                one.who,
                label(one.deed, language()),
                one.code or one.mark,
                wording.said(one.said),
            ]
            for one in found.lines
        ],
    )


def _event(one: queries.EventLine) -> dict[str, Any]:
    return {
        "seq": one.seq,
        "at": one.at,
        "who": one.who,
        "deed": one.deed,
        "outcome": one.outcome,
        "about": one.about,
        "code": one.code,
        "said": dict(one.said),
    }


def openings(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="2026-11", help=later("El mes; este si falta."))] = "",
) -> None:
    session = Session.of(context)
    session.start()
    if month and (len(month) != len("2026-11") or month[4] != "-"):
        raise InputRefused("cli.value", option="--month")
    day = days.day(f"{month}-01", "--month") if month else session.as_of(None, "")
    found = monthly.openings_of(session.user(), day)
    told = [
        {
            "who": one.who,
            "role": one.role,
            "openings": one.openings,
            "persons": one.persons,
            "compared": one.compared,
            "deeds": dict(one.deeds),
            "reasons": dict(one.reasons),
            "outside": one.outside,
            "night": one.night,
            "busiest": one.busiest,
            "refused": one.refused,
            "unusual": one.unusual,
        }
        for one in found
    ]
    if session.show({"month": f"{day:%Y-%m}", "users": told}):
        return
    output.table(
        say("Aperturas de {month}").format(month=f"{day:%Y-%m}"),
        [say("quién"), say("rol"), say("aperturas"), say("personas"), say("más en una hora"),
         say("fuera"), say("de noche"), say("negadas"), say("comparadas"), say("mirar")],
        [
            [one.who, labels.term("role", one.role), one.openings, one.persons, one.busiest, one.outside,
             one.night, one.refused, one.compared, "!" if one.unusual else ""]
            for one in found
        ],
    )  # fmt: skip


def check(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    found = trail_checking.check_trail()
    told = {
        "holds": found.holds,
        "events": found.events,
        "days": found.days,
        "open": found.open,
        "first": found.first,
        "faults": dict(found.faults),
    }
    shown = session.show(told)
    if not found.holds:
        raise IntegrityBroken("trail.broken", first=found.first)
    if not shown:
        words = say(
            "La cadena se sostiene: {events} anotaciones; {days} días en la bitácora; {open} desde el último."
        )
        output.sentence(words.format(events=found.events, days=found.days, open=found.open))


NAME = "trail"
HELP = later("La auditoría: quién leyó, buscó, abrió o exportó qué.")
COMMANDS = [
    ("events", events, later("Lo anotado, lo último primero.")),
    ("openings", openings, later("Las aperturas de un mes por persona, lo poco usual primero.")),
    ("check", check, later("Comprueba la cadena y la compara con lo asentado en la bitácora.")),
]
