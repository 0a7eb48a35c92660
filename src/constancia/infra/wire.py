"""One HTTP request over one line to a number that was resolved beforehand, ended when its time is over.

No proxy, cookie, credential or redirect takes part. What may be asked is for the callers to decide:
`fetching` (documents of others) and `exchange` (witnesses and time-stamping authorities).
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, quote

PORTS = {"http": 80, "https": 443}
USER_AGENT = "Constancia"
CONNECTING = 15
"""Seconds for one number to take the call."""
_PATH = "/%:@!$&'()*+,;=-._~"

Resolve = Callable[[str, int], Sequence[str]]
"""(host, port) → numbers to try in turn."""


class Deadline:
    """Closes whatever is being spoken to when the time is over, however slowly it answers."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._line: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, line: socket.socket) -> None:
        self._line = line
        if self.passed:
            self._hang_up()

    def end(self) -> None:
        self._timer.cancel()

    def _hang_up(self) -> None:
        self.passed = True
        if self._line is not None:
            _hang_up(self._line)


@contextmanager
def asked(
    parts: SplitResult,
    resolve: Resolve,
    deadline: Deadline,
    seconds: float,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[http.client.HTTPResponse]:
    """The answer of the address `parts` (http or https), its body not yet read; the line is closed after.

    `seconds`: of silence at most; the whole is for `deadline`. Certificates are those the system trusts.
    Raises OSError, http.client.HTTPException, UnicodeError, and as `resolve`.
    """
    host = (parts.hostname or "").rstrip(".")
    port = parts.port or PORTS[parts.scheme]
    line = _connected(resolve(host, port), port, deadline, seconds)
    try:
        if parts.scheme == "https":
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
            deadline.watch(line)
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
        connection.sock = line
        path = quote(parts.path or "/", safe=_PATH)
        query = "?" + quote(parts.query, safe=_PATH + "?") if parts.query else ""
        always = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Connection": "close"}
        connection.request(method, path + query, body, {**always, **(headers or {})})
        yield connection.getresponse()
    finally:
        _hang_up(line)  # an unread reply would keep the line open, and the other side sending
        line.close()


def read(reply: http.client.HTTPResponse, largest: int) -> bytes | None:
    """The whole body, or None where it is larger than `largest` bytes.

    Raises OSError, http.client.IncompleteRead where it breaks off.
    """
    pieces, size = [], 0
    while piece := reply.read(65_536):
        size += len(piece)
        if size > largest:
            return None
        pieces.append(piece)
    if reply.length:
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)


def is_plain(reply: http.client.HTTPResponse) -> bool:
    """Whether the body comes as it is, not compressed."""
    return (reply.getheader("Content-Encoding") or "identity").lower() == "identity"


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):  # the other side may have done so first
        line.shutdown(socket.SHUT_RDWR)


def _connected(numbers: Sequence[str], port: int, deadline: Deadline, seconds: float) -> socket.socket:
    problem: OSError = OSError("no address")
    for number in numbers:
        try:
            line = socket.create_connection((number, port), timeout=min(seconds, CONNECTING))
        except OSError as refused:
            problem = refused
            continue
        line.settimeout(seconds)
        deadline.watch(line)
        return line
    raise problem
