"""`constancia verify`: what anybody may check of an edition, without a register and without a passphrase."""

from __future__ import annotations

from dataclasses import replace
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from constancia.cli import output
from constancia.cli.session import Session
from constancia.cli.words import language, later
from constancia.domain.catalogue import sentences
from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.command import asked_of
from constancia.verifier.report import StepResult
from constancia.verifier.steps import Asked
from constancia.verifier.steps import verify as verified
from constancia.verifier.telling import last_lines, step_lines


def verify(
    context: typer.Context,
    bundle: Annotated[Path, typer.Argument(help=later("La edición: su carpeta o su zip."))],
    previous: Annotated[
        Path | None, typer.Option(help=later("La edición anterior, para comparar con ella misma."))
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option(help=later("Reglas propias (libros, testigos, quórum) en vez de las del paquete.")),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(help=later("La llave de publicación que se espera: 64 cifras, de papel o de su sitio.")),
    ] = None,
) -> None:
    _told(context, bundle, asked_of(str(bundle), _text(previous), _text(policy), key))


def verify_receipt(
    context: typer.Context,
    code: Annotated[
        str, typer.Argument(help=later("El recibo, o «-» para escribirlo sin que quede en la pantalla."))
    ],
    bundle: Annotated[Path, typer.Option(help=later("La edición de la que es: su carpeta o su zip."))],
) -> None:
    written = getpass("? ") if code == "-" else code
    _told(context, bundle, replace(asked_of(str(bundle), None, None, None), receipt=written))


def _told(context: typer.Context, bundle: Path, asked: Asked) -> None:
    """Verifies and says it. Raises ProofRefused `proof.fails` where a step fails."""
    session, tongue = Session.of(context), language()

    def tell(step: StepResult) -> None:
        if not session.as_json:
            for line in step_lines(step, tongue, sentences()):
                output.sentence(line)

    report = verified(asked, tell)
    if not session.show({"bundle": bundle.name, **report.shape()}):
        for line in last_lines(report, tongue):
            output.sentence(line)
    if not report.holds:
        raise ProofRefused("proof.fails", steps=", ".join(map(str, report.failed)))


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


COMMANDS = [
    (
        "verify",
        verify,
        later("Comprueba una edición publicada, paso por paso, sin registro y sin frase de paso."),
    ),
    (
        "verify-receipt",
        verify_receipt,
        later("Comprueba que el caso de un recibo está contado en una edición, una sola vez."),
    ),
]
