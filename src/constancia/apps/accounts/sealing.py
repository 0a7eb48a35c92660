"""Secrets of second factors, sealed for one user before allauth stores them.

allauth's `encrypt` and `decrypt` are told neither user nor purpose; `sealing_for` says whose secret is at
hand. Form: "1:" and base64 of a nonce of 12 bytes and AES-256-GCM under the `totp` key, bound to the user.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from constancia.apps.accounts.models import User
from constancia.domain.errors import IntegrityBroken
from constancia.infra import unlocked

FORM = "1:"
NONCE = 12

_whose: ContextVar[int] = ContextVar("whose")


@contextmanager
def sealing_for(user: User) -> Iterator[None]:
    """Within the block secrets are sealed and opened as this user's."""
    before = _whose.set(user.pk)
    try:
        yield
    finally:
        _whose.reset(before)


class HouseAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """allauth's adapter with the two functions that it leaves empty. Outside `sealing_for` both refuse."""

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(NONCE)
        sealed = AESGCM(unlocked.totp_keys()[0]).encrypt(nonce, text.encode(), _purpose())
        return FORM + base64.b64encode(nonce + sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises IntegrityBroken `account.factor_unreadable`: altered, or sealed for somebody else."""
        try:
            if not encrypted_text.startswith(FORM):
                raise ValueError
            blob = base64.b64decode(encrypted_text.removeprefix(FORM), validate=True)
            plain = _opened(blob)
        except (ValueError, binascii.Error, InvalidTag):
            raise IntegrityBroken("account.factor_unreadable") from None
        return plain.decode()


def _opened(blob: bytes) -> bytes:
    keys = unlocked.totp_keys()
    for place, key in enumerate(keys, start=1):
        try:
            return AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], _purpose())
        except InvalidTag:
            if place == len(keys):
                raise
    raise InvalidTag


def _purpose() -> bytes:
    return f"totp/1|user|{_whose.get()}".encode()
