"""The site as somebody opens it from the command line, in a process of its own."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Site:
    """A running site: its address, the path of its sign-in link (if any), and afterwards all it said."""

    address: str
    link: str
    said: str


@contextmanager
def opened(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Site]:
    """Runs a `constancia serve` until the block ends, then interrupts it as Ctrl+C does."""
    server = subprocess.Popen(
        [*command, "--port", "0"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert server.stdout is not None
        said, wanted = "", r"/entrar/\S+/" if "--link" in command else r"http://127\.0\.0\.1:\d+"
        # What is said of the machine's swap and the like comes first.
        while not re.search(wanted, said) and (line := server.stdout.readline()):
            said += line
        address, link = re.search(r"http://127\.0\.0\.1:\d+", said), re.search(r"/entrar/\S+/", said)
        assert address, said
        site = Site(address.group(), link.group() if link else "", said)
        yield site
    finally:
        server.send_signal(signal.SIGINT)
        rest = server.communicate(timeout=60)[0]
    site.said += rest
