"""The passphrase, where it has to come from whoever sits at the keyboard."""

from __future__ import annotations

import os
import sys

import typer

from constancia.cli import words
from constancia.domain.errors import InputRefused

VARIABLE = "CONSTANCIA_PASSPHRASE"


def ask() -> str:
    """The passphrase of an existing register. Raises InputRefused (`cli.passphrase_needed`)."""
    _somebody_is_there()
    return str(typer.prompt(words.say("Frase de paso"), hide_input=True, err=True))


def choose() -> str:
    """The passphrase of a new register, from the environment or asked for twice."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    _somebody_is_there()
    return str(
        typer.prompt(
            words.say("Frase de paso nueva (varias palabras)"),
            hide_input=True,
            confirmation_prompt=words.say("Otra vez, para estar seguros"),
            err=True,
        )
    )


def _somebody_is_there() -> None:
    if not sys.stdin.isatty():
        raise InputRefused("cli.passphrase_needed", variable=VARIABLE)
