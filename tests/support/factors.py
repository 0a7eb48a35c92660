"""A second factor for tests: what a telephone would show, computed here by RFC 6238 alone."""

from __future__ import annotations

import base64
import hmac
import struct
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from constancia.apps.accounts.models import User
from constancia.apps.accounts.sealing import sealing_for
from constancia.infra import clock

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=30)


def enrolled(user: User) -> User:
    """`user` with an application whose secret is SECRET and of which no code was used yet."""
    with sealing_for(user):
        made: Authenticator = TOTP.activate(user, SECRET).instance
    made.data["step"] = -1
    made.save()
    return user


def code(secret: str = SECRET, steps: int = 0) -> str:
    """The six digits at this instant of the clock, or some steps of 30 seconds later."""
    counter = int(clock.now().timestamp()) // 30 + steps
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"
