"""A small store of backups without Django: one register's worth of files, signed by an invented log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyrage import x25519

from constancia import __version__
from constancia.domain.ledger.note import SIGNATURE, Key
from constancia.infra.backup import store as stores
from constancia.infra.backup import writing
from constancia.infra.backup.manifest import Grown, Manifest
from constancia.infra.backup.members import Member
from constancia.infra.backup.store import BackupStore

NIGHT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
STEP = 64 * 1024
INSIDE = {
    "registro.db": b"cifrado " * 9_000,
    "llave.json": b'{"version": 1}',
    "constancia.toml": b'organisation = "Casa inventada"\n',
    "bitacora/hechos/tile/0/000.p/64": bytes(2048),
}
KEYS = {"claves.db": b"claves cifradas " * 500}


@dataclass
class Register:
    """Signs as a register does, and makes backups of `INSIDE` in `store`."""

    folder: Path
    name: str = "casa-inventada/constancia/hechos/1"
    people: list[x25519.Identity] = field(default_factory=lambda: [x25519.Identity.generate() for _ in "ab"])
    inside: dict[str, bytes] = field(default_factory=lambda: dict(INSIDE))
    nights: int = 0
    before: str = ""
    software: str = __version__

    def __post_init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()
        public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.key = Key(self.name, SIGNATURE, public)
        self.store = BackupStore(self.folder)

    def identity_file(self, path: Path, person: int = 0) -> Path:
        path.write_text(f"# una identidad inventada\n{self.people[person]}\n")
        return path

    def back_up(self, *, evidence: Path | None = None, keys: dict[str, bytes] | None = None) -> str:
        """The name of a backup made one night after the one before."""
        made = NIGHT + timedelta(days=self.nights)
        self.nights += 1
        name = f"{made:%Y%m%dT%H%M%SZ}-{self.nights:04x}"
        to = [one.to_public() for one in self.people]
        paths = sorted(evidence.glob("??/*")) if evidence else []
        with self.store.making(name) as making:
            main = writing.sealed(making / stores.MAIN, to, _members(self.inside), STEP)
            sealed = writing.sealed(self.store.keys(name), to, _members(keys or KEYS), STEP)
            index, _ = writing.copy_evidence(self.store, making, paths, {})
            manifest = Manifest(
                name=name,
                made=made,
                software=self.software,
                engine="sqlcipher",
                log_key=str(self.key),
                logs={"hechos": Grown(64 * self.nights, "00" * 32), "casos": Grown(3, "11" * 32)},
                recipients=len(to),
                main=main,
                keys=sealed,
                keys_until=made + timedelta(days=35),
                evidence=index,
                before=self.before,
            )
            self.before = writing.sign(manifest, making, self.key, self._private.sign)
        return name


def _members(files: dict[str, bytes]) -> list[Member]:
    return [Member(name, content) for name, content in files.items()]


def kept_evidence(folder: Path, count: int = 3) -> Path:
    """A folder of evidence files as a register has them."""
    for number in range(count):
        name = f"{number:02x}" * 16
        path = folder / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"prueba sellada {number}".encode() * 100)
    return folder
