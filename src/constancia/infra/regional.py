"""The key of a region: what is closed by it, who can open it, and the copy abroad.

A region has an X25519 pair. Everybody may close with the public half; the private half is nowhere in clear on
a disk. It stands closed once for each person who holds it, to a pair of that person's own, whose private half
is wrapped under their passphrase (Argon2id, the envelope of `keystore`); and once in an age file for people
abroad.

Closing is HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) with the place as `info`. What is closed is
padded to a multiple of 128 bytes, so that its length does not tell a telephone from an address.

Held bytes, the plaintext of a sealing of version 2 (`codec`): number of the key (4) | how many digests (1) |
for each its slot (1) and digest (32) | the box. The digests let the ledger be checked while the box is
closed; their salts are in the box, so that nobody can try telephone numbers against them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from pyrage import x25519

from constancia.domain.errors import InputRefused, IntegrityBroken, StoreRefused
from constancia.infra import keystore
from constancia.infra.keystore import Cost, Slot

KEY, HASH, NUMBER = 32, 32, 4
BLOCK = 128
MOST_DIGESTS = 32
LARGEST_COPY = 4096
TITLE = "constancia-region-1"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_CHECK = b"constancia/region-copy/1\x00"


@dataclass(frozen=True, slots=True)
class Pair:
    """Both halves, 32 bytes each. Never printed."""

    private: bytes = field(repr=False)
    public: bytes

    @staticmethod
    def new() -> Pair:
        return Pair.of(X25519PrivateKey.generate().private_bytes_raw())

    @staticmethod
    def of(private: bytes) -> Pair:
        return Pair(private, X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Held:
    """What a sealing of version 2 says without any region's key: which key it takes, and the digests."""

    key: int
    digests: Mapping[int, bytes]
    box: bytes

    def data(self) -> bytes:
        told = b"".join(bytes([slot]) + one for slot, one in sorted(self.digests.items()))
        return self.key.to_bytes(NUMBER, "big") + bytes([len(self.digests)]) + told + self.box

    @staticmethod
    def read(data: bytes, place: str) -> Held:
        """Raises IntegrityBroken `codec.unreadable` with `place`."""
        count = data[NUMBER] if len(data) > NUMBER else MOST_DIGESTS + 1
        end = NUMBER + 1 + count * (1 + HASH)
        if count > MOST_DIGESTS or len(data) < end:
            raise IntegrityBroken("codec.unreadable", place=place)
        rows = [data[at : at + 1 + HASH] for at in range(NUMBER + 1, end, 1 + HASH)]
        return Held(int.from_bytes(data[:NUMBER], "big"), {row[0]: row[1:] for row in rows}, data[end:])


def close(public: bytes, number: int, subject: bytes, context: str, plaintext: bytes) -> bytes:
    """A box for the holder of the private half; `number`: of the region's key."""
    padded = len(plaintext).to_bytes(4, "big") + plaintext
    padded += bytes(-len(padded) % BLOCK)
    return _SUITE.encrypt(padded, _public(public), info=_place(number, subject, context))


def open_(private: bytes, number: int, subject: bytes, context: str, box: bytes) -> bytes:
    """What `close` was given. Raises IntegrityBroken `codec.unreadable`."""
    try:
        padded = _SUITE.decrypt(box, _private(private), info=_place(number, subject, context))
    except (InvalidTag, ValueError) as error:
        raise IntegrityBroken("codec.unreadable", place=context) from error
    size = int.from_bytes(padded[:4], "big")
    if len(padded) < 4 or size > len(padded) - 4:
        raise IntegrityBroken("codec.unreadable", place=context)
    return padded[4 : 4 + size]


def grant(private: bytes, number: int, holder: bytes, user: int) -> bytes:
    """The private half of key `number`, closed for the public half of a holder."""
    return _SUITE.encrypt(private, _public(holder), info=_granting(number, user))


def granted(holder: bytes, number: int, user: int, closed: bytes) -> bytes:
    """The reverse, with the holder's private half. Raises IntegrityBroken `region.grant`."""
    try:
        return _SUITE.decrypt(closed, _private(holder), info=_granting(number, user))
    except (InvalidTag, ValueError) as error:
        raise IntegrityBroken("region.grant") from error


def holder_slot(private: bytes, user: int, passphrase: str, cost: Cost) -> Slot:
    """The private half of a holder wrapped under the holder's passphrase."""
    salt = secrets.token_bytes(16)
    told = {**asdict(cost), "salt": keystore.b64(salt)}
    return keystore.wrap(private, _slot_kind(user), keystore.stretch(passphrase, salt, cost), told)


def open_slot(slot: Slot, user: int, passphrase: str) -> bytes | None:
    """The private half of a holder; None for another passphrase. Raises StoreRefused `region.slot` where the
    slot is damaged or somebody else's."""
    if not isinstance(slot, dict) or slot.get("kind") != _slot_kind(user):
        raise StoreRefused("region.slot")
    try:
        salt, cost = keystore.parameters(slot)
        return keystore.unwrap(slot, keystore.stretch(passphrase, salt, cost))
    except StoreRefused as error:
        raise StoreRefused("region.slot") from error


def copy_abroad(private: bytes, region: str, number: int, recipients: Sequence[str]) -> str:
    """An age file (armored) with the private half, for `recipients` ("age1…"). Raises InputRefused
    `share.recipient` with the place of one that is none."""
    keys = []
    for place, text in enumerate(recipients, start=1):
        try:
            keys.append(x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError as error:
            raise InputRefused("share.recipient", place=place) from error
    body = f"{TITLE}\n{region} {number}\n{spoken(private)}\n"
    closed: bytes = pyrage.encrypt(body.encode(), keys, armored=True)
    return closed.decode()


def spoken(private: bytes) -> str:
    """The private half in groups of four hexadecimal digits; the last two groups are a check."""
    digits = (private + hashlib.sha256(_CHECK + private).digest()[:4]).hex()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def heard(text: str) -> bytes:
    """The reverse of `spoken`, also of a whole opened copy. Raises InputRefused `region.copy`."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if lines[:1] == [TITLE]:
        lines = lines[2:]
    try:
        data = bytes.fromhex("".join("".join(lines).split()))
    except ValueError:
        raise InputRefused("region.copy") from None
    private, check = data[:KEY], data[KEY:]
    if len(private) != KEY or hashlib.sha256(_CHECK + private).digest()[:4] != check:
        raise InputRefused("region.copy")
    return private


def read_copy(path: Path) -> str:
    """What a file with an opened copy says. Raises InputRefused `region.copy`."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_COPY).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused("region.copy") from error


def _public(raw: bytes) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(raw)


def _private(raw: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(raw)


def _place(number: int, subject: bytes, context: str) -> bytes:
    if len(subject) != 16:
        raise ValueError("a subject is 16 bytes")
    return b"constancia/region/1|%d|" % number + context.encode() + b"|" + subject


def _granting(number: int, user: int) -> bytes:
    return b"constancia/region-grant/1|%d|%d" % (number, user)


def _slot_kind(user: int) -> str:
    return f"region-holder/{user}"
