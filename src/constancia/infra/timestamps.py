"""Time stamps of a checkpoint by an authority (RFC 3161): that it existed at a time, whatever we say later.

Only the SHA-256 of the signed checkpoint leaves this machine. The whole answer is kept, as it came, so that
anybody can check it with `openssl ts -verify` and no program of ours (`how_to_check`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.tsp import PKIStatus

from constancia.domain.errors import ConstanciaError, DeploymentRefused, IntegrityBroken
from constancia.infra import exchange

SECONDS = 20.0
"""For one question to one authority."""
CLOCKS = timedelta(days=1)
"""How far the time of a new stamp may be from ours."""
LARGEST = 100_000
"""Bytes of a stamp at most."""
SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a stamp says: `time` (aware, UTC), the authority's `serial` number of it, and the `token` to keep,
    which is the whole answer (DER, a ".tsr" file)."""

    time: datetime
    serial: int
    token: bytes


@dataclass(frozen=True, slots=True)
class Stamped:
    """What came of asking an authority: a checked stamp, or why there is none."""

    stamp: Stamp | None = None
    refused: ConstanciaError | None = None


def stamp(note: bytes, address: str, roots: bytes, *, now: datetime, seconds: float = SECONDS) -> Stamped:
    """Asks the authority at `address` to stamp the signed checkpoint `note`. Never raises.

    `roots`: the certificates trusted (PEM: the authority's root, and what stands between).
    In `refused`: DeploymentRefused `exchange.…`, `stamp.status`; IntegrityBroken as `check`, and
    `stamp.nonce` (an answer to another question), `stamp.clock` (its time is not now).
    """
    query = (
        TimestampRequestBuilder()
        .data(note)
        .hash_algorithm(HashAlgorithm.SHA256)
        .nonce(nonce=True)
        .cert_request(cert_request=True)
        .build()
    )
    try:
        trusted = _certificates(roots)
        given = exchange.ask(address, query.as_bytes(), QUERY, largest=LARGEST, seconds=seconds)
        if given.status != 200 or given.media != REPLY:
            raise DeploymentRefused("stamp.status", status=given.status)
        found = _checked(given.data, note, trusted, query.nonce)
        if abs(now - found.time) > CLOCKS:
            raise IntegrityBroken("stamp.clock")
    except ConstanciaError as refused:
        return Stamped(refused=refused)
    return Stamped(found)


def check(token: bytes, note: bytes, roots: bytes) -> Stamp:
    """What a kept `token` says of `note`, checked as of its own time: certificates expire, stamps stay.

    Raises IntegrityBroken: `stamp.roots` (no root certificate in `roots`), `stamp.form` (no time stamp),
    `stamp.denied` (the authority did not grant it), `stamp.message` (of something else, or not its SHA-256),
    `stamp.signature` (does not hold, is not of an authority for time stamps under these roots, or its
    certificate was not valid then).
    """
    return _checked(token, note, _certificates(roots), None)


def how_to_check(note: str, token: str, roots: str) -> str:
    """The command that checks a stamp without us. Takes names of files."""
    return f"openssl ts -verify -data {note} -in {token} -CAfile {roots}"


def _checked(token: bytes, note: bytes, trusted: Sequence[x509.Certificate], nonce: int | None) -> Stamp:
    answer = _read(token)
    if answer.status != PKIStatus.GRANTED:
        raise IntegrityBroken("stamp.denied")
    try:
        told = answer.tst_info
        imprint, said, time = told.message_imprint, told.nonce, told.gen_time
        serial = told.serial_number
    except Exception:  # the library promises no one kind of error for what strangers send
        raise IntegrityBroken("stamp.form") from None
    if imprint.hash_algorithm != SHA256 or imprint.message != sha256(note).digest():
        raise IntegrityBroken("stamp.message")
    if nonce is not None and said != nonce:
        raise IntegrityBroken("stamp.nonce")
    roots = [one for one in trusted if one.issuer == one.subject]
    between = [one for one in trusted if one.issuer != one.subject]
    builder = VerifierBuilder(roots=roots, intermediates=between, nonce=nonce)
    try:
        held = builder.build().verify(answer, sha256(note).digest())
    except VerificationError:
        held = False
    except Exception:  # as above
        raise IntegrityBroken("stamp.form") from None
    if not held:
        raise IntegrityBroken("stamp.signature")
    return Stamp(time, serial, token)


def _read(token: bytes) -> TimeStampResponse:
    try:
        if len(token) <= LARGEST:
            return decode_timestamp_response(token)
    except Exception:  # as above
        raise IntegrityBroken("stamp.form") from None
    raise IntegrityBroken("stamp.form")


def _certificates(roots: bytes) -> Sequence[x509.Certificate]:
    try:
        found = list(dict.fromkeys(x509.load_pem_x509_certificates(roots)))
    except ValueError:
        raise IntegrityBroken("stamp.roots") from None
    if not any(one.issuer == one.subject for one in found):
        raise IntegrityBroken("stamp.roots")
    return found
