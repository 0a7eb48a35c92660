"""`constancia audit`, the organisation's side: announcing a draw, making it, entering what was found."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output
from constancia.cli.commands import auditing_auditor
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import InputRefused
from constancia.domain.ledger.sampling import MOST, excluded_share

if TYPE_CHECKING:
    from constancia.apps.publishing.services import auditing
    from constancia.infra import files
else:
    auditing = late("constancia.apps.publishing.services.auditing")
    files = late("constancia.infra.files")

Edition = Annotated[int, typer.Option(min=1, max=2**31, help=later("Número de la edición."))]


def announce(
    context: typer.Context,
    beacon: Annotated[
        str,
        typer.Option(help=later("Qué sorteo público decidirá, como «drand quicknet round 12345678».")),
    ],
    edition: Edition,
) -> None:
    session = Session.of(context)
    session.start()
    found = auditing.announce(session.user(), edition, beacon)
    shape = {
        "edition": edition,
        "beacon": beacon,
        "roster": found.said.roster.size,
        "notice": found.number,
        "announcement": found.digest,
    }
    if session.show(shape):
        return
    output.sentence(
        say("Anunciado y sellado: «{beacon}» decidirá la muestra de la edición {edition}.").format(
            beacon=beacon, edition=edition
        )
    )
    output.sentence(say("Dele ahora a la auditora esta huella, antes de que salga el valor:"))
    output.sentence(found.digest)


def draw(
    context: typer.Context,
    beacon: Annotated[str, typer.Option(help=later("El valor que salió, en cifras hexadecimales."))],
    edition: Edition,
    out: Annotated[Path, typer.Option(help=later("Carpeta nueva para la auditora."))],
    n: Annotated[int, typer.Option("--n", min=1, help=later("Cuántos casos."))] = 59,
) -> None:
    session = Session.of(context)
    session.start()
    found = auditing.draw(session.user(), edition, beacon, n, out)
    if session.show({"edition": edition, "indices": found.indices, "folder": out}):
        return
    output.sentence(
        say("Sorteados {count} casos de la edición {edition}.").format(
            count=len(found.indices), edition=edition
        )
    )
    output.sentence(
        say(
            "En {folder} hay nombres y expedientes enteros: entréguela en mano, en un disco cifrado; "
            "no la deje en un correo, una nube ni un teléfono, y bórrela después."
        ).format(folder=out)
    )


def result(
    context: typer.Context,
    note: Annotated[Path, typer.Argument(help=later("El resultado firmado, resultado.txt."))],
    key: Annotated[
        str, typer.Option(metavar="VKEY", help=later("La llave pública de la auditora, dada por ella."))
    ],
) -> None:
    session = Session.of(context)
    session.start()
    found = auditing.enter_result(session.user(), auditing_auditor.contents(note), key)
    one = found.result
    shape = {
        "edition": one.edition,
        "auditor": found.auditor,
        **_bound_json(one.examined, len(one.bad), Fraction(95, 100)),
        "not_confirmed": one.bad,
    }
    if session.show(shape):
        return
    output.sentence(
        say("Asentado y sellado: resultado de {auditor} sobre la edición {edition}.").format(
            auditor=found.auditor, edition=one.edition
        )
    )
    output.sentence(_bound(one.examined, len(one.bad), Fraction(95, 100)))


def bound(
    context: typer.Context,
    n: Annotated[int, typer.Option("--n", min=1, max=MOST, help=later("Cuántos casos se examinaron."))],
    bad: Annotated[int, typer.Option(min=0, help=later("Cuántos no se confirmaron."))] = 0,
    confidence: Annotated[str, typer.Option(help=later("Confianza, de 0,5 a 0,9999."))] = "0.95",
) -> None:
    try:
        asked = Fraction(confidence.replace(",", ".")) if len(confidence) <= 10 else None
    except (ValueError, ZeroDivisionError):
        asked = None
    if asked is None:
        raise InputRefused("audit.confidence")
    if not Session.of(context).show(_bound_json(n, bad, asked)):
        output.sentence(_bound(n, bad, asked))


def _bound_json(examined: int, bad: int, confidence: Fraction) -> dict[str, Any]:
    share = excluded_share(examined, bad, confidence)
    return {
        "examined": examined,
        "confirmed": examined - bad,
        "confidence": float(confidence),
        "excluded_share": float(share),
    }


def _bound(examined: int, bad: int, confidence: Fraction) -> str:
    return say(
        "{confirmed} de {examined} confirmados: con {confidence} % de confianza, "
        "menos del {share} % de la relación es inventada."
    ).format(
        confirmed=examined - bad,
        examined=examined,
        confidence=_percent(confidence, 2),
        share=_percent(excluded_share(examined, bad, confidence), 3),
    )


def _percent(share: Fraction, places: int) -> str:
    """Rounded up: a bound that is said lower than it is would be no bound."""
    units = -(-(share * 100 * 10**places).numerator // (share * 100 * 10**places).denominator)
    whole, rest = divmod(units, 10**places)
    text = f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")
    return text if language() == "en" else text.replace(".", ",")


NAME = "audit"
HELP = later("Auditoría por muestra: anunciar el sorteo, hacerlo, comprobarlo, firmar lo que se halló.")
COMMANDS = [
    ("announce", announce, later("Asienta y sella, antes de que salga, qué sorteo público decidirá.")),
    ("draw", draw, later("Sortea los casos y escribe la carpeta de la auditora. Lleva nombres.")),
    *auditing_auditor.COMMANDS,
    ("result", result, later("Asienta y sella lo que firmó la auditora, y dice qué excluye.")),
    ("bound", bound, later("Qué parte inventada de la relación excluyen tantos casos confirmados.")),
]
