"""Passkeys (WebAuthn): the two ceremonies, with Yubico's fido2, kept as allauth keeps them.

A passkey belongs to one host, and answers only a page of exactly this origin: same scheme, host and port,
where the standard would accept any subdomain. The telephone must check its holder (finger, face or PIN).
"""

from __future__ import annotations

import json
import struct
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.exceptions import UnsupportedAlgorithm
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from constancia.apps.accounts import factors
from constancia.apps.accounts.factors import Kind
from constancia.apps.accounts.models import User
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import clock, trail
from constancia.infra.writer import writing

LONGEST_ANSWER = 50_000
LONGEST_NAME = 60
MOST = 10
# All that parsing an answer made by somebody hostile can raise.
MALFORMED = (ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, AssertionError,
             RecursionError, OverflowError, struct.error, UnsupportedAlgorithm)  # fmt: skip

Options = dict[str, Any]
State = dict[str, Any]


def begin_adding(user: User, origin: str) -> tuple[Options, State]:
    """What the browser is asked to make a passkey with, and what must be remembered until it answers."""
    options, state = _server(origin).register_begin(
        PublicKeyCredentialUserEntity(
            id=f"{user.pk}".encode(), name=user.username, display_name=user.username
        ),
        _credentials(user, origin),
        # Kept in the device, where it can be: a synchronised one lies with the telephone's maker too.
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options), _plain(state)


def add(user: User, origin: str, state: State, answer: str, name: str) -> list[str]:
    """Keeps the passkey that the browser made; its recovery codes if they are the user's first.

    Raises InputRefused `account.passkey`, `account.passkey_name`, `account.passkeys_many`.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputRefused("account.passkey_name")
    try:
        given = _read(answer)
        made = _server(origin).register_complete(state, RegistrationResponse.from_dict(given))
        if made.credential_data is None:
            raise ValueError
    except MALFORMED:
        raise InputRefused("account.passkey") from None
    with writing(guarded=False):
        if Authenticator.objects.filter(user=user, type=Kind.PASSKEY).count() >= MOST:
            raise InputRefused("account.passkeys_many")
        kept = WebAuthn.add(user, name, given).instance
        kept.data |= {"count": made.counter, "host": urlsplit(origin).hostname}
        kept.save(update_fields=["data"])
    return factors.added_passkey(user)


def here(user: User, origin: str) -> bool:
    """Whether the user has a passkey that answers a page of this host."""
    return bool(_credentials(user, origin))


def begin_asking(user: User, origin: str) -> tuple[Options, State]:
    """What the browser is asked to sign, and what must be remembered until it answers."""
    options, state = _server(origin).authenticate_begin(
        _credentials(user, origin), user_verification=UserVerificationRequirement.REQUIRED
    )
    return _plain(options), _plain(state)


def check(user: User, origin: str, state: State, answer: str) -> Kind:
    """Accepts the signature of one of the user's passkeys over the challenge in `state`, which the caller
    has already forgotten.

    Raises InputRefused `account.passkey`: another's, of another origin, without its holder, or a copy.
    """
    try:
        given = AuthenticationResponse.from_dict(_read(answer))
        _server(origin).authenticate_complete(state, _credentials(user, origin), given)
        count = given.response.authenticator_data.counter
        _used(user, given.raw_id, count)
    except MALFORMED:
        trail.note(None, Deed.SIGN_IN, "user", user.pk, outcome=Outcome.REFUSED, said={"wrong": "passkey"})
        raise InputRefused("account.passkey") from None
    return Kind.PASSKEY


def _used(user: User, credential: bytes, count: int) -> None:
    """Notes the use. A counter that does not grow betrays a copy of the key: ValueError."""
    with writing(guarded=False):
        rows = Authenticator.objects.filter(user=user, type=Kind.PASSKEY)
        row = {websafe_decode(row.data["credential"]["rawId"]): row for row in rows}[credential]
        if (count or row.data["count"]) and count <= row.data["count"]:
            raise ValueError
        row.data["count"], row.last_used_at = count, clock.now()
        row.save(update_fields=["data", "last_used_at"])


def _credentials(user: User, origin: str) -> list[AttestedCredentialData]:
    """What the user's passkeys for this host have told: another host's would not answer here."""
    rows = Authenticator.objects.filter(user=user, type=Kind.PASSKEY)
    mine = [row for row in rows if row.data["host"] == urlsplit(origin).hostname]
    return [row.wrap().authenticator_data.credential_data for row in mine]


def _server(origin: str) -> Fido2Server:
    host = urlsplit(origin).hostname or ""
    house = PublicKeyCredentialRpEntity(id=host, name="Constancia")
    return Fido2Server(house, verify_origin=lambda given: given == origin)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise TypeError
    return found


def _plain(value: Any) -> dict[str, Any]:
    """fido2's objects as JSON has them."""
    return cast(dict[str, Any], json.loads(json.dumps(dict(value), default=dict)))
