"""A fact as 32 salted digests under one root: each field can be opened alone, and none can be guessed.

Every field of a schema has its own slot; what is not there is a decoy that nobody can tell from a digest, so
the number of fields does not show (the decoys of RFC 9901). Salts and decoys come from the subject's key: who
destroys the key makes every commitment meaningless for ever, and the log still verifies.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256, shake_256
from types import MappingProxyType
from typing import Any

from constancia.domain.ledger.encoding import HASH
from constancia.domain.ledger.merkle import node_hash
from constancia.domain.ledger.multiproof import multi_proof, root_from_multi
from constancia.domain.ledger.refused import ProofRefused

SLOTS = 32
DEEPEST = 16
"""Lists and objects within each other."""

LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that every reader of JSON reads exactly (RFC 8259, 6)."""

Value = str | int | bool | None

NOTHING_HIDDEN: Mapping[int, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Opened:
    """A field that is shown: its slot, name, value as written, and salt (32 bytes)."""

    slot: int
    name: str
    value: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Some fields of one entry, and the hashes of the slots between them."""

    fields: tuple[Opened, ...]
    gaps: tuple[bytes, ...]


def written(value: Any) -> str:
    """The one way a value is written: JSON of text (NFC, trimmed), whole numbers up to LARGEST_NUMBER, true,
    false, null, and lists and objects of them with sorted keys, up to DEEPEST. Raises ProofRefused
    `proof.value` for anything else."""
    return json.dumps(_plain(value, DEEPEST), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def digest(salt: bytes, name: str, value: str) -> bytes:
    """SHA-256 with prefix 0x02, which no leaf (0x00) and no node (0x01) has; lengths keep the parts apart."""
    name_bytes, value_bytes = name.encode(), value.encode()
    return sha256(
        b"\x02" + salt + len(name_bytes).to_bytes(2, "big") + name_bytes
        + len(value_bytes).to_bytes(4, "big") + value_bytes
    ).digest()  # fmt: skip


def salts(key: bytes, record: str) -> list[bytes]:
    """Per slot, the salt of its field or, where it has none, its decoy. `key`: 32 bytes, of the subject;
    `record`: what the entry is of, "fact/17". SHAKE-256 is a pseudo-random function of its prefix: one call
    for all slots."""
    stream = shake_256(b"constancia/slots/v1\x00" + key + record.encode()).digest(SLOTS * HASH)
    return [stream[at : at + HASH] for at in range(0, SLOTS * HASH, HASH)]


def root_of(
    key: bytes,
    record: str,
    fields: Mapping[int, tuple[str, str]],
    hidden: Mapping[int, bytes] = NOTHING_HIDDEN,
) -> bytes:
    """The root over the slots. `fields`: slot → (name, value as `written`); `hidden`: slot → its digest, for
    a field whose value is no longer there, or whose salt comes from another key (`digests_of`)."""
    return _levels(_digests(key, record, fields, hidden))[-1][0]


def digests_of(
    key: bytes, record: str, fields: Mapping[int, tuple[str, str]], slots: Iterable[int]
) -> dict[int, bytes]:
    """Slot → digest under `key` (32 bytes), or a decoy where the slot has no field."""
    found = _digests(key, record, fields, NOTHING_HIDDEN)
    return {slot: found[slot] for slot in slots}


def disclose(
    key: bytes,
    record: str,
    fields: Mapping[int, tuple[str, str]],
    shown: Sequence[int],
    hidden: Mapping[int, bytes] = NOTHING_HIDDEN,
) -> Disclosure:
    """The fields in the slots `shown`, so that anybody who has the entry can check them. `hidden` as
    `root_of`: none of them can be shown."""
    levels, salted = _levels(_digests(key, record, fields, hidden)), salts(key, record)
    opened = tuple(Opened(slot, *fields[slot], salted[slot]) for slot in sorted(set(shown)))
    return Disclosure(opened, tuple(multi_proof(shown, SLOTS, lambda level, at: levels[level][at])))


def root_of_disclosure(found: Disclosure, slot_of: Mapping[str, int]) -> bytes:
    """The slot root that a disclosure leads to. `slot_of`: where the schema puts each field.

    Raises ProofRefused `proof.slot` (unknown field, another's slot, twice), `proof.salt`, `proof.value` (not
    the one way to write it), and as `root_from_multi`.
    """
    leaves: dict[int, bytes] = {}
    for one in found.fields:
        if slot_of.get(one.name) != one.slot or one.slot in leaves:
            raise ProofRefused("proof.slot")
        if len(one.salt) != HASH:
            raise ProofRefused("proof.salt")
        read(one.value)
        leaves[one.slot] = digest(one.salt, one.name, one.value)
    return root_from_multi(leaves, SLOTS, found.gaps)


def read(value: str) -> Any:
    """The value behind its writing. Raises ProofRefused `proof.value` where it is not `written` so."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        raise ProofRefused("proof.value") from None
    if written(found) != value:
        raise ProofRefused("proof.value")
    return found


def _digests(
    key: bytes, record: str, fields: Mapping[int, tuple[str, str]], hidden: Mapping[int, bytes]
) -> list[bytes]:
    found = salts(key, record)
    for slot, (name, value) in fields.items():
        found[slot] = digest(found[slot], name, value)
    for slot, kept in hidden.items():
        found[slot] = kept
    return found


def _levels(hashes: list[bytes]) -> list[list[bytes]]:
    levels = [hashes]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[at], below[at + 1]) for at in range(0, len(below), 2)])
    return levels


def _plain(value: Any, deeper: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST_NUMBER:
        return value
    if isinstance(value, str):
        return _text(value)
    if deeper and isinstance(value, list | tuple):
        return [_plain(one, deeper - 1) for one in value]
    if deeper and isinstance(value, dict) and all(isinstance(name, str) for name in value):
        found = {_text(name): _plain(one, deeper - 1) for name, one in value.items()}
        if len(found) == len(value):
            return found
    raise ProofRefused("proof.value")


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ProofRefused("proof.value") from None
    return unicodedata.normalize("NFC", value.strip())
