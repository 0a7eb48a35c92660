"""`constancia mode`, `lock` and `unlock`: how the register stands open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.infra.modes import Mode, State

if TYPE_CHECKING:
    from constancia.apps.upkeep import services
    from constancia.infra import modes, running, unlocked
else:
    services = late("constancia.apps.upkeep.services")
    modes = late("constancia.infra.modes")
    running = late("constancia.infra.running")
    unlocked = late("constancia.infra.unlocked")


def show(context: typer.Context) -> None:
    session = Session.of(context)
    home = session.home()
    _tell(session, modes.state(home), running.is_served(home))


def read_only(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help=later("Por qué; lo lee todo el que esté dentro."))],
) -> None:
    session = Session.of(context)
    session.start()
    _tell(session, services.set_mode(None, Mode.READ_ONLY, reason), running.is_served(unlocked.home()))


def normal(context: typer.Context) -> None:
    session = Session.of(context)
    session.start()
    _tell(session, services.set_mode(None, Mode.NORMAL), running.is_served(unlocked.home()))


def lock(context: typer.Context) -> None:
    """Needs no key, so that anybody at the machine can do it at once."""
    session = Session.of(context)
    home = session.home()
    try:
        state = modes.change(home, Mode.CLOSED)
    finally:
        ended = running.end(home)
    if not session.show({"mode": state.mode.value, "site_ended": ended}):
        output.sentence(
            say("Cerrado con llave. El sitio se ha apagado.")
            if ended
            else say("Cerrado con llave. No había ningún sitio abierto.")
        )


def unlock(context: typer.Context) -> None:
    session = Session.of(context)
    before = modes.state(session.home())
    session.start_by_person()
    state = modes.state(unlocked.home())
    if not session.show({"mode": state.mode.value, "was": before.mode.value}):
        output.sentence(say("Abierto. El sitio se pone en marcha con «constancia serve»."))


def _tell(session: Session, state: State, served: bool) -> None:
    told = {
        "mode": state.mode.value,
        "since": state.since,
        "reason": state.reason,
        "site_open": served,
    }
    if session.show(told):
        return
    words = {
        Mode.NORMAL: say("Modo normal: se lee y se escribe."),
        Mode.READ_ONLY: say("Solo lectura: {reason}").format(reason=state.reason),
        Mode.CLOSED: say("Cerrado con llave."),
    }
    output.sentence(words[state.mode])


NAME = "mode"
HELP = later("Cómo está abierto el registro: normal, solo lectura o cerrado con llave.")
COMMANDS = [
    ("show", show, later("En qué modo está, desde cuándo y por qué.")),
    ("read-only", read_only, later("Nadie escribe hasta que se vuelva al modo normal, tampoco tras apagar.")),
    ("normal", normal, later("Vuelve al modo normal: se lee y se escribe.")),
]
LOCKING = [
    (
        "lock",
        lock,
        later("Cierra el registro con llave: apaga el sitio; solo una persona lo abre."),
    ),
    ("unlock", unlock, later("Abre un registro cerrado con llave; la frase de paso se escribe a mano.")),
]
