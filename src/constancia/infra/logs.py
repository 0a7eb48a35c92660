"""Log lines that never carry a person: what happened and where in the code, not with which values.

Libraries put values into their messages (a path somebody typed, the row that broke a constraint), so of
a foreign record only the template is written, and of an exception only its class and the places it
passed. Our own code may fill its messages: with closed terms, counts and row numbers.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

OWN = "constancia"
SUSPICIONS = "django.security"
FRAMES = 12


class ImpersonalFormatter(logging.Formatter):
    """`time level logger message`, then for an exception its class and file:line:function per frame."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        bare = logging.makeLogRecord(record.__dict__)
        if record.name.partition(".")[0] != OWN:
            # Of what looked like an attack the library logs the finished sentence, with what was sent in it.
            finished = record.name.startswith(SUSPICIONS) and not record.args
            bare.msg, bare.args = "" if finished else str(record.msg), None
        bare.exc_info = bare.exc_text = bare.stack_info = None
        line = super().format(bare).replace("\n", " ")
        if record.exc_info and record.exc_info[0] is not None:
            line += "".join(f"\n  {where}" for where in places(*record.exc_info[::2]))
        return line


def places(kind: type[BaseException] | None, trace: TracebackType | None) -> list[str]:
    """The class of an exception and the frames it passed, without message, source line or locals."""
    frames = traceback.extract_tb(trace)[-FRAMES:]
    found = [f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in frames]
    return [*found, kind.__name__ if kind else "?"]


def configuration() -> dict[str, Any]:
    """For Django's LOGGING: everything from INFO up (libraries from WARNING up) to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"impersonal": {"()": "constancia.infra.logs.ImpersonalFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "impersonal"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            OWN: {"level": "INFO"},
            # Replaces Django's own handlers, which mail and print with values.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
