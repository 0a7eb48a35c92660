"""`constancia search`: cases by words without accents, by code, by document number, by filters."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import CaseState, Custody, Profile, Sex

if TYPE_CHECKING:
    from constancia.apps.register import queries
    from constancia.infra import bootstrap
else:
    bootstrap = late("constancia.infra.bootstrap")
    queries = late("constancia.apps.register.queries")

LONGEST = 500


def search(
    context: typer.Context,
    text: Annotated[
        list[str] | None, typer.Argument(help=later("Palabras del nombre, alias, documento, código o lugar."))
    ] = None,
    custody: Annotated[Custody | None, typer.Option(help=later("Custodia."))] = None,
    state: Annotated[str, typer.Option(help=later("Estado del país."))] = "",
    place: Annotated[str, typer.Option(help=later("Lugar de detención."))] = "",
    sex: Annotated[Sex | None, typer.Option(help=later("Sexo."))] = None,
    profile: Annotated[Profile | None, typer.Option(help=later("Perfil."))] = None,
    case_state: Annotated[CaseState | None, typer.Option(help=later("Estado de la causa."))] = None,
    pending: Annotated[
        bool, typer.Option("--pending", help=later("Solo donde algo espera revisión."))
    ] = False,
    page: Annotated[int, typer.Option(min=1, help=later("Página."))] = 1,
) -> None:
    session = Session.of(context)
    words = " ".join(text or ())
    if len(words) > LONGEST:
        raise InputRefused("cli.search_long", maximum=LONGEST)
    session.start()
    filters = queries.Filters(
        custody=custody or "",
        state=state,
        place=place,
        sex=sex or "",
        profile=profile or "",
        case_state=case_state or "",
        pending=pending,
    )
    # Lists show how things stand, as known now.
    today, now = session.as_of(None, ""), session.known_at(None, "")
    found = queries.search(session.user(), words, filters, page)
    if session.show(
        {
            "as_of": today,
            "known_at": now,
            "page": found.page,
            "more": found.more,
            "total": found.total,
            "cases": [line(c) for c in found.lines],
        }
    ):
        return
    output.table(
        say("Casos") + " · " + labels.standpoint(today, now, bootstrap.zone()),
        [
            say("código"),
            say("nombre"),
            say("custodia"),
            say("desde"),
            say("estado"),
            say("lugar"),
            say("espera"),
        ],
        [
            [
                c.code,
                c.name,
                labels.term("custody", c.custody),
                c.since,
                labels.term("state", c.state),
                c.place,
                c.pending,
            ]
            for c in found.lines
        ],
    )
    if found.more:
        output.sentence(say("Hay más: siga con --page {page}.").format(page=found.page + 1))


def line(case: queries.CaseLine) -> dict[str, Any]:
    """A case in a list, for JSON: `external_ids` maps each source's name to its identifiers."""
    told = asdict(case)
    del told["pk"]
    told["external_ids"] = external_ids(case.external_ids)
    return told


def external_ids(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for scheme, value in pairs:
        found.setdefault(scheme, []).append(value)
    return found


COMMANDS = [("search", search, later("Busca casos, sin acentos ni mayúsculas."))]
