"""`constancia audit`, the auditor's side, which needs no register: a key, the check of a folder, a result."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.audit_folder import SAMPLE
from constancia.domain.ledger.auditing import Sample, result_of
from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import open_bundle
from constancia.verifier.command import asked_of
from constancia.verifier.sampled import check_sample, erased_of, whole_edition

if TYPE_CHECKING:
    from constancia.infra import auditor
else:
    auditor = late("constancia.infra.auditor")

LARGEST = 64_000
Folder = Annotated[Path, typer.Argument(help=later("La carpeta de la auditora."))]


def key(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=later("Nombre de la llave, como «auditora.ejemplo.org/2026»."))],
    out: Annotated[Path, typer.Option(help=later("Archivo nuevo en el que se guarda."))],
) -> None:
    made = auditor.create_key(out, name)
    if not Session.of(context).show({"name": made.name, "key": str(made), "file": out}):
        output.sentence(say("Llave creada en {file}. Esta es la pública: désela a la casa.").format(file=out))
        output.sentence(str(made))


def check(
    context: typer.Context,
    folder: Folder,
    bundle: Annotated[Path, typer.Option(help=later("La edición publicada: su carpeta o su zip."))],
    policy: Annotated[
        Path | None, typer.Option(help=later("Reglas propias (libros, testigos, quórum)."))
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(help=later("La llave de publicación que se espera: 64 cifras, de papel o de su sitio.")),
    ] = None,
) -> None:
    asked = asked_of(str(bundle), None, None if policy is None else str(policy), key)
    found = check_sample(open_bundle(folder), whole_edition(asked))
    shape = {
        "edition": found.sample.edition,
        "beacon": found.beacon,
        "value": found.sample.value,
        "roster": found.roster,
        "announcement": found.sample.announcement,
        "sample": found.digest,
        "announced_at_size": found.announced,
        "witnesses": [{"name": name, "seen_at": _instant(time)} for name, time in found.witnesses],
        "cases": [
            {"index": one.index, "code": one.person, "counted": one.counted, "records": one.records}
            for one in found.cases
        ],
        "erased": found.erased,
    }
    if Session.of(context).show(shape):
        return
    output.table(
        say("Casos sorteados"),
        [say("lugar"), say("código"), say("contado"), say("asientos abiertos")],
        [
            [one.index, one.person, say("sí") if one.counted else say("no"), one.records]
            for one in found.cases
        ],
    )
    for index in found.erased:
        output.sentence(say("Caso {index}: su llave se destruyó; no se puede confirmar.").format(index=index))
    output.sentence(
        say(
            "Los {count} casos son los que da el sorteo, y todo lo que se muestra de ellos es lo asentado "
            "antes de la edición."
        ).format(count=len(found.sample.indices))
    )
    output.sentence(
        say("Compruebe usted que «{beacon}» dio {value}, y que le dieron antes esta huella:").format(
            beacon=found.beacon, value=found.sample.value
        )
    )
    output.sentence(found.sample.announcement)
    for name, time in found.witnesses:
        output.sentence(say("{name} vio el anuncio el {day}").format(name=name, day=_instant(time)))
    if not found.witnesses:
        output.sentence(say("Ningún testigo vio el anuncio: su fecha es palabra de la casa."))


def sign(
    context: typer.Context,
    folder: Folder,
    confirmed: Annotated[int, typer.Option(min=0, help=later("Cuántos casos se confirmaron."))],
    key: Annotated[Path, typer.Option(help=later("El archivo de su llave."))],
    not_confirmed: Annotated[
        list[int] | None, typer.Option(min=0, help=later("Lugar de un caso que no se confirmó; se repite."))
    ] = None,
    out: Annotated[Path, typer.Option(help=later("Archivo nuevo para el resultado."))] = Path(
        "resultado.txt"
    ),
) -> None:
    given = open_bundle(folder)
    data = given[SAMPLE]
    sample, bad = Sample.read(data), not_confirmed or []
    if not set(erased_of(given, sample)) <= set(bad):
        raise ProofRefused("proof.result_cases")
    note = auditor.signed_result(result_of(sample, sha256(data).hexdigest(), confirmed, bad), key)
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(note)
    except OSError:
        raise StoreRefused("audit.unwritable", file=out.name) from None
    if not Session.of(context).show({"file": out, "note": note}):
        output.sentence(note)
        output.sentence(say("Firmado en {file}. No lleva nombres: puede enviarse.").format(file=out))


def contents(path: Path) -> bytes:
    """A small file. Raises InputRefused `audit.unreadable`."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError):
        raise InputRefused("audit.unreadable", file=path.name) from None
    if len(data) > LARGEST:
        raise InputRefused("audit.unreadable", file=path.name)
    return data


def _instant(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, ValueError, OSError):
        return str(seconds)


COMMANDS = [
    ("key", key, later("Crea la llave con la que una auditora firma. No usa el registro.")),
    ("check", check, later("Comprueba la carpeta contra la edición publicada. No usa el registro.")),
    ("sign", sign, later("Firma lo que se halló: cuántos casos confirmados y cuáles no.")),
]
