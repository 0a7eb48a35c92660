"""`constancia link`: two lists beside each other; encodings to exchange in their place."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from constancia.cli import output
from constancia.cli.commands.linking_words import report, show_curve, show_report
from constancia.cli.house import Group
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused
from constancia.infra.files import open_to_others

if TYPE_CHECKING:
    from constancia.apps.matching import exchanging, files, linking, outputs, own, uniting
    from constancia.domain.matching.linking.records import People
else:
    exchanging = late("constancia.apps.matching.exchanging")
    files = late("constancia.apps.matching.files")
    linking = late("constancia.apps.matching.linking")
    outputs = late("constancia.apps.matching.outputs")
    own = late("constancia.apps.matching.own")
    uniting = late("constancia.apps.matching.uniting")

NAME = "link"
HELP = later("Enlaza el registro con la lista de otra organización, o dos listas entre sí; no registra nada.")
DEFAULT = "lists"
LARGEST = 500_000


class LinkGroup(Group):
    """`constancia link OTRA.csv …` means `constancia link lists OTRA.csv …`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] != "--help" and args[0] not in self.commands:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


class EngineName(StrEnum):
    DUCKDB = "duckdb"
    SPARK = "spark"


Mappings = Annotated[
    list[str] | None,
    typer.Option(
        "--mapping",
        help=later("Mapa de la lista: un TOML, o el nombre de uno del programa; dos veces si hay dos."),
    ),
]
Reason = Annotated[
    str, typer.Option(help=later("Para qué salen los archivos: lo lee quien tiene que aprobarlo."))
]
AsOf = Annotated[str | None, typer.Option(help=later("Día de las cuentas por regla; hoy si falta."))]


def lists(
    context: typer.Context,
    named: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help=later("Una lista (con el registro) o dos."))
    ] = None,
    mapping: Mappings = None,
    alone: Annotated[
        bool, typer.Option("--alone", help=later("Busca los repetidos de una sola lista, sin registro."))
    ] = False,
    engine: Annotated[EngineName, typer.Option(help=later("Dónde se calcula."))] = EngineName.DUCKDB,
    spark_folder: Annotated[
        Path | None, typer.Option(help=later("Carpeta en disco cifrado para los archivos de paso de Spark."))
    ] = None,
    accept: Annotated[float, typer.Option(help=later("Probabilidad desde la que un par se enlaza."))] = 0.5,
    truth: Annotated[
        str, typer.Option(help=later("Columna que dice quién es quién: mide precisión y exhaustividad."))
    ] = "",
    sample: Annotated[
        Path | None, typer.Option(help=later("Escribe una muestra de pares para que una persona los juzgue."))
    ] = None,
    sample_size: Annotated[int, typer.Option(min=10, max=10_000, help=later("Pares de la muestra."))] = 200,
    labels: Annotated[
        Path | None, typer.Option(help=later("Lee una muestra juzgada: precisión y exhaustividad."))
    ] = None,
    as_of: AsOf = None,
    out: Annotated[
        Path | None, typer.Option(help=later("Carpeta donde escribir pairs.csv y clusters.csv."))
    ] = None,
    reason: Reason = "",
) -> None:
    session = Session.of(context)
    if labels is not None and not named:
        _labels(session, labels)
        return
    given, texts = named or [], _mappings(mapping)
    if not 1 <= len(given) <= 2 or (alone and len(given) == 2) or not 1 <= len(texts) <= len(given):
        raise InputRefused("linking.how_many")
    if not 0 < accept < 1:
        raise InputRefused("linking.accept")
    listed = [files.Listed(path, texts[min(at, len(texts) - 1)]) for at, path in enumerate(given)]
    with_register = len(given) == 1 and not alone
    people = [files.of_file(one, truth) for one in listed]
    spent = None
    if with_register:
        session.start()
        leaving = [name for name, wanted in ((own.LINKS, out), (own.SAMPLE, sample)) if wanted is not None]
        spent = own.to_leave(session.user(), leaving, reason) if leaving else None
        people.insert(0, own.of_register(session.user()))
    with output.progress(say("Enlazando"), session.as_json) as advance:
        found = linking.run(
            people,
            own=with_register,
            engine=engine.value,
            spark_folder=spark_folder,
            accept=accept,
            progress=advance,
        )
    counts = []
    if with_register:
        counts = uniting.rule_counts(session.user(), found, session.as_of(as_of, "--as-of"))
    written = outputs.write(found, out, spent) if out is not None else []
    drawn = outputs.write_sample(found, sample, sample_size, spent) if sample is not None else None
    said = report(found, linking.truth_of(found), counts, engine.value)
    said |= {"written": [path.name for path in written], "sample": drawn}
    if labels is not None:
        said["labels"] = _curve(labels)
    if session.show(said):
        return
    show_report(said)
    if drawn is not None:
        output.sentence(
            say("Muestra de {count} pares: lleva nombres; guárdela como tal.").format(count=drawn)
        )


def encode(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=later("Archivo de codificaciones que se entrega."))],
    named: Annotated[
        Path | None, typer.Argument(metavar="FILE", help=later("La lista; si falta, el registro."))
    ] = None,
    mapping: Mappings = None,
    secret_file: Annotated[
        Path | None, typer.Option(help=later("Archivo con el secreto común; si falta, se pregunta."))
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help=later("Dónde guardar qué codificación es qué fila; no se entrega."))
    ] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--fields", help=later("Solo estos campos; puede repetirse."))
    ] = None,
    reason: Reason = "",
) -> None:
    session, texts = Session.of(context), _mappings(mapping)
    if (named is None) == bool(texts) or len(texts) > 1:
        raise InputRefused("linking.how_many")
    secret = _secret(secret_file)
    people: People
    unshared, spent = 0, None
    if named is not None:
        people = files.of_file(files.Listed(named, texts[0]))
    else:
        session.start()
        spent = own.to_leave(session.user(), [own.ENCODINGS], reason)
        people, unshared = own.of_register_for_others(session.user())
    made = exchanging.encode(people, secret, out, keys, fields or (), spent)
    told = {"records": made.records, "empty": made.empty, "fields": list(made.fields), "left_out": unshared}
    if session.show(told):
        return
    if unshared:
        output.sentence(
            say("{count} personas quedan fuera: se dijo que solo se cuenten o que no salgan.").format(
                count=unshared
            )
        )
    output.sentence(
        say(
            "{count} codificaciones de {fields}. Son datos personales: entréguelas solo a la otra parte."
        ).format(count=made.records, fields=", ".join(made.fields))
    )


def compare(
    context: typer.Context,
    first: Annotated[Path, typer.Argument(metavar="A.clk", help=later("Unas codificaciones."))],
    second: Annotated[Path, typer.Argument(metavar="B.clk", help=later("Las otras."))],
    accept: Annotated[
        float | None, typer.Option(help=later("Parecido mínimo; si falta, sale de las propias listas."))
    ] = None,
    out: Annotated[Path | None, typer.Option(help=later("Dónde escribir qué pares se parecen."))] = None,
) -> None:
    session = Session.of(context)
    found = exchanging.compare(first, second, accept, out)
    shown = {
        "first": found.first,
        "second": found.second,
        "both": found.both,
        "only_first": found.first - found.both,
        "only_second": found.second - found.both,
        "accept": round(found.accept, 4),
        "fields": list(found.fields),
    }
    if session.show(shown):
        return
    output.table(
        say("Cuánto coinciden dos listas"),
        ["", say("personas")],
        [
            [say("solo en la primera"), shown["only_first"]],
            [say("en las dos"), shown["both"]],
            [say("solo en la segunda"), shown["only_second"]],
        ],
    )


def _labels(session: Session, file: Path) -> None:
    found = _curve(file)
    if not session.show({"labels": found}):
        show_curve(found)


def _curve(file: Path) -> dict[str, Any]:
    judged, points = outputs.read_labels(file)
    return {"strata": [asdict(one) for one in judged], "curve": [asdict(one) for one in points]}


def _mappings(named: list[str] | None) -> list[str]:
    """The TOML of each: of a file, else of a shipped mapping of that name."""
    texts = []
    for name in named or []:
        path = Path(name)
        try:
            whole = path.is_file() and path.stat().st_size <= LARGEST
            texts.append(path.read_text(encoding="utf-8-sig") if whole else str(files.shipped()[name]))
        except (OSError, UnicodeDecodeError, KeyError):
            raise InputRefused("cli.file", option="--mapping") from None
    return texts


def _secret(file: Path | None) -> str:
    """From a private file, or asked for; never from the command line, where others see it."""
    if file is None:
        if not sys.stdin.isatty():
            raise InputRefused("encoding.secret_file")
        return str(typer.prompt(say("Secreto común"), hide_input=True, err=True))
    try:
        if os.name == "posix" and open_to_others(file):
            raise InputRefused("encoding.secret_file")
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise InputRefused("encoding.secret_file") from None


GROUP = LinkGroup
COMMANDS = [
    (DEFAULT, lists, later("Enlaza una lista con el registro, dos entre sí, o una consigo misma.")),
    (
        "encode",
        encode,
        later("Codifica una lista con un secreto común, para compararla sin mostrar nombres."),
    ),
    ("compare", compare, later("Mide cuánto coinciden dos archivos de codificaciones.")),
]
