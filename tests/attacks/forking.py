"""Runs commands in processes of their own without paying each time for what they import.

One process imports the libraries and the command line, opens no register, and forks for every command it
is sent: each runs as `constancia ...` does, from its arguments and its environment alone.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path

from django.conf import settings
from django.db import connections

# What commands import anyway; models cannot be imported before a register is open.
LIBRARIES = """
django django.db.models django.test django.forms django.template whitenoise.middleware duckdb openpyxl
python_calamine psycopg sqlcipher3 cryptography.hazmat.primitives.ciphers.aead rich.progress granian
django.core.management.commands.migrate django_htmx.middleware
constancia.cli.main constancia.domain.mapping constancia.domain.timeline constancia.domain.timeline.explain
constancia.infra.tables constancia.domain.figures.definition
"""


class Forker:
    """Holds the process that forks."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.attacks.forking"],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.usable = True

    def run(
        self, arguments: list[str], environment: dict[str, str], folder: Path
    ) -> subprocess.CompletedProcess[str]:
        """One command; what it says goes through files in `folder`."""
        request = {"arguments": arguments, "environment": environment, "folder": str(folder)}
        try:
            status = self._asked(json.dumps(request))
        except BaseException:
            # A test that ran out of time asks no longer: its answer is not the answer to the next one.
            self.usable = False
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            raise
        said = [(folder / name).read_text(encoding="utf-8") for name in ("out", "err")]
        return subprocess.CompletedProcess(arguments, status, *said)

    def _asked(self, request: str) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(request + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        if not self.usable:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


def _serve() -> None:
    for name in LIBRARIES.split():
        __import__(name)
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _child(request)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _child(request: dict[str, str]) -> None:
    folder = Path(request["folder"])
    for descriptor, name in ((1, "out"), (2, "err")):
        file = os.open(folder / name, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        os.dup2(file, descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(request["environment"])
    status: object = 70
    try:
        sys.modules["constancia.cli.main"].app(request["arguments"])
    except SystemExit as ended:
        status = ended.code
    except BaseException:
        traceback.print_exc()
    if settings.configured:
        connections.close_all()  # as the end of an interpreter does
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    _serve()
