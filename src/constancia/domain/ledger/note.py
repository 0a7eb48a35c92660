"""Signed notes: a text, an empty line, and signatures, each under a name and a key (C2SP signed-note).

A verifier key is written "<name>+<key id, 8 hex digits>+<base64 of type and key>". Types: 1 is Ed25519 over
the text; 4 is a witness's cosignature, Ed25519 over the text and a time (C2SP tlog-cosignature).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from constancia.domain.ledger.ed25519 import is_signed
from constancia.domain.ledger.encoding import b64, unb64, utf8
from constancia.domain.ledger.refused import ProofRefused

LARGEST_NOTE = 64_000
MOST_SIGNATURES = 16
SIGNATURE, COSIGNATURE = 1, 4

Sign = Callable[[bytes], bytes]
"""Message → the 64 bytes of its Ed25519 signature."""

NAME = re.compile(r"[^\s+\ud800-\udfff]{1,255}")
"""Of a key or a log: no space, no plus (signed-note)."""


_LINE = re.compile("— ([^\\s+]+) ([A-Za-z0-9+/=]+)")


@dataclass(frozen=True, slots=True)
class Key:
    """A verifier key: `name` of the signer, `kind` SIGNATURE or COSIGNATURE, `public` 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64(bytes([self.kind]) + self.public)}"

    @staticmethod
    def read(text: str) -> Key:
        """Raises ProofRefused `proof.key`, `proof.base64`."""
        parts = text.split("+", 2)
        if len(parts) != 3 or not NAME.fullmatch(parts[0]):
            raise ProofRefused("proof.key")
        raw = unb64(parts[2], 33)
        key = Key(parts[0], raw[0], raw[1:])
        if raw[0] not in (SIGNATURE, COSIGNATURE) or key.id.hex() != parts[1]:
            raise ProofRefused("proof.key")
        return key


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds. `time`: seconds since 1970 of a cosignature, None of a signature."""

    key: Key
    time: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note as opened: `text` ends with a line feed; `signed`: signatures of known keys, each once."""

    text: str
    signed: tuple[Signed, ...]

    def by(self, key: Key) -> Signed | None:
        return next((one for one in self.signed if one.key == key), None)


def open_note(data: bytes, keys: Sequence[Key], *, strict: bool = False) -> Note:
    """The note with the signatures of `keys`. Lines of unknown keys are passed over, as C2SP asks; `strict`
    refuses them, so that no byte of a bundle can change unnoticed.

    Raises ProofRefused: `proof.text`, `proof.note` (its form), `proof.signatures` (too many, or one twice
    where strict), `proof.signature` (of a known key, and it does not hold), `proof.unsigned` (none of a known
    key), `proof.base64`.
    """
    whole = utf8(data, LARGEST_NOTE)
    head, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n") or not head:
        raise ProofRefused("proof.note")
    text, lines = head + "\n", tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise ProofRefused("proof.signatures")
    known = {(key.name, key.id): key for key in keys}
    found: dict[Key, Signed] = {}
    for line in lines:
        matched = _LINE.fullmatch(line)
        if matched is None:
            raise ProofRefused("proof.note")
        blob = unb64(matched[2])
        key = known.get((matched[1], blob[:4]))
        if len(blob) < 5 or (strict and (key is None or key in found)):
            raise ProofRefused("proof.signatures")
        if key is not None and key not in found:
            found[key] = _checked(text, key, blob[4:])
    if not found:
        raise ProofRefused("proof.unsigned")
    return Note(text, tuple(found.values()))


def signature_line(text: str, key: Key, sign: Sign, time: int | None = None) -> str:
    """The line that signs `text`, with its line feed. `time`: of a cosignature, seconds since 1970."""
    if key.kind == COSIGNATURE:
        assert time is not None
        return _line(key, struct.pack(">Q", time) + sign(cosigned(text, time)))
    return _line(key, sign(text.encode()))


def cosigned(text: str, time: int) -> bytes:
    """What a witness signs: that it saw this checkpoint at this time, consistent with all it saw before."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def with_signatures(text: str, lines: Iterable[str]) -> str:
    """The note of a text (ending with a line feed) and signature lines (each with its own)."""
    return text + "\n" + "".join(lines)


def _line(key: Key, signature: bytes) -> str:
    return f"— {key.name} {b64(key.id + signature)}\n"


def _checked(text: str, key: Key, signature: bytes) -> Signed:
    if key.kind == SIGNATURE:
        if not is_signed(key.public, text.encode(), signature):
            raise ProofRefused("proof.signature")
        return Signed(key)
    if len(signature) != 72:
        raise ProofRefused("proof.signature")
    (time,) = struct.unpack(">Q", signature[:8])
    if not is_signed(key.public, cosigned(text, time), signature[8:]):
        raise ProofRefused("proof.signature")
    return Signed(key, time)
