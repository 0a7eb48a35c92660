"""One question to one address that the organisation has configured: a witness, or a time-stamping authority.

The address may be of any network (a sister organisation's private one too), since whoever configured it meant
it; what answers is believed only after its signature was checked. A redirect is never followed.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from constancia.domain.errors import DeploymentRefused
from constancia.infra import wire
from constancia.infra.wire import PORTS, Deadline, Resolve

_REDIRECTED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Reply:
    """`status`: of HTTP, no redirect; `data`: the body; `media`: the bare Content-Type, or ""."""

    status: int
    data: bytes
    media: str


def numbers(host: str, port: int) -> Sequence[str]:
    """The numbers of `host`, of whatever network. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def ask(
    address: str,
    body: bytes | None = None,
    media: str = "text/plain; charset=utf-8",
    *,
    largest: int,
    seconds: float,
    resolve: Resolve = numbers,
) -> Reply:
    """POSTs `body` (of kind `media`) to `address`, or GETs it where there is none.

    `largest`: bytes of the answer at most; `seconds`: for all of it, but the resolving of the name.
    Raises DeploymentRefused: `exchange.address` (no http or https address, or with a user in it),
    `exchange.unreachable`, `exchange.redirected`, `exchange.too_large`, `exchange.too_slow`.
    """
    parts = checked(address)
    deadline = Deadline(seconds)
    headers = {} if body is None else {"Content-Type": media}
    try:
        with wire.asked(
            parts, resolve, deadline, seconds,
            method="GET" if body is None else "POST", body=body, headers=headers,
        ) as reply:  # fmt: skip
            if reply.status in _REDIRECTED:
                raise DeploymentRefused("exchange.redirected")
            if not wire.is_plain(reply):
                raise DeploymentRefused("exchange.unreachable")
            data = wire.read(reply, largest)
            if data is None:
                raise DeploymentRefused("exchange.too_large", limit=largest)
            if deadline.passed:
                raise TimeoutError
            kind = (reply.getheader("Content-Type") or "").partition(";")[0].strip().lower()
            return Reply(reply.status, data, kind)
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as problem:
        if deadline.passed or isinstance(problem, TimeoutError):
            raise DeploymentRefused("exchange.too_slow") from None
        raise DeploymentRefused("exchange.unreachable") from None
    finally:
        deadline.end()


def checked(address: str) -> SplitResult:
    """The parts of an address that may be configured. Raises DeploymentRefused `exchange.address`."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise DeploymentRefused("exchange.address") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise DeploymentRefused("exchange.address")
    if not address.isprintable() or any(symbol in address for symbol in " \\#?"):
        raise DeploymentRefused("exchange.address")
    return parts
