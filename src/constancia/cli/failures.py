"""From an exception to one sentence on standard error, a code, and an exit code by family.

Nothing that was typed or stored is repeated in it: no value, no local variable, no trace. Setting
CONSTANCIA_DEBUG=1 shows the trace of an unforeseen failure, for developers on invented registers.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

from typer.exceptions import Abort, TyperException

from constancia.cli import words
from constancia.cli.late import late
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError, InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra.once import AlreadyDone

if TYPE_CHECKING:
    from constancia.infra import reserve, trail, unlocked
else:
    reserve = late("constancia.infra.reserve")
    trail = late("constancia.infra.trail")
    unlocked = late("constancia.infra.unlocked")

INTERNAL = 1
INTERRUPTED = 130


def report(problem: BaseException) -> int:
    """Says `problem` on standard error and returns the exit code."""
    if isinstance(problem, KeyboardInterrupt | Abort):
        return _say(ConstanciaError("cli.interrupted"), INTERRUPTED)
    if isinstance(problem, NotAllowed | NotFound):
        _note(problem)
    if isinstance(problem, ConstanciaError):
        return _say(problem, problem.exit_code)
    if isinstance(problem, TyperException):
        refused = usage(problem)
        return _say(refused, refused.exit_code)
    if os.environ.get("CONSTANCIA_DEBUG") == "1":
        traceback.print_exception(problem)
    fault = reserve.eased(problem)
    if fault is not None:
        return _say(fault, fault.exit_code)
    return _say(ConstanciaError("internal", kind=type(problem).__name__), INTERNAL)


def already(done: AlreadyDone, *, as_json: bool) -> int:
    """Says that the command was carried out before, which is no failure; returns the exit code."""
    sys.stderr.write(words.say("Ya estaba registrado con esa clave: no se anotó otra vez.") + "\n")
    if as_json:
        sys.stdout.write(json.dumps({"already": True, "recorded_at": done.at.isoformat()}) + "\n")
    return 0


def _note(problem: ConstanciaError) -> None:
    """A refusal at the command line, where a register was open. What went wrong is said all the same."""
    with suppress(Exception):
        if unlocked.is_unlocked():
            trail.note(None, Deed.REFUSED, "command", outcome=Outcome.REFUSED, said={"code": problem.code})


def usage(problem: TyperException) -> InputRefused:
    """A wrong command line as an error of ours: names the option or argument, never the value given."""
    option = getattr(problem, "option_name", None)
    if option is not None:
        return InputRefused("cli.option", option=str(option))
    param = getattr(problem, "param", None)
    if param is not None:
        name = (param.opts or [param.name])[0]
        missing = hasattr(problem, "param_type")
        return InputRefused("cli.missing" if missing else "cli.value", option=name)
    context = getattr(problem, "ctx", None)
    return InputRefused("cli.usage", command=context.command_path if context else "constancia")


def _say(error: ConstanciaError, exit_code: int) -> int:
    sys.stderr.write(f"[{error.code}] {explain(error, words.language())}\n")
    return exit_code
