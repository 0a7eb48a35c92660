"""The passphrase, where it has to come from whoever sits at the keyboard."""

from __future__ import annotations

import os
import sys

import typer

from constancia.cli import words
from constancia.domain.errors import InputRefused

VARIABLE = "CONSTANCIA_PASSPHRASE"
NEW_VARIABLE = "CONSTANCIA_NEW_PASSPHRASE"
REGION_VARIABLE = "CONSTANCIA_REGION_PASSPHRASE"


def ask() -> str:
    """The passphrase of an existing register. Raises InputRefused (`cli.passphrase_needed`)."""
    _somebody_is_there()
    return str(typer.prompt(words.say("Frase de paso"), hide_input=True, err=True))


def ask_for(what: str) -> str:
    """One line that is not shown while it is typed. Raises InputRefused (`cli.passphrase_needed`)."""
    _somebody_is_there()
    return str(typer.prompt(what, hide_input=True, err=True))


def present() -> str | None:
    """The passphrase that opens now, from CONSTANCIA_PASSPHRASE or asked for; None where nobody gives one."""
    given = os.environ.get(VARIABLE)
    if given is not None or not sys.stdin.isatty():
        return given
    asked = words.say("Frase de paso presente; nada si no la tiene, y la cambia otra persona con usted")
    return str(typer.prompt(asked, hide_input=True, err=True, default="", show_default=False)) or None


def choose_another() -> str:
    """A passphrase in the place of the present one: from CONSTANCIA_NEW_PASSPHRASE or asked for twice."""
    given = os.environ.get(NEW_VARIABLE)
    return given if given is not None else _twice(NEW_VARIABLE)


def choose() -> str:
    """The passphrase of a new register, from the environment or asked for twice."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    return _twice(VARIABLE)


def choose_for_region() -> str:
    """A passphrase for what regions hold: from CONSTANCIA_REGION_PASSPHRASE or asked for twice."""
    given = os.environ.get(REGION_VARIABLE)
    return given if given is not None else _twice(REGION_VARIABLE)


def ask_for_region(username: str) -> str:
    """The passphrase of that person for what regions hold, from the same places."""
    given = os.environ.get(REGION_VARIABLE)
    if given is not None:
        return given
    _somebody_is_there(REGION_VARIABLE)
    return ask_for(words.say("Frase de {username} para lo reservado").format(username=username))


def _twice(variable: str) -> str:
    _somebody_is_there(variable)
    return str(
        typer.prompt(
            words.say("Frase de paso nueva (varias palabras)"),
            hide_input=True,
            confirmation_prompt=words.say("Otra vez, para estar seguros"),
            err=True,
        )
    )


def _somebody_is_there(variable: str = VARIABLE) -> None:
    if not sys.stdin.isatty():
        raise InputRefused("cli.passphrase_needed", variable=variable)
