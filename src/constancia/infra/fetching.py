"""One document from one host that a person named; nothing else on the network is spoken to.

Used by an explicit command alone: the site never fetches. The address is resolved once and its number
connected to, so that what was checked is what is spoken to; no proxy, cookie or credential takes part.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from constancia.domain.errors import InputRefused
from constancia.infra import wire
from constancia.infra.wire import PORTS, Deadline, Resolve

MAX_BYTES = 20_000_000
SECONDS = 60
"""For all of it, redirects included."""
MAX_REDIRECTS = 5
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """`data`: what came; `address`: where from, redirects followed; `media`: its Content-Type, or ""."""

    data: bytes
    address: str
    media: str


def public_addresses(host: str, port: int) -> Sequence[str]:
    """The numbers of `host`, all of them public.

    Raises InputRefused `fetching.unknown_host`, `fetching.not_public` (one of them is of a private network,
    of this machine, or reserved).
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputRefused("fetching.unknown_host") from None
    numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not numbers or not all(is_public(number) for number in numbers):
        raise InputRefused("fetching.not_public")
    return numbers


def is_public(number: str) -> bool:
    """Whether an IP address is one of the open network; one that carries another inside, never."""
    try:
        address = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo or address in _TRANSLATED
    ):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


_TRANSLATED = ipaddress.ip_network("64:ff9b::/32")


def fetch(address: str, host: str, *, resolve: Resolve = public_addresses) -> Fetched:
    """What stands at `address`, an http or https address whose host is `host` (or its "www.").

    `host` may carry a port ("example.org:8080"); without one the usual ports alone are spoken to. Redirects
    are followed on the same host, never from https to http.
    Raises InputRefused: `fetching.address`, `fetching.other_host`, `fetching.unknown_host`,
    `fetching.not_public`, `fetching.unreachable`, `fetching.refused`, `fetching.redirects`,
    `fetching.too_large`, `fetching.too_slow`.
    """
    deadline = Deadline(SECONDS)
    try:
        for _ in range(MAX_REDIRECTS + 1):
            parts = _checked(address, host)
            reply = _ask(parts, resolve, deadline)
            if isinstance(reply, Fetched):
                return reply
            following = urljoin(parts.geturl(), reply)
            if parts.scheme == "https" and not following.startswith("https:"):
                raise InputRefused("fetching.redirects", limit=MAX_REDIRECTS)
            address = following
    except (OSError, http.client.HTTPException, ValueError, UnicodeError):
        if deadline.passed:
            raise InputRefused("fetching.too_slow", seconds=SECONDS) from None
        raise InputRefused("fetching.unreachable") from None
    finally:
        deadline.end()
    raise InputRefused("fetching.redirects", limit=MAX_REDIRECTS)


def _checked(address: str, host: str) -> SplitResult:
    """The parts of an address that may be asked."""
    try:
        parts = urlsplit(address.strip())
        named = urlsplit(f"//{host.strip()}")
        port, named_port = parts.port, named.port
    except ValueError:
        raise InputRefused("fetching.address") from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise InputRefused("fetching.address")
    if not parts.netloc.isprintable() or any(symbol in parts.netloc for symbol in " \\"):
        raise InputRefused("fetching.address")
    if not named.hostname or named.path or _bare(parts.hostname) != _bare(named.hostname):
        raise InputRefused("fetching.other_host")
    if (port or PORTS[parts.scheme]) != (named_port or PORTS[parts.scheme]):
        raise InputRefused("fetching.other_host")
    return parts


def _bare(host: str) -> str:
    try:
        name = host.lower().rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        raise InputRefused("fetching.address") from None
    return name.removeprefix("www.")


def _ask(parts: SplitResult, resolve: Resolve, deadline: Deadline) -> Fetched | str:
    """What came, or the address that the reply sends to."""
    with wire.asked(parts, resolve, deadline, SECONDS) as reply:
        if reply.status in _MOVED and (target := reply.getheader("Location")):
            return target
        if reply.status != 200 or not wire.is_plain(reply):
            raise InputRefused("fetching.refused", status=reply.status)
        data = wire.read(reply, MAX_BYTES)
        if data is None:
            raise InputRefused("fetching.too_large", megabytes=MAX_BYTES // 1_000_000)
        if deadline.passed:
            raise InputRefused("fetching.too_slow", seconds=SECONDS)
        return Fetched(data, parts.geturl(), reply.getheader("Content-Type") or "")
