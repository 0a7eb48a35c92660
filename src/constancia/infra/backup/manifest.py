"""What a backup is made of, signed: age says for whom a file is, never from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from constancia.domain.errors import IntegrityBroken, StoreRefused
from constancia.domain.ledger.checkpoint import Logs, keys_of
from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.note import Key, Sign, open_note, signature_line, with_signatures
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.strict_json import canonical, read_canonical

FORMAT = "constancia/backup/1"
LARGEST = 100_000
NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}")
"""Of a backup: when it was made, in UTC, and two random bytes."""
TIME = "%Y-%m-%dT%H:%M:%SZ"
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """A file as it lies in the store. `sha256`: of its bytes there, 64 hex digits."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Grown:
    """How far a log had come. `root`: 64 hex digits."""

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`main`: everything but keys of subjects and evidence; `keys`: the keys of subjects, thrown away after
    `keys_until`; `evidence`: the list of evidence files; `before`: SHA-256 of the manifest before, "" of the
    first."""

    name: str
    made: datetime
    software: str
    engine: str
    log_key: str
    logs: Mapping[str, Grown]
    recipients: int
    main: Part
    keys: Part
    keys_until: datetime
    evidence: Part
    before: str

    def data(self) -> bytes:
        """The one way it is written."""
        told = asdict(self) | {"format": FORMAT}
        for name in ("made", "keys_until"):
            told[name] = told[name].astimezone(UTC).strftime(TIME)
        return canonical(told)

    @staticmethod
    def read(data: bytes) -> Manifest:
        """Raises IntegrityBroken `backup.manifest`."""
        try:
            found = read_canonical(data, LARGEST)
            if found.pop("format") != FORMAT:
                raise ValueError
            manifest = Manifest(
                name=_text(found, "name"),
                made=_time(found, "made"),
                software=_text(found, "software"),
                engine=_text(found, "engine"),
                log_key=_text(found, "log_key"),
                logs={
                    log: Grown(_whole(one, "size"), _hex(one, "root")) for log, one in found["logs"].items()
                },
                recipients=_whole(found, "recipients"),
                main=_part(found["main"]),
                keys=_part(found["keys"]),
                keys_until=_time(found, "keys_until"),
                evidence=_part(found["evidence"]),
                before=_text(found, "before"),
            )
        except (ProofRefused, KeyError, TypeError, ValueError, AttributeError):
            raise IntegrityBroken("backup.manifest") from None
        if not NAME.fullmatch(manifest.name) or manifest.data() != data:
            raise IntegrityBroken("backup.manifest")
        return manifest


def digest(data: bytes) -> str:
    """By which a manifest is entered in the log, and named by the next one."""
    return sha256(data).hexdigest()


def signed(data: bytes, name: str, key: Key, sign: Sign) -> bytes:
    """The note that speaks for a manifest. Its first line is no log's name: it can be taken for no
    checkpoint."""
    text = _text_of(data, name)
    return with_signatures(text, [signature_line(text, key, sign)]).encode()


def verified(data: bytes, note: bytes, key: Logs) -> Manifest:
    """The manifest, if `key`, or one of them, speaks for it.

    Raises IntegrityBroken `backup.manifest`, `backup.signature`, `backup.manifest_changed`; StoreRefused
    `backup.other_register` where it names another key as its register's.
    """
    manifest = Manifest.read(data)
    own = [one for one in keys_of(key) if manifest.log_key == str(one)]
    if not own:
        raise StoreRefused("backup.other_register")
    try:
        said = open_note(note, own).text
    except ProofRefused:
        raise IntegrityBroken("backup.signature") from None
    if said != _text_of(data, manifest.name):
        raise IntegrityBroken("backup.manifest_changed")
    return manifest


def _text_of(data: bytes, name: str) -> str:
    return f"{FORMAT}\n{name}\n{b64(sha256(data).digest())}\n"


def _part(found: Any) -> Part:
    return Part(_text(found, "name"), _whole(found, "size"), _hex(found, "sha256"))


def _text(found: Any, name: str) -> str:
    value = found[name]
    if not isinstance(value, str):
        raise ValueError
    return value


def _whole(found: Any, name: str) -> int:
    value = found[name]
    if type(value) is not int or value < 0:
        raise ValueError
    return value


def _hex(found: Any, name: str) -> str:
    value = _text(found, name)
    if not _HEX.fullmatch(value):
        raise ValueError
    return value


def _time(found: Any, name: str) -> datetime:
    return datetime.strptime(_text(found, name), TIME).replace(tzinfo=UTC)
