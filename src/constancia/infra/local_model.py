"""A language model on the organisation's own machine, behind an OpenAI-compatible address.

Off unless the register's settings name an address, and the address must be this machine's: no text leaves
it. Only the standard library talks, and nothing follows a redirect or a proxy.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from constancia.domain.errors import DeploymentRefused, StoreRefused

PATIENCE_SECONDS = 600
LARGEST = 4_000_000
"""Bytes of an answer at most."""


@dataclass(frozen=True, slots=True)
class LocalModel:
    """Where the model answers ("http://127.0.0.1:8080/v1") and what it is called there."""

    address: str
    name: str

    def complete(self, instruction: str, text: str) -> str:
        """What the model answers to `text` under `instruction`.

        Raises DeploymentRefused `model.address` unless the address is this machine's own, StoreRefused
        `model.silent` where nothing sensible answers.
        """
        host, port, path = self._place()
        body = {
            "model": self.name,
            "temperature": 0,
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": text}],
        }
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(
                "POST",
                f"{path}/chat/completions",
                json.dumps(body).encode(),
                {"Content-Type": "application/json"},
            )
            answer = connection.getresponse()
            content = answer.read(LARGEST + 1)
            if answer.status != http.client.OK or len(content) > LARGEST:
                raise StoreRefused("model.silent")
            found: Any = json.loads(content)
            said = found["choices"][0]["message"]["content"]
        except (OSError, http.client.HTTPException, ValueError, KeyError, IndexError, TypeError) as error:
            raise StoreRefused("model.silent") from error
        finally:
            connection.close()
        if not isinstance(said, str):
            raise StoreRefused("model.silent")
        return said

    def _place(self) -> tuple[str, int, str]:
        try:
            parts = urlsplit(self.address)
            port = parts.port or 80
        except ValueError:
            raise DeploymentRefused("model.address") from None
        if parts.scheme != "http" or not own(parts.hostname or "") or parts.username or parts.query:
            raise DeploymentRefused("model.address")
        return parts.hostname or "", port, parts.path.rstrip("/")


def own(host: str) -> bool:
    """Whether a host is this machine by its number, or "localhost". No name is looked up."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
