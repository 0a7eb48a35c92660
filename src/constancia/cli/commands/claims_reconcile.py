"""`constancia claims reconcile`: what follows if claims are all true, and which of them cannot be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.claims.claimants import key_of
from constancia.domain.errors import InputRefused, StoreRefused

if TYPE_CHECKING:
    from constancia.apps.claims import reconciling
    from constancia.domain.claims.reconcile import from_claims, from_statements, report
    from constancia.domain.claims.reconcile.from_claims import Read
else:
    reconciling = late("constancia.apps.claims.reconciling")
    from_claims = late("constancia.domain.claims.reconcile.from_claims")
    from_statements = late("constancia.domain.claims.reconcile.from_statements")
    report = late("constancia.domain.claims.reconcile.report")

LARGEST_FILE = 20_000_000
TOLERANCE = 0.1


def reconcile(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help=later(
                "Tabla CSV de afirmaciones (org, measure, value, bound, as_of …) o JSON de «claims read»; "
                "pueden ser varios. Sin archivo, las afirmaciones confirmadas del registro."
            )
        ),
    ] = None,
    register: Annotated[
        bool,
        typer.Option(
            "--register", help=later("Junto a los archivos, las afirmaciones confirmadas del registro.")
        ),
    ] = False,
    claimant: Annotated[
        list[str] | None, typer.Option(help=later("Solo las de quien se nombre; puede repetirse."))
    ] = None,
    tolerance: Annotated[
        float, typer.Option(help=later("Cuánto puede apartarse un «cerca de»: 0.1 es la décima parte."))
    ] = TOLERANCE,
    together: Annotated[
        bool,
        typer.Option(
            "--together", help=later("Como si todos contaran lo mismo; si falta, cada cual por su cuenta.")
        ),
    ] = False,
    ours: Annotated[
        bool, typer.Option("--ours", help=later("Junto a cada cifra, la nuestra del mismo día y personas."))
    ] = False,
    known_at: Annotated[
        str | None, typer.Option(help=later("Lo confirmado hasta este día o instante; ahora si falta."))
    ] = None,
) -> None:
    session, wanted = Session.of(context), {key_of(name) for name in claimant or ()}
    if files and not register and (ours or known_at is not None):
        raise InputRefused("claims.reconcile_register")
    reads: list[Read] = []
    if register or not files:
        session.start()
        known = session.known_at(known_at, "--known-at")
        reads.append(reconciling.assertions(session.user(), known, wanted, ours))
    if files:
        used, unused = assertions_of_files(files, _zone(session))
        reads.append(([a for a in used if not wanted or a.claimant in wanted], unused))
    used, unused = from_claims.merged(reads)
    if wanted and not used:
        raise InputRefused("claims.reconcile_claimant")
    found = report.shape(report.reconcile(used, unused, tolerance=tolerance, together=together), language())
    if not session.show(found):
        _show(found)
    if files and not found["assertions"]:
        raise InputRefused("claims.reconcile_nothing")


def _zone(session: Session) -> ZoneInfo:
    """The house's, where there is one: files are read without a register too."""
    try:
        return ZoneInfo(session.home().settings.zone)
    except StoreRefused:
        return from_statements.ZONE


def assertions_of_files(files: Sequence[Path], zone: ZoneInfo) -> Read:
    """What the files state, each told apart by its name. InputRefused where one cannot be read."""
    return from_claims.merged(_of_file(file, zone) for file in files)


def _of_file(file: Path, zone: ZoneInfo) -> Read:
    if not file.is_file():
        raise InputRefused("cli.file", option="FILE")
    if file.stat().st_size > LARGEST_FILE:
        raise InputRefused("claims.reconcile_large", megabytes=LARGEST_FILE // 1_000_000)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as broken:
        raise InputRefused("cli.file", option="FILE") from broken
    if text.lstrip()[:1] not in ("{", "["):
        return from_statements.from_statements(text, file.stem, zone)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise InputRefused("claims.reconcile_json") from broken
    return from_claims.from_gold(found, file.stem)


def _show(found: Mapping[str, Any]) -> None:
    """The same for people: contradictions first, then what follows, what adds up and what was left out."""
    assumed = say("{count} afirmaciones; «cerca de» se lee como ± {percent} %.")
    count = len(found["assertions"])
    output.sentence(assumed.format(count=count, percent=f"{found['tolerance'] * 100:g}"))
    if found["assertions"]:
        _conflicts(found)
    else:
        output.sentence(say("No hay nada que conciliar: ninguna afirmación se pudo usar."))
    between = [one for one in found["bounds"] if one["kind"] == "verified_between"]
    others = [one for one in found["bounds"] if one["kind"] != "verified_between"]
    words = {a["id"]: a["words"] for a in found["assertions"]}
    told = []
    for one in others:
        claims = dict.fromkeys([*one["lowest_claims"], *one["highest_claims"]])
        told.append(f"{one['words']} ({'; '.join(words[id] for id in claims)})")
    _listed(say("Lo que se sigue de ellas"), told)
    _listed(say("Entre un total y el siguiente"), [one["words"] for one in between])
    _listed(say("Sumas que cuadran"), [one["words"] for one in found["identities"]])
    notes = [f"{a['words']}: {note}" for a in found["assertions"] for note in a["assumed"]]
    _listed(say("Lo que hubo que suponer"), notes)
    _listed(say("No usadas"), [f"{one['id']}: {one['words']}" for one in found["not_used"]])
    limits = {
        "conflicts": say("La búsqueda se detuvo en su límite: puede haber más contradicciones."),
        "repairs": say("No se probaron todas las formas de resolver las contradicciones."),
        "bounds": say("No se buscó todo lo que se sigue de las afirmaciones."),
    }
    _listed(say("Límites"), [limits[part] for part in found["limited"]])


def _conflicts(found: Mapping[str, Any]) -> None:
    """By the claim that stands in most of them; each claim's cheapest repairs once."""
    output.sentence("")
    if not found["conflicts"]:
        output.sentence(say("Ninguna contradicción: todas pueden ser ciertas a la vez."))
    words = {a["id"]: a["words"] for a in found["assertions"]}
    left = {one["number"]: one for one in found["conflicts"]}
    for suspect in found["suspects"]:
        those = [left.pop(number) for number in suspect["conflicts"] if number in left]
        if len(those) < 2:
            left |= {one["number"]: one for one in those}
            continue
        output.sentence(say("{claim}: no puede ser cierta a la vez que").format(claim=suspect["words"]))
        for one in those:
            others = "; ".join(words[id] for id in one["claims"] if id != suspect["claim"])
            output.sentence(f"  {one['number']}. {others}.")
        _repairs(those[0])
    for one in left.values():
        output.sentence(f"{one['number']}. {one['words']}")
        _repairs(one)
    _listed(say("Posible, pero llamativo"), [one["words"] for one in found["strains"]])
    aside = say("Lo que se sigue se calculó sin ellas")
    _listed(aside, [words[id] for id in found["set_aside"]])


def _repairs(conflict: Mapping[str, Any]) -> None:
    for repair in conflict["repairs"][:3]:
        output.sentence(say("   La resolvería {what}.").format(what=repair["words"]))


def _listed(title: str, rows: Sequence[str]) -> None:
    if not rows:
        return
    output.sentence("")
    output.sentence(title)
    for row in rows:
        output.sentence(f"  · {row}")


COMMANDS = [
    ("reconcile", reconcile, later("Qué se sigue de lo que dicen, y qué no puede ser cierto a la vez."))
]
