"""Times the site as a browser meets it: from the start of `constancia serve` to whole pages."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib import import_module
from statistics import median
from time import perf_counter
from typing import Any

from bench import machine
from constancia.cli.late import late
from constancia.infra.home import Home

auth = late("django.contrib.auth")
conf = late("django.conf")
database = late("django.db")
http = late("django.http")
marks = late("constancia.apps.accounts.marks")
register = late("constancia.apps.register.queries")

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
TIMES = 9
PATIENCE = 120
COMMAND = "from constancia.cli.main import run; run()"


def measure(found: dict[str, float], home: Home, user: Any) -> None:
    """`ready_s` counts from the start of the process to the first whole page."""
    case = register.search(user, "jose").lines[0].code
    cookie = f"{conf.settings.SESSION_COOKIE_NAME}={session_of(user)}"
    database.connections.close_all()
    environment = {**os.environ, "CONSTANCIA_HOME": str(home.path)}
    began = perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = listening(server)
        get(port, "/entrar/", "")
        found["ready_s"] = perf_counter() - began
        for name, path in (("home", landing(port, cookie)), ("case", f"/expediente/{case}/")):
            milliseconds, size = page(port, path, cookie)
            found[f"{name}_ms"], found[f"{name}_kb"] = milliseconds, size / 1000
        workers = machine.children(server.pid)
        found["served_mb"] = max(machine.resident_mb(pid) for pid in workers or [server.pid])
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)


def listening(server: subprocess.Popen[str]) -> int:
    """The port that the server says it listens on."""
    for line in server.stdout or ():
        told = ADDRESS.search(line)
        if told:
            return int(told.group(1))
    raise SystemExit("the server did not start")


def landing(port: int, cookie: str) -> str:
    """The page that a signed-in person lands on."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/", headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.getheader("Location") or "/"


def page(port: int, path: str, cookie: str) -> tuple[float, int]:
    """Median milliseconds and bytes of a page, after one visit that warms up."""
    get(port, path, cookie)
    visits = [get(port, path, cookie) for _ in range(TIMES)]
    return 1000 * median(seconds for seconds, _ in visits), visits[0][1]


def get(port: int, path: str, cookie: str) -> tuple[float, int]:
    """Seconds and bytes of one GET that must answer 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    began = perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    body = answer.read()
    seconds = perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return seconds, len(body)


def session_of(user: Any) -> str:
    """The key of a signed-in session of `user`."""
    request = http.HttpRequest()
    request.session = import_module(conf.settings.SESSION_ENGINE).SessionStore()
    auth.login(request, user, backend=conf.settings.AUTHENTICATION_BACKENDS[0])
    now = datetime.now(UTC).timestamp()
    request.session[marks.BEGAN] = request.session[marks.SEEN] = now
    request.session[marks.FACTOR] = "totp"
    request.session.save()
    return str(request.session.session_key)
