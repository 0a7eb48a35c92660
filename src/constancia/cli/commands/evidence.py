"""`constancia evidence`: what is kept of a file, its chain of custody, and its proof for who has the file."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.errors import InputRefused
from constancia.domain.ledger.custody import check_custody
from constancia.domain.ledger.policy import Policy
from constancia.domain.vocabulary.labels import label
from constancia.infra.files import write_whole

if TYPE_CHECKING:
    from constancia.apps.register import evidence as files
else:
    files = late("constancia.apps.register.evidence")


NAME = "evidence"
HELP = later("Los archivos de prueba: lo que dicen de sí, su cadena de custodia y su prueba.")
Number = Annotated[int, typer.Argument(min=1, max=2**62, help=later("Número del archivo."))]


def show(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    page = files.page_of(session.user(), number)
    examined = page.examined
    told: dict[str, Any] = {
        "number": page.line.number,
        "case": page.code,
        "fact": page.fact,
        "title": page.line.title,
        "sha256": page.line.sha256,
        "size": page.line.size,
        "media_type": page.line.media_type,
        "recorded_at": page.line.recorded_at,
        "notes": [note.value for note in examined.notes] if examined else None,
        "traits": [[trait.value, value] for trait, value in examined.traits] if examined else None,
        "traits_hidden": page.traits_hidden,
        "custody": [
            {"number": one.number, "step": one.step, "way": one.way, "purpose": one.purpose,
             "words": one.words, "by": one.by, "at": one.at, "sealed": one.sealed}
            for one in page.steps
        ],
    }  # fmt: skip
    if session.show(told):
        return
    output.sentence(f"{page.line.title} · {page.line.media_type} · {page.line.size} B")
    output.sentence(f"SHA-256 {page.line.sha256}")
    if examined:
        for note in examined.notes:
            output.sentence(label(note, language()))
        rows = [[label(trait, language()), value] for trait, value in examined.traits]
        output.table(say("Lo que el archivo dice de sí"), ["", ""], rows)
    output.table(
        say("Cadena de custodia"),
        [say("paso"), say("cuándo"), say("quién"), say("de quién o a quién")],
        [
            [
                say_step(one.step),
                one.at.isoformat(),
                one.by,
                one.words,
            ]
            for one in page.steps
        ],
    )


def verify(context: typer.Context, number: Number) -> None:
    session = Session.of(context)
    session.start()
    step = files.verify_again(session.user(), number)
    if not session.show({"number": number, "step": step, "same": True}):
        output.sentence(say("El original es el que se guardó; quedó en la cadena de custodia."))


def prove(
    context: typer.Context,
    number: Number,
    out: Annotated[
        Path | None, typer.Option(help=later("Archivo en el que se escribe; si falta, se muestra."))
    ] = None,
) -> None:
    session = Session.of(context)
    session.start()
    proof = files.prove(session.user(), number)
    if out is not None:
        write_whole(out, proof, mode=0o600)
    if not session.show({"number": number, "steps": proof.count(b"\n"), "proof": proof.decode()}):
        output.sentence(str(out) if out else proof.decode())


def check(
    context: typer.Context,
    proof: Annotated[Path, typer.Argument(help=later("La prueba que dio el registro."))],
    file: Annotated[Path, typer.Argument(help=later("El archivo."))],
    policy: Annotated[
        Path, typer.Option(help=later("Reglas (libros, testigos, quórum): las de cualquier edición."))
    ],
) -> None:
    session = Session.of(context)
    digest = sha256(_bytes(file, "FILE")).hexdigest()
    steps = check_custody(_bytes(proof, "PROOF"), digest, Policy.read(_bytes(policy, "--policy")))
    told = [
        {"step": one.fields.get("custody.step"), "at": one.fields.get("known_at"), "log": one.origin,
         "index": one.index, "witnesses": list(one.witnesses)}
        for one in steps
    ]  # fmt: skip
    if session.show({"sha256": digest, "steps": told}):
        return
    output.sentence(say("El archivo es el que la organización recibió, y estos pasos están en su bitácora:"))
    output.table(
        say("Cadena de custodia"),
        [say("paso"), say("cuándo"), say("hoja"), say("testigos")],
        [
            [
                say_step(str(one.fields.get("custody.step"))),
                one.fields.get("known_at"),
                one.index,
                len(one.witnesses),
            ]
            for one in steps
        ],
    )


def say_step(step: str) -> str:
    """The words of a step, or its term where a proof shows one that this version does not know."""
    try:
        return label(f"CustodyStep.{step}", language())
    except KeyError:
        return step


def _bytes(path: Path, option: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise InputRefused("cli.file", option=option) from None


COMMANDS = [
    ("show", show, later("Un archivo: lo que dice de sí y su cadena de custodia.")),
    ("verify", verify, later("Lee el original entero, lo compara y lo anota en su cadena.")),
    ("prove", prove, later("La prueba de un archivo, para quien lo tiene: un tribunal, un perito.")),
    ("check", check, later("Comprueba una prueba contra el archivo, sin registro y sin frase de paso.")),
]
