"""`constancia import`: look at what a spreadsheet would record, record it, list imports, take one back."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import labels, output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, TableRefused

if TYPE_CHECKING:
    from constancia.apps.imports import opening, services
    from constancia.apps.imports.previewing import Preview
    from constancia.apps.imports.services import Imported
    from constancia.apps.register import queries
    from constancia.domain.mapping import Refusal
    from constancia.infra import bootstrap
else:
    bootstrap = late("constancia.infra.bootstrap")
    opening = late("constancia.apps.imports.opening")
    services = late("constancia.apps.imports.services")
    queries = late("constancia.apps.register.queries")

LARGEST_MAPPING = 500_000
SHOWN = 40


def import_(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=later("Archivo CSV, XLSX u ODS."))] = None,
    mapping: Annotated[
        str | None,
        typer.Option(help=later("Mapa: un archivo TOML, o el nombre de uno que viene con el programa.")),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help=later("Solo mirar: qué se registraría y qué se rechaza."))
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help=later("Registrar sin preguntar."))] = False,
    list_: Annotated[bool, typer.Option("--list", help=later("Las importaciones que hay."))] = False,
    withdraw: Annotated[
        int | None, typer.Option(min=1, help=later("Retirar la importación de este número."))
    ] = None,
    reason: Annotated[str, typer.Option(help=later("Por qué se retira."))] = "",
) -> None:
    session = Session.of(context)
    if list_:
        _list(session)
    elif withdraw is not None:
        _withdraw(session, withdraw, reason)
    elif file is None or mapping is None:
        raise InputRefused("cli.import_what")
    else:
        _import(session, file, mapping, preview, yes)


def _import(session: Session, file: Path, named: str, only_preview: bool, yes: bool) -> None:
    session.start()
    user, text = session.user(), mapping_text(named)
    if not file.is_file():
        raise InputRefused("cli.file", option="FILE")
    if only_preview or not yes:
        with output.progress(say("Leyendo"), session.as_json) as advance:
            seen = services.preview(user, file, text, progress=advance)
        if only_preview and session.show(preview_json(seen)):
            return
        if not session.as_json:
            _show(seen)
        if only_preview:
            return
        if not sys.stdin.isatty() or session.as_json:
            raise InputRefused("cli.import_confirm")
        typer.confirm(say("¿Registrar?"), abort=True)
    with output.progress(say("Registrando"), session.as_json) as advance:
        done = services.commit(user, file, text, progress=advance)
    if session.show(imported_json(done)):
        return
    _show(done)
    if done.batch is None:
        output.sentence(say("No había nada nuevo: no se registró nada."))
    else:
        output.sentence(
            say("Es la importación {number}; espera la revisión de otra persona.").format(number=done.batch)
        )


def mapping_text(named: str) -> str:
    """The TOML of the file `named`, else of the shipped mapping of that name. Raises InputRefused."""
    path = Path(named)
    try:
        if path.is_file() and path.stat().st_size <= LARGEST_MAPPING:
            return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputRefused("cli.file", option="--mapping") from None
    found = opening.shipped().get(named)
    if found is None:
        raise InputRefused("cli.file", option="--mapping")
    return str(found)


def preview_json(seen: Preview) -> dict[str, Any]:
    return {
        "title": seen.title,
        "sheet": seen.sheet,
        "encoding": seen.encoding,
        "delimiter": seen.delimiter,
        "columns": seen.columns,
        "unused": seen.unused,
        **_counts(seen),
        "detentions": seen.detentions,
        "duplicates": {
            "total": seen.duplicates_total,
            "shown": [
                {"row": d.row, "other_row": d.other_row, "code": d.code, "likeness": d.likeness.value}
                for d in seen.duplicates
            ],
        },
    }


def imported_json(done: Imported) -> dict[str, Any]:
    return {"import": done.batch, "title": done.title, **_counts(done)}


def _counts(told: Preview | Imported) -> dict[str, Any]:
    return {
        "rows": told.rows,
        "new_people": told.new_people,
        "more": told.more,
        "known": told.known,
        "refused_rows": told.refused_rows,
        "facts": told.facts,
        "by_kind": dict(told.by_kind),
        "refusals": {
            "by_code": dict(told.refusals_by_code),
            "shown": [refusal_json(one) for one in told.refusals],
        },
    }


def refusal_json(one: Refusal) -> dict[str, Any]:
    return {
        "row": one.row,
        "column": one.column,
        "code": one.code,
        "says": _says(one),
        "whole_row": one.whole_row,
    }


def _says(one: Refusal) -> str:
    return explain(TableRefused(one.code, **_plain(one.params)), language())


def _plain(params: Mapping[str, str | int]) -> dict[str, str | int]:
    return {**{"row": "", "column": ""}, **params}


def _show(told: Preview | Imported) -> None:
    output.table(
        told.title,
        ["", ""],
        [
            [say("filas"), told.rows],
            [say("personas nuevas"), told.new_people],
            [say("filas que añaden algo a personas conocidas o de otra fila"), told.more],
            [say("filas que ya estaban"), told.known],
            [say("filas rechazadas"), told.refused_rows],
            [say("hechos"), told.facts],
            *[[f"  {labels.kind(kind)}", n] for kind, n in _most(told.by_kind)],
        ],
    )
    if told.refusals:
        output.table(
            say("Rechazos: {count}").format(count=sum(told.refusals_by_code.values())),
            [say("fila"), say("columna"), say("por qué")],
            [[one.row, one.column, _says(one)] for one in told.refusals[:SHOWN]],
        )


def _most(counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _list(session: Session) -> None:
    session.start()
    found = queries.batches(session.user())
    if session.show({"imports": [asdict(batch) for batch in found]}):
        return
    output.table(
        say("Importaciones"),
        [
            say("número"),
            say("título"),
            say("cuándo"),
            say("registró"),
            say("personas"),
            say("hechos"),
            say("retirados"),
        ],
        [
            [b.number, b.title, _when(b.recorded_at), b.recorder, b.people, b.facts, b.withdrawn]
            for b in found
        ],
    )


def _when(recorded_at: str) -> str:
    return labels.instant(datetime.fromisoformat(recorded_at), bootstrap.zone())


def _withdraw(session: Session, number: int, reason: str) -> None:
    session.start()
    with output.progress(say("Retirando"), session.as_json) as advance:
        count = services.withdraw(session.user(), number, reason, advance)
    if not session.show({"import": number, "withdrawn": count}):
        output.sentence(
            say("Retirados {count} hechos; siguen a la vista como retirados.").format(count=count)
        )


COMMANDS = [
    (
        "import",
        import_,
        later("Importa una hoja de cálculo por medio de un mapa; lista y retira importaciones."),
    )
]
