"""A passkey made of software: answers the two ceremonies as a browser does, and can be told to cheat."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cbor import encode
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftKey:
    """One key pair for one host. `verified`: whether it says that it checked who holds it."""

    host: str = "testserver"
    verified: bool = True
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    number: bytes = field(default_factory=lambda: os.urandom(16))

    def made(self, options: dict[str, Any], origin: str) -> str:
        """The browser's answer to `begin_adding`."""
        public = encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        about = bytes(16) + len(self.number).to_bytes(2, "big") + self.number + public
        data = self._data(ATTESTED) + about
        client = _client("webauthn.create", options, origin)
        kept = encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=client, attestationObject=kept)

    def signed(self, options: dict[str, Any], origin: str) -> str:
        """The browser's answer to `begin_asking`."""
        self.count += 1
        data, client = self._data(0), _client("webauthn.get", options, origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, more: int) -> bytes:
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, **response: bytes) -> str:
        name = websafe_encode(self.number)
        parts = {part: websafe_encode(value) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": parts})


def _client(kind: str, options: dict[str, Any], origin: str) -> bytes:
    challenge = options["publicKey"]["challenge"]
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
