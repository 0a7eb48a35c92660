"""`constancia match`: a list of names beside the register. Records nothing; `--keep` keeps the list."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import InputRefused
from constancia.domain.matching.degrees import ACCEPT
from constancia.domain.matching.shapes import Proposed, Reason
from constancia.domain.matching.words import said
from constancia.domain.vocabulary.terms import ListKind, SourceKind

if TYPE_CHECKING:
    from constancia.apps.matching import queries, receiving, services
    from constancia.apps.matching.queries import Found
    from constancia.apps.register import services as register
    from constancia.domain.dates import reading
    from constancia.domain.matching.reading import ReadList
else:
    queries = late("constancia.apps.matching.queries")
    receiving = late("constancia.apps.matching.receiving")
    services = late("constancia.apps.matching.services")
    register = late("constancia.apps.register.services")
    reading = late("constancia.domain.dates.reading")

LARGEST = 64 * 1024 * 1024
TOP = 5

File = Annotated[
    str, typer.Argument(metavar="FILE|-", help=later("Archivo de la lista; «-»: lo que se pegue."))
]


def match(
    context: typer.Context,
    file: File,
    kind: Annotated[
        ListKind | None, typer.Option(help=later("Qué dice la lista de quienes están en ella."))
    ] = None,
    accept: Annotated[
        float, typer.Option(help=later("Desde qué probabilidad se propone a una persona."))
    ] = ACCEPT,
    top: Annotated[int, typer.Option(min=1, max=20, help=later("Candidatas por entrada."))] = TOP,
    name_column: Annotated[
        str, typer.Option(help=later("Columna de los nombres, si la hoja tiene varias."))
    ] = "",
    keep: Annotated[bool, typer.Option("--keep", help=later("Guardar la lista para trabajarla."))] = False,
    title: Annotated[str, typer.Option(help=later("Con --keep: título."))] = "",
    day: Annotated[str, typer.Option(help=later("Con --keep: de qué día habla, como lo diga."))] = "",
    place: Annotated[str, typer.Option(help=later("Con --keep: lugar."))] = "",
    state: Annotated[str, typer.Option(help=later("Con --keep: estado del país."))] = "",
    source_kind: Annotated[SourceKind | None, typer.Option(help=later("Con --keep: quién lo dice."))] = None,
    source: Annotated[str, typer.Option(help=later("Con --keep: quién exactamente; va sellado."))] = "",
    earlier: Annotated[
        int | None, typer.Option(min=1, help=later("Con --keep: la lista de la que es otra edición."))
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help=later("Guardarla aunque el archivo ya esté."))
    ] = False,
) -> None:
    session = Session.of(context)
    if keep and (kind is None or source_kind is None):
        raise InputRefused("cli.list_needs")
    data = _data(file)
    session.start()
    user = session.user()
    when = reading.read(day, order="dmy") if day.strip() else None
    read = _read(data, file, name_column)
    number = None
    if keep and kind is not None and source_kind is not None:
        if when is None:
            raise InputRefused("list.day")
        given = services.ListGiven(
            title=title,
            kind=kind,
            source=register.SourceGiven(source_kind, source),
            when=when,
            place=place,
            state=state,
            earlier=earlier,
            file="" if file == "-" else Path(file).name,
        )
        number = services.keep(user, given, read, again=again).number
    found = queries.beside_register(user, read, accept=accept, top=top)
    kept = {} if number is None else {"list": number}
    if session.show(kept | {"entries": [found_json(one) for one in found]}):
        return
    _show(found, len(read.skipped))
    if number is not None:
        output.sentence(say("Guardada como lista {number}. No cambia nada de nadie.").format(number=number))


def _data(file: str) -> bytes:
    """Raises InputRefused `cli.file`, `cli.file_large`."""
    try:
        if file == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(file).open("rb") as opened:
                data = opened.read(LARGEST + 1)
    except (OSError, ValueError):
        raise InputRefused("cli.file", option="FILE") from None
    if len(data) > LARGEST:
        raise InputRefused("cli.file_large", limit=LARGEST // (1024 * 1024))
    return data


def _read(data: bytes, file: str, name_column: str) -> ReadList:
    if file != "-":
        columns = {"name": name_column} if name_column else None
        return receiving.read_file(data, Path(file).name, columns=columns)
    try:
        return receiving.read_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputRefused("cli.file", option="FILE") from None


def found_json(one: Found) -> dict[str, Any]:
    """One entry beside the register; `proposal`: the code of a person's case, "new" or "unsure"."""
    return {
        "entry": one.entry.mention.name,
        "line": one.entry.line,
        "candidates": [
            {
                "person": line.code,
                "external_ids": _external(line.external_ids),
                "name": line.name,
                "probability": round(candidate.probability, 4),
                "reasons": [reason_json(reason) for reason in candidate.reasons],
            }
            for candidate, line in one.candidates
        ],
        "proposal": _proposal(one),
        "margin": round(one.proposal.margin, 4),
    }


def _external(ids: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for scheme, value in ids:
        found.setdefault(scheme, []).append(value)
    return found


def reason_json(reason: Reason) -> dict[str, Any]:
    return {
        "comparison": reason.comparison,
        "words": said(reason, language()),
        "theirs": reason.theirs,
        "ours": reason.ours,
        "weight": round(reason.weight, 3),
    }


def _proposal(one: Found) -> str:
    if one.proposal.proposed is Proposed.PERSON:
        return one.person.code if one.person is not None else Proposed.UNSURE.value
    return one.proposal.proposed.value


def _show(found: tuple[Found, ...], left_out: int) -> None:
    rows: list[list[object]] = []
    for one in found:
        first = one.candidates[0] if one.candidates else None
        rows.append(
            [
                one.entry.line,
                one.entry.mention.name,
                first[1].name if first else "",
                first[1].code if first else "",
                f"{first[0].probability:.0%}" if first else "",
                _proposed(one),
            ]
        )
    headings = [say("línea"), say("en la lista"), say("en el registro"), say("caso"), say("probabilidad")]
    output.table("", [*headings, say("se propone")], rows)
    people = sum(one.proposal.proposed is Proposed.PERSON for one in found)
    new = sum(one.proposal.proposed is Proposed.NEW for one in found)
    output.sentence(
        say("{total} nombres: {people} con propuesta, {new} que no están, {unsure} por mirar.").format(
            total=len(found), people=people, new=new, unsure=len(found) - people - new
        )
    )
    if left_out:
        output.sentence(say("{count} líneas no se leyeron como nombres.").format(count=left_out))


def _proposed(one: Found) -> str:
    if not one.comparable:
        return say("no se puede comparar")
    words = {
        Proposed.PERSON: say("es esa persona"),
        Proposed.NEW: say("no está en el registro"),
        Proposed.UNSURE: say("que lo diga una persona"),
    }
    return words[one.proposal.proposed]


COMMANDS = [("match", match, later("Pone una lista de nombres junto al registro; no anota nada."))]
