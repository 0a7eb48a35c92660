"""`constancia serve` on the register, for as long as a block lasts."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from bench.load.prepared import Prepared
from bench.serving import COMMAND, PATIENCE, get, listening

WARMING = 20
"""Seconds in which the site reads its states and names after it answers."""


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
        cookie = f"{ready.cookie}={ready.sessions[-1]}"
        time.sleep(WARMING)
        for path in ("/balance/", f"/expediente/{ready.codes[0]}/"):
            get(port, path, cookie)
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)
