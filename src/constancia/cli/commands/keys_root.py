"""`constancia keys rotate root`: another root key, and what whoever does it has to do afterwards."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output, unlocking
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say

if TYPE_CHECKING:
    from constancia.apps.upkeep import following
    from constancia.infra import keystore, secrets_unlock
    from constancia.infra.home import Home
else:
    following = late("constancia.apps.upkeep.following")
    keystore = late("constancia.infra.keystore")
    secrets_unlock = late("constancia.infra.secrets_unlock")

KeyFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--key-file", help=later("Con «root»: archivo de llave que seguirá abriendo; los demás no abren ya.")
    ),
]


def exchange(session: Session, key_files: list[Path]) -> None:
    home = session.start()
    done = following.exchange_root(session.user(), _passphrase(home), [*key_files, *_known_files(home)])
    told = {"kept": list(done.kept), "gone": list(done.gone), "epochs": dict(done.epochs)}
    if session.show(told):
        return
    output.sentence(say("La raíz es otra, y todo lo que colgaba de ella la sigue. Falta hacer:"))
    if "shares" in done.gone:
        output.sentence(
            say("Las partes que se repartieron ya no abren: reparta otras con «constancia keys share».")
        )
    lost = done.gone.count("keyfile")
    if lost:
        output.sentence(
            say("Archivos de llave que ya no abren: {count}. Haga otros con «constancia keys file».").format(
                count=lost
            )
        )
    if "passphrase" in done.gone:
        output.sentence(say("La frase de paso ya no abre. Ponga otra con «constancia keys passphrase»."))
    output.sentence(
        say("Haga un respaldo ahora: los de antes se abren con la raíz vieja, con la frase de entonces.")
    )
    output.sentence(
        say(
            "Las llaves con que se sellan las bitácoras y se firman las ediciones son las mismas. Si alguien"
            " pudo ver la raíz, cámbielas también: «constancia ledger keys rotate»."
        )
    )
    output.sentence(say("Quien estaba dentro del sitio tiene que entrar otra vez."))


def _passphrase(home: Home) -> str | None:
    """The passphrase, from the environment or asked for; None where the register has none."""
    if not any(slot["kind"] == "passphrase" for slot in keystore.read(home).slots):
        return None
    given = os.environ.get(secrets_unlock.PASSPHRASE_VARIABLE)
    return given if given is not None else unlocking.ask()


def _known_files(home: Home) -> list[Path]:
    """The key file that opened the register now."""
    named = os.environ.get(secrets_unlock.KEY_FILE_VARIABLE)
    return [home.keyfile] if home.keyfile.exists() else [Path(named)] if named else []
