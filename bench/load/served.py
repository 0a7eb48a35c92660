"""`constancia serve` on the register, for as long as a block lasts."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from bench.load.prepared import Prepared
from bench.load.visitor import Visitor
from bench.serving import COMMAND, PATIENCE, listening

NOBODY = "Nadie Inventado De Prueba"
"""Looked for while the site is warming: whoever asks first waits until the names are read."""


@contextmanager
def served(ready: Prepared) -> Iterator[int]:
    """The port that it listens on, warm."""
    server = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", "--port", "0"],
        env=ready.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = listening(server)
        # Its pipe is read to the end, or a talkative server would stop.
        Thread(target=lambda: list(server.stdout or ()), daemon=True).start()
        _warm(port, ready)
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)


def _warm(port: int, ready: Prepared) -> None:
    """Asks for what the site reads in memory after it starts (the states, the names), and so waits for it."""
    visitor = Visitor(port, ready.cookie, ready.sessions[-1], patience=PATIENCE)
    page = visitor.get("warm", "/expediente/nuevo/")
    visitor.post("warm", "/expediente/nuevo/parecidos/", {"name": NOBODY}, page, (200,))
    for path in ("/balance/", "/registro/", f"/expediente/{ready.codes[0]}/"):
        visitor.get("warm", path)
    if visitor.errors:
        raise SystemExit(f"the site does not answer: {visitor.errors[0]}")
