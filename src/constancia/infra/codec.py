"""What is sealed under a person's own key: names, numbers, birth dates, sources.

Each subject (a person, a source, an evidence file) has a random 256-bit key of its own, kept wrapped
in the keyring. A sealed value is bound to its subject and to the place it belongs, so that it cannot
be moved to another row, column or person. Destroying the key makes all of it unreadable at once.

Sealed bytes: version (1) | nonce (12, random) | AES-256-GCM ciphertext and tag,
with `constancia/1|<context>|<subject>` as associated data. Version 2 is the same with a 2 in both places:
what is sealed so is of a region too, and its inside is closed by that region's key (`regional`).
"""

from __future__ import annotations

import hmac
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from constancia.domain.errors import IntegrityBroken, StoreRefused
from constancia.infra.keyring import KeyRing

VERSION = b"\x01"
HELD = b"\x02"
NONCE = 12
SUBJECT = 16
CACHED_KEYS = 8192
COMMITTING = b"constancia/committing/1"
LASTING = frozenset({"approvals", "import_row", "matching_namelist", "matching_entry"})
"""Fingerprints of what is not kept, or was approved as it stood: they are not computed anew, and so keep
their first key."""

Item = tuple[bytes, str, bytes]  # subject, context, plaintext or sealed bytes


class _Keys(NamedTuple):
    """What one subject's key is used for: sealing, and committing to what the ledger says of the subject."""

    sealing: AESGCM
    committing: bytes

    @staticmethod
    def of(key: bytes) -> _Keys:
        return _Keys(AESGCM(key), hmac.digest(key, COMMITTING, "sha256"))


class SubjectCodec:
    """Seals and opens values under the keys of their subjects. Safe to share between threads."""

    def __init__(
        self,
        ring: KeyRing,
        wrapping_key: bytes,
        blind_key: bytes,
        *,
        epoch: int = 1,
        earlier: Callable[[int], bytes] | None = None,
        lasting: bytes | None = None,
    ) -> None:
        """`wrapping_key`: of the present `epoch`; `earlier`: gives the wrapping key of another; `lasting`:
        the blind key of LASTING, where it is another."""
        self._ring = ring
        self._epoch = epoch
        self._wrapper = AESGCM(wrapping_key)
        self._earlier = earlier
        self._blind_key = blind_key
        self._lasting = lasting or blind_key
        self._keys: OrderedDict[bytes, _Keys] = OrderedDict()
        self._lock = threading.Lock()
        self._forgotten = -1

    def create_subjects(self, subjects: Iterable[bytes]) -> None:
        """Give each of the new `subjects` (16 bytes each) a key, in one durable transaction.

        Raises StoreRefused `codec.subject_exists`; then none was created.
        """
        rows, keys = [], {}
        for subject in subjects:
            key = AESGCM.generate_key(256)
            rows.append((subject, self._epoch, wrapped_key(self._wrapper, subject, self._epoch, key)))
            keys[subject] = _Keys.of(key)
        self._ring.add(rows)
        self._remember(keys)

    def seal(self, subject: bytes, context: str, plaintext: bytes) -> bytes:
        """`plaintext` sealed for `subject` at the place `context` ("table|column|record id")."""
        return _seal(self._key(subject).sealing, subject, context, plaintext)

    def open(self, subject: bytes, context: str, blob: bytes) -> bytes:
        """What `seal` was given.

        Raises IntegrityBroken `codec.unreadable`, StoreRefused `codec.forgotten`.
        """
        return _open(self._key(subject).sealing, subject, context, blob)

    def seal_many(self, items: Sequence[Item], version: bytes = VERSION) -> list[bytes]:
        """`seal` for many (subject, context, plaintext), in their order. `version`: VERSION or HELD."""
        return [
            _seal(keys[subject].sealing, subject, context, plaintext, version)
            for part, keys in self._parts(items)
            for subject, context, plaintext in part
        ]

    def open_many(self, items: Sequence[Item]) -> list[bytes]:
        """`open` for many (subject, context, sealed bytes), in their order."""
        return [
            _open(keys[subject].sealing, subject, context, blob)
            for part, keys in self._parts(items)
            for subject, context, blob in part
        ]

    def open_known(self, items: Sequence[Item], version: bytes = VERSION) -> list[bytes | None]:
        """Like `open_many`, with None where the subject's key has been destroyed. Bytes of another version
        than `version` are unreadable."""
        return [
            _open(keys[subject].sealing, subject, context, blob, version) if subject in keys else None
            for part, keys in self._parts(items, forgiving=True)
            for subject, context, blob in part
        ]

    def keyless(self, subjects: Iterable[bytes]) -> set[bytes]:
        """Those of `subjects` whose key is not in the keyring."""
        wanted = set(subjects)
        return wanted - self._ring.subjects() if wanted else wanted

    def committing_keys(self, subjects: Iterable[bytes]) -> dict[bytes, bytes]:
        """Per subject the 32 bytes that the salts of its commitments come from. Absent where its key is
        destroyed: nobody can open or guess them any more."""
        wanted, found = list(set(subjects)), {}
        for start in range(0, len(wanted), CACHED_KEYS):
            keys = self._load(set(wanted[start : start + CACHED_KEYS]), True)
            found.update({subject: both.committing for subject, both in keys.items()})
        return found

    def blind(self, label: str, text: str) -> str:
        """A keyed fingerprint (HMAC-SHA256, 64 hex digits) to find equal values without storing them."""
        key = self._lasting if label in LASTING else self._blind_key
        return hmac.digest(key, label.encode() + b"\x00" + text.encode(), "sha256").hex()

    def forget(self, subject: bytes) -> bool:
        """Destroy the key of `subject`: what was sealed with it can never be opened again."""
        with self._lock:
            self._keys.pop(subject, None)
        return self._ring.remove(subject)

    def scrub(self) -> bool:
        """Overwrite what the log of the keyring's file still holds of destroyed keys; False if not yet."""
        return self._ring.scrub()

    def _parts(
        self, items: Sequence[Item], *, forgiving: bool = False
    ) -> Iterable[tuple[Sequence[Item], dict[bytes, _Keys]]]:
        for start in range(0, len(items), CACHED_KEYS):
            part = items[start : start + CACHED_KEYS]
            yield part, self._load({item[0] for item in part}, forgiving)

    def _key(self, subject: bytes) -> _Keys:
        return self._load({subject}, False)[subject]

    def _load(self, subjects: set[bytes], forgiving: bool) -> dict[bytes, _Keys]:
        forgotten = self._ring.times_forgotten()
        with self._lock:
            if forgotten != self._forgotten:
                self._keys.clear()
                self._forgotten = forgotten
            keys = {subject: self._keys[subject] for subject in subjects if subject in self._keys}
            for subject in keys:
                self._keys.move_to_end(subject)
        missing = [subject for subject in subjects if subject not in keys]
        if missing:
            loaded = {
                subject: self._unwrap(subject, epoch, wrapped)
                for subject, (epoch, wrapped) in self._ring.find(missing).items()
            }
            if len(loaded) < len(missing) and not forgiving:
                raise StoreRefused("codec.forgotten")
            self._remember(loaded)
            keys.update(loaded)
        return keys

    def _unwrap(self, subject: bytes, epoch: int, wrapped: bytes) -> _Keys:
        if epoch == self._epoch:
            return _Keys.of(unwrapped_key(self._wrapper, subject, epoch, wrapped))
        if self._earlier is None:
            raise IntegrityBroken("codec.keyring")
        return _Keys.of(unwrapped_key(AESGCM(self._earlier(epoch)), subject, epoch, wrapped))

    def _remember(self, keys: dict[bytes, _Keys]) -> None:
        with self._lock:
            self._keys.update(keys)
            surplus = len(self._keys) - CACHED_KEYS
            for subject in list(islice(self._keys, max(0, surplus))):
                del self._keys[subject]


def wrapped_key(wrapper: AESGCM, subject: bytes, epoch: int, key: bytes) -> bytes:
    """A subject's key as the keyring keeps it: nonce (12, random) | AES-256-GCM ciphertext and tag, bound to
    subject and epoch."""
    nonce = os.urandom(NONCE)
    return nonce + wrapper.encrypt(nonce, key, _wrap_purpose(subject, epoch))


def unwrapped_key(wrapper: AESGCM, subject: bytes, epoch: int, wrapped: bytes) -> bytes:
    """Raises IntegrityBroken `codec.keyring`."""
    try:
        return wrapper.decrypt(wrapped[:NONCE], wrapped[NONCE:], _wrap_purpose(subject, epoch))
    except (InvalidTag, ValueError) as error:
        raise IntegrityBroken("codec.keyring") from error


def _seal(key: AESGCM, subject: bytes, context: str, plaintext: bytes, version: bytes = VERSION) -> bytes:
    nonce = os.urandom(NONCE)
    return version + nonce + key.encrypt(nonce, plaintext, _place(subject, context, version))


def _open(key: AESGCM, subject: bytes, context: str, blob: bytes, version: bytes = VERSION) -> bytes:
    try:
        if blob[:1] != version:
            raise InvalidTag
        return key.decrypt(blob[1 : 1 + NONCE], blob[1 + NONCE :], _place(subject, context, version))
    except (InvalidTag, ValueError) as error:
        raise IntegrityBroken("codec.unreadable", place=context) from error


def _place(subject: bytes, context: str, version: bytes) -> bytes:
    # The subject has a fixed length and stands last: no two (context, subject) give the same bytes.
    if len(subject) != SUBJECT:
        raise ValueError("a subject is 16 bytes")
    return b"constancia/%d|" % version[0] + context.encode() + b"|" + subject


def _wrap_purpose(subject: bytes, epoch: int) -> bytes:
    if len(subject) != SUBJECT:
        raise ValueError("a subject is 16 bytes")
    return b"constancia/kek/%d|" % epoch + subject
