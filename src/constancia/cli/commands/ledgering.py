"""`constancia ledger`: sealing, proving and checking the logs, and going on after a restored backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output
from constancia.cli.commands import ledger_keys
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.catalogue import explain
from constancia.domain.errors import IntegrityBroken, NotFound
from constancia.infra.files import write_whole

if TYPE_CHECKING:
    from constancia.apps.ledger.queries import checking, proofs, trail_checking
    from constancia.apps.ledger.services import cosigning, moving, recovering
    from constancia.apps.register import vouching
    from constancia.domain.ledger import spoken_root
    from constancia.infra import whereabouts
else:
    checking = late("constancia.apps.ledger.queries.checking")
    trail_checking = late("constancia.apps.ledger.queries.trail_checking")
    proofs = late("constancia.apps.ledger.queries.proofs")
    cosigning = late("constancia.apps.ledger.services.cosigning")
    moving = late("constancia.apps.ledger.services.moving")
    whereabouts = late("constancia.infra.whereabouts")
    recovering = late("constancia.apps.ledger.services.recovering")
    vouching = late("constancia.apps.register.vouching")
    spoken_root = late("constancia.domain.ledger.spoken_root")

LOGS = ("hechos", "casos")
WrittenTo = Annotated[
    Path | None, typer.Option(help=later("Archivo en el que se escribe; si falta, se muestra."))
]
OfLog = Annotated[str, typer.Option(metavar="hechos|casos", help=later("Cuál de las dos bitácoras."))]


def seal(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    sealed, answers = cosigning.seal_and_cosign()
    told = {
        "logs": [
            {"log": one.log, "size": one.size, "root": one.root.hex(), "entries": one.entries}
            for one in sealed
        ],
        "witnesses": _answers_json(answers),
    }
    if not session.show(told):
        output.table(
            say("Sellado"),
            [say("bitácora"), say("asientos nuevos"), say("tamaño"), say("raíz")],
            [[one.log, one.entries, one.size, spoken_root.proquints(one.root[:16])] for one in sealed],
        )
        _tell(answers)


def checkpoint(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    rows = [row for row in map(proofs.last_checkpoint, LOGS) if row is not None]
    if not rows:
        raise NotFound("ledger.not_sealed")
    notes = [proofs.note_of(row) for row in rows]
    told = {
        "checkpoints": [
            {"log": row.log, "size": row.size, "root": bytes(row.root).hex(), "signed_at": row.signed_at,
             "note": note}
            for row, note in zip(rows, notes, strict=True)
        ]
    }  # fmt: skip
    if not session.show(told):
        for row, note in zip(rows, notes, strict=True):
            output.sentence(str(spoken_root.SpokenRoot.of(proofs.signed(row))))
            output.sentence(note)


def prove(
    context: typer.Context,
    about: Annotated[
        str,
        typer.Argument(
            metavar="fact|review|attestation|case|edition|erratum|notice", help=later("Qué se prueba.")
        ),
    ],
    number: Annotated[int, typer.Argument(min=1, help=later("Su número."))],
    out: WrittenTo = None,
) -> None:
    session = Session.of(context)
    session.start()
    proof = proofs.proof_of(about, number)
    shape = {"about": about, "number": number, "index": proof.index, "proof": proof.data().decode()}
    _give(session, proof.data(), out, shape)


def consistency(
    context: typer.Context,
    older: Annotated[int, typer.Argument(min=1, help=later("El tamaño más viejo."))],
    newer: Annotated[int, typer.Argument(min=1, help=later("El tamaño más nuevo."))],
    log: OfLog = "hechos",
    out: WrittenTo = None,
) -> None:
    session = Session.of(context)
    session.start()
    grown = proofs.growth(log, proofs.checkpoint_at(log, older), proofs.checkpoint_at(log, newer))
    shape = {"log": log, "older": older, "newer": newer, "proof": grown.data().decode()}
    _give(session, grown.data(), out, shape)


def fsck(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    found = checking.check()
    with output.progress(say("Comparando"), quiet=session.as_json) as advance:
        vouched = vouching.vouch(advance)
    trail = trail_checking.check_trail()
    faults = {**found.faults, **{name: vouched[name] for name in VOUCHED if vouched[name]}, **trail.faults}
    told: dict[str, Any] = {
        "clean": not faults,
        "entries": found.entries,
        "waiting": found.waiting,
        "leaves": found.leaves,
        "padding": found.padding,
        "lost": found.lost,
        "checkpoints": found.checkpoints,
        "tiles": found.tiles,
        "records": vouched["records"],
        "sealed_for_ever": vouched["sealed"],
        "trail": {"events": trail.events, "days": trail.days},
        "faults": faults,
    }
    if not session.show(told):
        output.table(
            say("Bitácora"),
            ["", ""],
            [
                [say("asientos"), found.entries],
                [say("por sellar"), found.waiting],
                *[[say("hojas de «{log}»").format(log=log), size] for log, size in found.leaves.items()],
                [say("hojas de relleno"), found.padding],
                [say("hojas de lo perdido"), found.lost],
                [say("sellos"), found.checkpoints],
                [say("archivos públicos"), found.tiles],
                [say("registros comparados"), vouched["records"]],
                [say("registros cuya llave se destruyó"), vouched["sealed"]],
                [say("anotaciones de auditoría"), trail.events],
                *[[say(FAULTS[name]), count] for name, count in faults.items()],
            ],
        )
    if faults:
        raise IntegrityBroken("ledger.faults", count=sum(faults.values()))
    if not session.as_json:
        output.sentence(say("La bitácora se sostiene, y el registro dice lo que en ella se asentó."))


VOUCHED = ("altered", "missing", "gone")
FAULTS = {
    "entry": later("✗ asientos cuya huella no es la de lo que dicen"),
    "chain": later("✗ asientos que faltan, sobran o se movieron"),
    "leaf": later("✗ hojas fuera de lugar"),
    "node": later("✗ nudos que no salen de sus hojas"),
    "checkpoint": later("✗ sellos que no son de este árbol"),
    "tile": later("✗ archivos públicos que faltan o son otros"),
    "published": later("✗ sellos publicados que no son el último"),
    "standing": later("✗ el último sello publicado no es de este registro"),
    "altered": later("✗ registros que dicen otra cosa que lo asentado"),
    "missing": later("✗ registros sin asiento"),
    "gone": later("✗ asientos cuyo registro no está"),
    "trail_altered": later("✗ anotaciones de auditoría alteradas"),
    "trail_shortened": later("✗ días de auditoría cuyas anotaciones faltan"),
    "trail_replaced": later("✗ días de auditoría que dicen otra cosa que lo asentado"),
}


def recover(
    context: typer.Context,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", help=later("Copia de la carpeta pública de las bitácoras; si falta, la propia.")
        ),
    ] = None,
    nothing_newer: Annotated[
        bool,
        typer.Option(
            "--nothing-newer",
            help=later("Después de «constancia restore»: nada se publicó después de ese respaldo."),
        ),
    ] = False,
) -> None:
    session = Session.of(context)
    session.start()
    told = recovering.recover(source, nothing_newer=nothing_newer)
    shape = {
        "logs": [{"log": one.log, "size": one.size, "found": one.found, "lost": one.lost} for one in told]
    }
    if session.show(shape):
        return
    output.table(
        say("Recuperado"),
        [say("bitácora"), say("tamaño"), say("hojas nuestras"), say("hojas de lo perdido")],
        [[one.log, one.size, one.found, one.lost] for one in told],
    )
    if any(one.lost for one in told):
        output.sentence(
            say("Lo que se registró después de la copia hay que volver a registrarlo, como hechos nuevos.")
        )


def moved(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help=later("Sin preguntar."))] = False,
) -> None:
    session = Session.of(context)
    home = session.start()
    how = whereabouts.differs(home)
    if how is not None and not yes:
        output.sentence(
            say(
                "Va a sellar desde aquí. La otra carpeta, la de antes, no debe sellar nunca más: si lo hace,"
                " la bitácora cuenta dos historias y deja de valer. Apáguela o bórrela antes de seguir."
            )
        )
        typer.confirm(say("¿La otra está apagada y no volverá a sellar?"), abort=True)
    how = moving.moved()
    if not session.show({"moved": how is not None, "how": how}):
        output.sentence(
            say("Ya era este su lugar.") if how is None else say("Desde ahora se sella aquí, y solo aquí.")
        )


def anchor(
    context: typer.Context,
    authority: Annotated[str, typer.Option(help=later("Dirección de la autoridad de sellos de tiempo."))],
    roots: Annotated[
        Path,
        typer.Option(exists=True, dir_okay=False, help=later("Certificados en los que se confía (PEM).")),
    ],
) -> None:
    session = Session.of(context)
    session.start()
    answers = cosigning.anchor(authority, roots.read_bytes())
    if not session.show({"stamps": _answers_json(answers)}):
        _tell(answers)
    for one in answers:
        if one.refused is not None:
            raise one.refused


def _give(session: Session, data: bytes, out: Path | None, shape: dict[str, Any]) -> None:
    if out is not None:
        write_whole(out, data, mode=0o644)
    if session.show(shape | ({"file": out} if out else {})):
        return
    output.sentence(str(out) if out else data.decode())


def _answers_json(answers: list[Any]) -> list[dict[str, Any]]:
    return [
        {"log": one.log, "who": one.who, "refused": one.refused.code if one.refused else None}
        for one in answers
    ]


def _tell(answers: list[Any]) -> None:
    for one in answers:
        said = explain(one.refused, language()) if one.refused else say("firmó.")
        output.sentence(f"{one.who} ({one.log}): {said}")


NAME = "ledger"
INNER = (ledger_keys,)
HELP = later("La bitácora: sellarla, probar lo que hay en ella, comprobarla.")
COMMANDS = [
    ("seal", seal, later("Sella lo registrado, lo firma y pide la firma de los testigos.")),
    ("checkpoint", checkpoint, later("Los últimos sellos, con quienes los firmaron.")),
    ("prove", prove, later("Prueba que algo está en la bitácora, en un archivo que cualquiera comprueba.")),
    ("consistency", consistency, later("Prueba que entre dos sellos solo se añadió.")),
    (
        "fsck",
        fsck,
        later("Comprueba las bitácoras, y que el registro diga lo asentado; no cambia nada."),
    ),
    ("recover", recover, later("Después de restaurar una copia vieja: recupera lo publicado y sigue.")),
    ("moved", moved, later("El registro se mudó a esta carpeta o máquina: desde ahora se sella aquí.")),
    ("anchor", anchor, later("Pide a una autoridad (RFC 3161) que feche los últimos sellos.")),
]
