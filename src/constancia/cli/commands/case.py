"""`constancia case CODE`: one case as of a day, as known at an instant."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import casework, unlocking
from constancia.cli.commands.search import external_ids
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later
from constancia.domain import codes
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.deeds import OpeningReason
from constancia.domain.vocabulary.terms import Tier

if TYPE_CHECKING:
    from constancia.apps.regions.services import opening
    from constancia.apps.register import queries, revealing
    from constancia.infra import bootstrap
else:
    opening = late("constancia.apps.regions.services.opening")
    bootstrap = late("constancia.infra.bootstrap")
    queries = late("constancia.apps.register.queries")
revealing = late("constancia.apps.register.revealing")


class Opens(StrEnum):
    """What of a case may be opened."""

    IDENTITY = Tier.IDENTITY.value
    SEALED = Tier.SEALED.value


def case(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help=later("Código del caso."))],
    as_of: Annotated[str | None, typer.Option(help=later("Día que se mira; hoy si falta."))] = None,
    known_at: Annotated[
        str | None, typer.Option(help=later("Lo sabido hasta este día o instante; ahora si falta."))
    ] = None,
    witnessed: Annotated[
        bool,
        typer.Option(
            "--witnessed", help=later("Solo lo que el propio registro vio entrar (sin fechas declaradas).")
        ),
    ] = False,
    opens: Annotated[
        Opens | None,
        typer.Option(
            "--open",
            help=later("Abre lo cerrado: documento y nacimiento (identity), o fuente y contactos (sealed)."),
        ),
    ] = None,
    reason: Annotated[OpeningReason | None, typer.Option(help=later("Por qué se abre."))] = None,
    words: Annotated[str, typer.Option(help=later("El motivo con sus palabras, sin nombres."))] = "",
    region_key: Annotated[
        bool,
        typer.Option(
            "--region-key", help=later("Abre, solo para esta orden, las llaves de región de quien actúa.")
        ),
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    day, known = session.as_of(as_of, "--as-of"), session.known_at(known_at, "--known-at")
    user, code = session.user(), codes.normalise(code)
    by = []
    if opens is not None:
        if reason is None:
            raise InputRefused("cli.missing", option="--reason")
        if region_key:
            opening.open_keys(user, unlocking.ask_for_region(user.username))
        by.append(revealing.reveal(user, code, Tier(opens), reason, words))
    page = queries.case(user, code, day, known, witnessed=witnessed, by=by)
    if not session.show(casework.case_json(page, external_ids(page.external_ids))):
        casework.case_text(page, bootstrap.zone())


COMMANDS = [
    ("case", case, later("Un caso: custodia, causa, medidas, y cada hecho con su grado y su fuente."))
]
