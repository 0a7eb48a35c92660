"""`constancia claims read`: the claims that a text makes, proposed by the reader. No register is opened.

A text may begin with a line `source: ADDRESS`; it is no part of the text, and tells whose the text is where
the address is an organisation's own site. With --json a list stands on standard output, one object per
claim, as `Claim.shape` says.
"""

from __future__ import annotations

import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer

from constancia.cli import days, output
from constancia.cli.session import Session
from constancia.cli.words import language, later, say
from constancia.domain.claims.claim import ARTICLE, Claim, Period
from constancia.domain.claims.claimants import of_address
from constancia.domain.claims.reading import LIMIT, read
from constancia.domain.claims.spoken import spoken
from constancia.domain.errors import InputRefused, TableRefused
from constancia.domain.language import Language
from constancia.domain.language import language as known_language
from constancia.domain.vocabulary.labels import label
from constancia.infra.encoding import encoding_of

SOURCE_LINE = "source: "


def read_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help=later("Archivo de texto; - para la entrada estándar."))],
    published: Annotated[
        str | None, typer.Option(help=later("Día en que se publicó; de él se cuentan «hoy» y «este jueves»."))
    ] = None,
    written_in: Annotated[
        str | None,
        typer.Option(
            "--language", metavar="es|en", help=later("Idioma del texto; si falta, lo dice el texto.")
        ),
    ] = None,
) -> None:
    if written_in not in (None, "es", "en"):
        raise InputRefused("cli.lang")
    day = days.day(published, "--published") if published is not None else None
    publisher, text = apart(_text(file))
    tongue = known_language(written_in) if written_in else _language(context)
    claims = read(text, language=tongue, published=day, publisher=publisher)
    if Session.of(context).as_json:
        output.list_out([claim.shape() for claim in claims])
        return
    if not claims:
        output.sentence(say("No se leyó ninguna cifra."))
        return
    heads = [say("valor"), say("modo"), say("unidad"), say("qué"), say("quién lo dice"), say("día o período")]
    output.table(
        "",
        [*heads, say("cita")],
        [
            [
                _value(claim),
                label(claim.qualifier, language()),
                label(claim.unit, language()),
                label(claim.about, language()),
                say("el propio texto") if claim.claimant == ARTICLE else spoken(claim.claimant, language()),
                _when(claim.as_of, claim.period),
                " ".join(claim.quote.split()),
            ]
            for claim in claims
        ],
    )


def apart(text: str) -> tuple[str | None, str]:
    """Whose text it is by its first line, if that is a source, and the text after that line."""
    if not text.startswith(SOURCE_LINE):
        return None, text
    first, _, rest = text.partition("\n")
    return of_address(first.removeprefix(SOURCE_LINE)), rest


def _language(context: typer.Context) -> Language | None:
    """The language of the text: what --lang says on this command line; without it, the text tells."""
    source = context.find_root().get_parameter_source("lang")
    return language() if source is not None and source.name == "COMMANDLINE" else None


def _text(file: str) -> str:
    most = 4 * LIMIT + 1  # bytes of a text that is just too long, and the reader says so
    try:
        if file == "-":
            data = sys.stdin.buffer.read(most)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(most)
    except (OSError, ValueError):
        raise InputRefused("cli.file", option="FILE") from None
    if len(data) == most:
        raise InputRefused("claims.text_too_long", limit=LIMIT)
    try:
        return data.decode(encoding_of(BytesIO(data))).removeprefix("\ufeff").replace("\r\n", "\n")
    except (TableRefused, UnicodeDecodeError):
        raise InputRefused("claims.text_encoding") from None


def _value(claim: Claim) -> str:
    return str(claim.value) if claim.high is None else f"{claim.value}-{claim.high}"


def _when(as_of: date | None, period: Period | None) -> str | None:
    if period is None:
        return as_of.isoformat() if as_of else None
    return " … ".join(end.isoformat() if end else "" for end in (period.start, period.end))


COMMANDS = [("read", read_, later("Las cifras que afirma un texto: cuánto, de qué, quién lo dice y cuándo."))]
