"""Whether a backup is what its register signed: no secret is needed for that, and nothing is decrypted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from constancia.domain.errors import ConstanciaError, IntegrityBroken, StoreRefused
from constancia.domain.ledger.checkpoint import Logs
from constancia.infra.backup import age
from constancia.infra.backup.manifest import Manifest, Part
from constancia.infra.backup.store import MANIFEST, BackupStore, Found, hashed, read_index
from constancia.infra.home import HomeSettings


def newest(store: BackupStore, key: Logs, name: str | None = None) -> Found:
    """The backup of that name, else the newest. Raises StoreRefused `backup.none`, `backup.not_found`, and as
    `BackupStore.found`: a newest one that does not hold is not passed over in silence."""
    names = store.names()
    if not names:
        raise StoreRefused("backup.none")
    if name is not None and name not in names:
        raise StoreRefused("backup.not_found")
    return store.found(name or names[-1], key)


def check_main(store: BackupStore, found: Found) -> None:
    """The file of the register and the list of evidence: size, hash, form, number of recipients.

    Raises IntegrityBroken: `backup.file_missing`, `backup.file_short`, `backup.file_changed`,
    `backup.file_swapped` (the file of another backup), `backup.not_age`, `backup.recipients_differ`.
    """
    manifest = found.manifest
    _compare(store, store.main(manifest.name), manifest.main, manifest)
    _compare(store, store.index(manifest.name), manifest.evidence, manifest, is_age=False)


def check_keys(store: BackupStore, found: Found) -> None:
    """The same for its file of keys."""
    _compare(store, store.keys(found.manifest.name), found.manifest.keys, found.manifest)


def check_evidence(store: BackupStore, found: Found, *, read: bool = True) -> int:
    """How many evidence files a backup counts on; all are there and what they were. `read`: False looks at
    their sizes alone. Raises IntegrityBroken `backup.evidence_missing`, `backup.evidence_changed`."""
    parts = read_index(store.index(found.manifest.name))
    missing = changed = 0
    for name, part in parts.items():
        path = store.evidence(name)
        if not path.is_file():
            missing += 1
        elif path.stat().st_size != part.size or (read and hashed(path).sha256 != part.sha256):
            changed += 1
    if missing:
        raise IntegrityBroken("backup.evidence_missing", count=missing)
    if changed:
        raise IntegrityBroken("backup.evidence_changed", count=changed)
    return len(parts)


def keys_for(store: BackupStore, key: Logs, name: str | None = None) -> Found:
    """The backup whose keys are restored: the newest, whichever register goes with them, so that what was
    erased stays erased; another one only if somebody names it. Its file of keys is there and holds.

    Raises StoreRefused `backup.keys_gone`, and as `check_main`.
    """
    found = newest(store, key, name)
    if not store.keys(found.manifest.name).is_file():
        raise StoreRefused("backup.keys_gone")
    check_keys(store, found)
    return found


def overdue(store: BackupStore, now: datetime) -> list[str]:
    """Names whose file of keys should be gone by now. The newest stays, whatever its age: without it no name
    of the register could be read again."""
    there = [name for name in store.names() if store.keys(name).exists()]
    return [name for name in there[:-1] if _keys_until(store, name) <= now]


def made_at(name: str) -> datetime:
    """When a backup says by its name that it was made."""
    return datetime.strptime(name.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _keys_until(store: BackupStore, name: str) -> datetime:
    # Whoever could change a manifest here could keep a copy as well: its signature says nothing more.
    try:
        return Manifest.read((store.folder / name / MANIFEST).read_bytes()).keys_until
    except (OSError, ConstanciaError):
        return made_at(name) + timedelta(days=HomeSettings.backup_keys_days)


def _compare(store: BackupStore, path: Path, part: Part, manifest: Manifest, *, is_age: bool = True) -> None:
    try:
        size = path.stat().st_size
    except OSError:
        raise IntegrityBroken("backup.file_missing", file=path.name) from None
    if is_age and age.recipients_in(path) != manifest.recipients:
        raise IntegrityBroken("backup.recipients_differ", file=path.name)
    found = hashed(path)
    if (found.size, found.sha256) == (part.size, part.sha256):
        return
    if found.sha256 in _known(store, manifest.name):
        raise IntegrityBroken("backup.file_swapped", file=path.name)
    raise IntegrityBroken("backup.file_short" if size < part.size else "backup.file_changed", file=path.name)


def _known(store: BackupStore, besides: str) -> set[str]:
    """Hashes that other backups of the store name, to say more of a file that is not ours."""
    found: set[str] = set()
    for name in store.names():
        try:
            other = Manifest.read((store.folder / name / MANIFEST).read_bytes())
        except (OSError, ConstanciaError):
            continue
        if name != besides:
            found |= {other.main.sha256, other.keys.sha256}
    return found
