"""The production server, started from a process that already holds the register's key.

Granian runs the site in one worker process with a few threads. The worker is forked, so that it inherits
the unlocked key instead of being handed a passphrase in its environment or arguments.
"""

from __future__ import annotations

import multiprocessing
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constancia.cli import output
from constancia.cli.commands.user import LINK_PATH
from constancia.cli.late import late
from constancia.cli.words import say
from constancia.domain.errors import DeploymentRefused

if TYPE_CHECKING:

    from constancia.infra.home import Home
else:

THREADS = 4
BACKLOG = 512


def serve(home: Home, host: str, port: int, with_link: bool) -> None:
    """Serves until interrupted. Raises DeploymentRefused (`serve.port`)."""
