"""`constancia claims compare`: everybody's figure beside ours, and why two of them differ."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.claims.claim import FILTERS
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.terms import Qualifier, Said

if TYPE_CHECKING:
    from constancia.apps.claims import comparing, ladder
    from constancia.domain.claims import claimants
    from constancia.infra import bootstrap
else:
    bootstrap = late("constancia.infra.bootstrap")
    claimants = late("constancia.domain.claims.claimants")
    comparing = late("constancia.apps.claims.comparing")
    ladder = late("constancia.apps.claims.ladder")


def compare(
    context: typer.Context,
    as_of: Annotated[
        str | None, typer.Option(help=later("El día, o el último del período; hoy si falta."))
    ] = None,
    start: Annotated[str | None, typer.Option("--from", help=later("Primer día, para un período."))] = None,
    known_at: Annotated[
        str | None,
        typer.Option(help=later("Lo sabido, y lo confirmado, hasta este día o instante; ahora si falta.")),
    ] = None,
    about: Annotated[Said, typer.Option(help=later("Qué se dice."))] = Said.HELD,
    part: Annotated[
        list[str] | None, typer.Option(help=later("De quiénes, como sex=woman; puede repetirse."))
    ] = None,
    claimant: Annotated[str | None, typer.Option(help=later("Solo las cifras de este."))] = None,
    bridge: Annotated[
        tuple[int, int] | None,
        typer.Option(metavar="N N", help=later("Explica la diferencia entre estas dos cifras ajenas.")),
    ] = None,
) -> None:
    session = Session.of(context)
    session.start()
    user, known = session.user(), session.known_at(known_at, "--known-at")
    if bridge is not None:
        shape = comparing.bridge(user, *bridge, known)
        if not session.show(shape):
            show_bridge(shape)
        return
    found = comparing.compare(
        user,
        about,
        session.as_of(as_of, "--as-of"),
        session.as_of(start, "--from") if start is not None else None,
        known,
        traits(part or []),
        claimants.key_of(claimant) if claimant else None,
    )
    if not session.show(found):
        show(found)
        if not found["claims"]:
            output.sentence(say("Nadie ha dicho nada de eso en estos días, o aún no está confirmado."))
        output.sentence(
            say("Nuestras cifras, según lo sabido el {when}.").format(
                when=labels.instant(known, bootstrap.zone())
            )
        )


def traits(given: list[str]) -> dict[str, str]:
    """`["sex=woman"]` as {"sex": "woman"}. Raises InputRefused (`cli.part`)."""
    found = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not (equals and value and name in FILTERS):
            raise InputRefused("cli.part")
        found[name] = value
    return found


def show(found: dict[str, Any]) -> None:
    """Each claim on a row, with our count under its rule and under ours."""
    title = label(Said(found["about"]), _tongue())
    output.table(
        title,
        [
            say("n.º"),
            say("quién"),
            say("dice"),
            say("de quiénes"),
            say("de cuándo"),
            say("publicado"),
            say("nosotros, con su regla"),
            say("según lo sabido ese día"),
            say("nosotros, con la nuestra"),
            say("sin explicar"),
        ],
        [
            [
                claim["number"],
                ladder.claimant(claim),
                amount(claim),
                claim["category"],
                when(claim),
                claim["published"],
                claim["restated"]["value"] if claim["restated"] else None,
                claim["then"]["value"] if claim["then"] else None,
                claim["ours"]["value"] if claim["ours"] else ladder.why_not(claim["not_comparable"]),
                claim["unexplained"],
            ]
            for claim in found["claims"]
        ],
    )


def amount(claim: dict[str, Any]) -> str:
    """«más de 573», «80–100»."""
    value = f"{claim['value']}–{claim['high']}" if claim["high"] is not None else str(claim["value"])
    qualifier = Qualifier(claim["qualifier"])
    return value if qualifier is Qualifier.EXACT else f"{label(qualifier, _tongue())} {value}"


def when(claim: dict[str, Any]) -> str:
    """The day or the period that a claim is of."""
    period = claim["period"]
    if period and period["start"] != period["end"]:
        return f"{period['start'] or '…'} – {period['end'] or '…'}"
    return claim["day"] or "—"


def show_bridge(found: dict[str, Any]) -> None:
    """From one claim to the other, each term with its change."""
    rows: list[list[object]] = []
    for row in ladder.rungs(found):
        if row["kind"] == "claim":
            rows.append([say("{name} dice").format(name=row["words"]), row["day"], None, row["value"]])
        elif row["kind"] == "ours":
            words = say("nuestra cuenta: {rule}").format(rule=row["words"])
            if row["then"]:
                words += ", " + say("según lo que sabíamos al publicarse")
            rows.append([words, row["day"], None, row["value"]])
        else:
            rows.append([row["words"], None, row["change"], None])
    title = say("Qué separa las dos cifras")
    output.table(title, [say("qué"), say("al"), say("cambio"), say("cifra")], rows)
    day = labels.day(date.fromisoformat(found["second"]["day"]))
    output.sentence(say("Las diferencias de regla, contadas al {day}.").format(day=day))


def _tongue() -> Any:
    return language()


COMMANDS = [("compare", compare, later("Lo que dice cada quien junto a lo que contamos, y el porqué."))]
