"""What may be asked of any figure, told the same way to every command that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

from constancia.cli import labels
from constancia.cli.words import later, say
from constancia.domain.errors import InputRefused

PARAMETERS = ("months",)


class GradeName(StrEnum):
    REPORTED = "reported"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"


Rule = Annotated[str | None, typer.Option("--rule", help=later("Regla de población."))]
Grade = Annotated[GradeName | None, typer.Option(help=later("Grado mínimo de entradas y salidas."))]
Param = Annotated[list[str] | None, typer.Option(help=later("Parámetro de la cifra, como months=6."))]
Witnessed = Annotated[
    bool,
    typer.Option(
        "--witnessed", help=later("Solo lo que el propio registro vio entrar (sin fechas declaradas).")
    ),
]


def options(
    rule: str | None, grade: GradeName | None, param: Sequence[str] | None, witnessed: bool
) -> dict[str, Any]:
    """The same as figures take them. Raises InputRefused (`cli.param`)."""
    return {
        "rule": rule,
        "grade": grade.value if grade else None,
        "witnessed": witnessed,
        **parameters(param or ()),
    }


def parameters(given: Sequence[str]) -> dict[str, int]:
    """`["months=6"]` as {"months": 6}. Raises InputRefused (`cli.param`) for any other name or value."""
    found: dict[str, int] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not (equals and key in PARAMETERS and value.isascii() and value.isdigit() and len(value) < 7):
            raise InputRefused("cli.param")
        found[key] = int(value)
    return found


def unusual(found: Mapping[str, Any]) -> list[str]:
    """The grade counted, and that declared dates were left out: whichever is not as usual."""
    parts = []
    if found["grade"] != "verified":
        grades = " / ".join(labels.term("grade", name).lower() for name in found["grade"].split("/"))
        parts.append(say("grado mínimo: {grade}").format(grade=grades))
    if found["witnessed"]:
        parts.append(say("sin fechas declaradas"))
    return parts
