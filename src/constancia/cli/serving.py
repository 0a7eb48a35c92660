"""The production server, started from a process that already holds the register's key.

Granian runs the site in one worker process with a few threads. The worker is forked, so that it inherits
the unlocked key instead of finding a passphrase in its environment or arguments.
"""

from __future__ import annotations

import errno
import multiprocessing
import socket
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.words import say
from constancia.domain.errors import DeploymentRefused

if TYPE_CHECKING:
    import granian
    from django import db, urls
    from granian import constants, log

    from constancia.apps.accounts import services
    from constancia.apps.accounts.models import User
    from constancia.apps.erasure import services as erasing
    from constancia.apps.figures import process
    from constancia.apps.keeping.services import nightly
    from constancia.apps.ledger.services import daily
    from constancia.apps.register import likeness
    from constancia.infra import running, unlocked
    from constancia.web import wsgi
else:
    granian = late("granian")
    db = late("django.db")
    constants = late("granian.constants")
    log = late("granian.log")
    services = late("constancia.apps.accounts.services")
    process = late("constancia.apps.figures.process")
    erasing = late("constancia.apps.erasure.services")
    nightly = late("constancia.apps.keeping.services.nightly")
    daily = late("constancia.apps.ledger.services.daily")
    likeness = late("constancia.apps.register.likeness")
    running = late("constancia.infra.running")
    unlocked = late("constancia.infra.unlocked")
    urls = late("django.urls")
    wsgi = late("constancia.web.wsgi")

THREADS = 4
TURN_SECONDS = 0.001
"""How long one thread computes before another has its turn: a page asks the database some twenty times, and
after each would wait Python's five milliseconds behind whatever is read or sealed in the background."""
KILL_SECONDS = 5
"""A page that hangs does not keep the site from being closed."""
LINK_LIFETIME = timedelta(hours=24)


def serve(host: str, port: int, user: User | None) -> None:
    """Serves the register this process has started, until interrupted; `user` gets a sign-in link.

    Raises DeploymentRefused: `serve.port` where the port is taken or not ours to open, `serve.host` where
    `host` is no address of this machine, `serve.running` where the site of this register is open already.
    """
    port = free_port(host, port)
    address = address_of(host, port)
    told = [say("Constancia está en {address}").format(address=address + "/")]
    if user is not None:
        link = address + sign_in_path(user, LINK_LIFETIME, sets_password=False)
        told.append(say("Entre una vez con {link}").format(link=link))
    told.append(say("Ctrl+C para cerrar."))
    db.connections.close_all()  # a connection cannot be shared with the worker that is about to be forked
    loader = Loader(lambda: wsgi.application, told, host, port, _warm)
    with running.serving(unlocked.home()):
        run(loader, "constancia.web.wsgi:application", host, port)


def run(loader: Loader, target: str, host: str, port: int) -> None:
    """Runs what `loader` loads until interrupted; `target` only names it. Nothing is logged of who asks."""
    multiprocessing.set_start_method("fork", force=True)
    server = granian.Granian(
        target,
        address=host,
        port=port,
        interface=constants.Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=log.LogLevels.warning,
        workers_kill_timeout=KILL_SECONDS,
    )
    server.serve(target_loader=loader, wrap_loader=False)


def address_of(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def sign_in_path(user: User, lifetime: timedelta, sets_password: bool, resets_factors: bool = False) -> str:
    """The path of a new link that signs `user` in once."""
    token = services.issue_link(None, user, lifetime, sets_password, resets_factors)
    return str(urls.reverse("accounts:link", args=[token]))


class Loader:
    """Loads the site inside the worker, says where it is as soon as it answers, and then calls `then`."""

    def __init__(
        self,
        load: Callable[[], Callable[..., Any]],
        told: list[str],
        host: str,
        port: int,
        then: Callable[[], None] | None = None,
    ) -> None:
        self._load, self._told, self._where, self._then = load, told, (host, port), then

    def __call__(self) -> Callable[..., Any]:
        sys.setswitchinterval(TURN_SECONDS)
        application = self._load()
        Thread(target=self._announce, daemon=True).start()
        return application

    def _announce(self) -> None:
        while not answers(*self._where):
            sleep(0.02)
        for line in self._told:
            output.sentence(line)
        sys.stdout.flush()
        if self._then is not None:
            self._then()


def _warm() -> None:
    """Reads the states and the names, so that nobody's first page waits for it; completes erasures that were
    broken off; then seals once a day, and makes each night's backup where one is wanted."""
    process.warm()
    likeness.warm()
    erasing.resume()
    Thread(target=nightly.keep_backing_up, daemon=True).start()
    daily.keep_sealing()


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there. Any address of ours is asked on the loopback."""
    try:
        socket.create_connection(("127.0.0.1" if host == "0.0.0.0" else host, port), timeout=1).close()
    except OSError:
        return False
    return True


def free_port(host: str, port: int) -> int:
    """`port`, or for 0 one that nobody uses, after trying it. Raises as `serve`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if not host:
        raise DeploymentRefused("serve.host")
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return int(probe.getsockname()[1])
    except (OSError, UnicodeError) as problem:
        if isinstance(problem, UnicodeError | socket.gaierror) or problem.errno == errno.EADDRNOTAVAIL:
            raise DeploymentRefused("serve.host") from None
        raise DeploymentRefused("serve.port", port=port) from None
