"""`constancia edition list`, `show`, `verify`, `explain`: what was published, and whether it still holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import IntegrityBroken

if TYPE_CHECKING:
    from constancia.apps.figures import wording
    from constancia.apps.publishing import queries
    from constancia.infra import bootstrap
else:
    wording = late("constancia.apps.figures.wording")
    queries = late("constancia.apps.publishing.queries")
    bootstrap = late("constancia.infra.bootstrap")

Number = Annotated[int, typer.Argument(min=1, max=2**31, help=later("Número de la edición."))]


def list_(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    user = session.user()
    editions = queries.editions(user)
    drafts = queries.drafts(user) if queries.may_work(user) else []
    if session.show(
        {"editions": [edition_json(one) for one in editions], "drafts": [draft_json(one) for one in drafts]}
    ):
        return
    zone = bootstrap.zone()
    output.table(
        say("Ediciones"),
        [
            say("n.º"),
            say("título"),
            say("día"),
            say("según lo sabido el"),
            say("detenidas"),
            say("aprobó"),
            say("archivos"),
            say("erratas"),
        ],
        [
            [
                one.number,
                one.title.in_language(language()),
                one.as_of,
                labels.instant(one.known_at, zone),
                one.held,
                one.approved_by,
                say("sí") if one.built else say("no"),
                one.errata,
            ]
            for one in editions
        ],
    )
    waiting = [one for one in drafts if one.standing in STANDINGS]
    if waiting:
        output.table(
            say("Borradores"),
            [say("n.º"), say("título"), say("día"), say("cómo está"), say("escribió")],
            [
                [one.number, one.title, one.as_of, say(STANDINGS[one.standing]), one.recorded_by]
                for one in waiting
            ],
        )


STANDINGS = {
    "draft": later("sin comprobar"),
    "refused": later("por resolver"),
    "checked": later("comprobado"),
}


def edition_json(one: Any) -> dict[str, Any]:
    """An edition in lists."""
    return {
        "number": one.number,
        "title": one.title.model_dump(),
        "as_of": one.as_of,
        "known_at": one.known_at,
        "held": one.held,
        "approved_at": one.approved_at,
        "approved_by": one.approved_by,
        "built": one.built,
        "errata": one.errata,
    }


def draft_json(one: Any) -> dict[str, Any]:
    """A draft in lists."""
    return {
        "draft": one.number,
        "title": one.title,
        "as_of": one.as_of,
        "known_at": one.known_at,
        "standing": one.standing,
        "edition": one.edition,
    }


def figure_json(one: Any) -> dict[str, Any]:
    """A published number, with its period or day and what was known."""
    return {"value": one.value, "start": one.start, "as_of": one.as_of, "known_at": one.known_at}


def show(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    page = queries.edition(session.user(), number)
    if session.show(
        {
            **edition_json(page.line),
            "sha256": page.sha256,
            "key": page.key or None,
            "content": page.content.model_dump(mode="json"),
            "errata": [one.model_dump(mode="json") for one in page.errata],
            "files": list(page.files),
        }
    ):
        return
    content, zone = page.content, bootstrap.zone()
    output.sentence(
        f"{content.number} · {content.title.in_language(language())} · "
        + labels.standpoint(content.as_of, content.known_at, zone)
    )
    for one in page.errata:
        output.sentence(
            say("Fe de erratas {number}: {words}").format(
                number=one.number, words=one.words.in_language(language())
            )
        )
    output.table(
        say("Cifras"),
        [
            say("cifra"),
            say("valor"),
            say("mínimo"),
            say("máximo"),
            say("desde"),
            say("día"),
            say("según lo sabido el"),
        ],
        [
            [
                one.label.in_language(language()),
                one.value,
                one.lowest,
                one.highest,
                one.start,
                one.as_of,
                labels.instant(one.known_at, zone),
            ]
            for one in content.figures
        ],
    )
    output.sentence(say("Huella del contenido: {sha256}").format(sha256=page.sha256))


def verify(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    steps = queries.verify(session.user(), number)
    held = all(step.held is not False for step in steps)
    shape = {
        "edition": number,
        "holds": held,
        "steps": [{"step": one.name, "held": one.held, "details": list(one.details)} for one in steps],
    }
    if not session.show(shape):
        for place, step in enumerate(steps, start=1):
            mark = {True: "✓", False: "✗", None: "–"}[step.held]
            output.sentence(f"{place}. {mark} {say(STEPS[step.name])}")
            for detail in step.details:
                output.sentence(f"      {detail}")
    if not held:
        raise IntegrityBroken("edition.not_held", number=number)


STEPS = {
    "content": later("El contenido guardado es, byte por byte, el que se aprobó."),
    "signature": later("El manifiesto está firmado por esta casa y habla de este contenido."),
    "files": later("Cada archivo es el que se firmó."),
    "chain": later("La edición anterior es la que esta nombra."),
    "recount": later("Todas las cifras, contadas otra vez desde el registro, dan lo mismo."),
}


def explain(
    context: typer.Context,
    first: Number,
    second: Annotated[
        int | None,
        typer.Argument(min=1, max=2**31, help=later("Otra edición; lo sabido hoy del mismo día si falta.")),
    ] = None,
    people: Annotated[
        bool, typer.Option("--people", help=later("Las personas detrás de cada causa."))
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    found = queries.explain(session.user(), first, second)
    balance = found.balance
    shape = {
        "first": first,
        "second": second,
        "balance": balance.model_dump(mode="json"),
        "figures": [
            {"name": one.name, "first": figure_json(one), "second": figure_json(other)}
            for one, other in found.figures
        ],
        "hidden": found.hidden,
        **({"people": found.people or []} if people else {}),
    }
    if session.show(shape):
        return
    zone = bootstrap.zone()
    opened = labels.standpoint(balance.opening_as_of, balance.opening_known_at, zone)
    closed = labels.standpoint(found.as_of, found.known_at, zone)
    rows: list[list[object]] = [[opened, balance.opening]]
    for sign, terms in (("+", balance.came), ("−", balance.went)):
        rows += [[f"{sign} {term.label.in_language(language())}", term.value] for term in terms if term.value]
    rows.append([closed, balance.closing])
    output.table(say("Personas detenidas"), ["", say("personas")], rows)
    if found.figures:
        output.table(
            say("Otras cifras que difieren"),
            [
                say("cifra"),
                say("edición"),
                say("valor"),
                say("desde"),
                say("día"),
                say("según lo sabido el"),
            ],
            [
                [
                    one.label.in_language(language()),
                    number,
                    one.value,
                    one.start,
                    one.as_of,
                    labels.instant(one.known_at, zone),
                ]
                for pair in found.figures
                for number, one in zip((first, second), pair, strict=True)
            ],
        )
    if people:
        output.table(
            say("Quiénes"),
            [say("código"), say("causa")],
            [
                [
                    one["code"],
                    ("+ " if one["side"] == "in" else "− ") + wording.cause(one["side"], one["cause"]),
                ]
                for one in found.people or []
            ],
        )
        if found.hidden:
            output.sentence(say("Y {count} que usted no puede ver.").format(count=found.hidden))


COMMANDS = [
    ("list", list_, later("Las ediciones, y los borradores que esperan.")),
    ("show", show, later("Una edición entera, con sus erratas.")),
    (
        "verify",
        verify,
        later("Comprueba una edición: contenido, firma, archivos, y todas las cifras contadas otra vez."),
    ),
    ("explain", explain, later("Qué cambió entre dos ediciones, o entre una y lo sabido hoy del mismo día.")),
]
