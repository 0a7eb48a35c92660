"""The whole check of a backup, from what everybody may see to what only an identity opens."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from constancia.domain.errors import IntegrityBroken
from constancia.domain.ledger.checkpoint import Logs
from constancia.infra import clock
from constancia.infra.backup import age, checking, restoring, state
from constancia.infra.backup.generations import joined
from constancia.infra.backup.logged import is_logged
from constancia.infra.backup.manifest import Manifest
from constancia.infra.backup.snapshot import check_pages
from constancia.infra.backup.store import BackupStore
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import unlock

OLDEST_DAYS = 2


@dataclass(frozen=True, slots=True)
class Examined:
    """`backups`: how many there are; `keys`: the backup whose file of keys would be restored with this one;
    `overdue`: files of keys that should be gone by now; `logged`: its manifest was found in the public
    log."""

    manifest: Manifest
    backups: int
    evidence: int
    keys: str
    overdue: int
    logged: bool
    decrypted: bool = False
    opened: bool = False

    def days_old(self, now: datetime) -> int:
        return (now - self.manifest.made).days


def examine(
    folder: Path,
    key: Logs,
    home: Home | None,
    *,
    name: str | None = None,
    quick: bool = False,
    identity: Path | None = None,
    ask: Callable[[], str] | None = None,
) -> Examined:
    """Check the backup of that name, else the newest; with an identity decrypt it to its end; with a way to
    `ask` for its passphrase open the copy and read every page. `home`: of this machine, for what it remembers
    of its backups.

    Raises as `restoring.verified` and `unpack`; IntegrityBroken `backup.newest_gone` where the last backup
    that this machine made is not there any more, `fsck.damaged`.
    """
    store = BackupStore(folder)
    last = state.read(home).name if home is not None else ""
    if name is None and last and last > max(store.names(), default=""):
        raise IntegrityBroken("backup.newest_gone", name=last)
    found = checking.newest(store, key, name)
    checking.check_main(store, found)
    evidence = checking.check_evidence(store, found, read=not quick)
    keys = checking.keys_for(store, key)
    by = age.identities(identity) if identity is not None else None
    if by is not None and ask is None:
        restoring.try_out(store, found.manifest, keys.manifest, by)
    elif by is not None:
        # What lies here meanwhile is ciphertext under the register's own key, and goes.
        with tempfile.TemporaryDirectory(prefix="constancia-") as place:
            copy = Home(Path(place))
            restoring.unpack(
                store, found.manifest, keys.manifest, by, copy, evidence=False, take=lambda _: None
            )
            _open(copy, ask)
    return Examined(
        manifest=found.manifest,
        backups=len(store.names()),
        evidence=evidence,
        keys=keys.manifest.name,
        overdue=len(checking.overdue(store, clock.now())),
        logged=home is not None and is_logged(found, home.public_log, key),
        decrypted=by is not None,
        opened=by is not None and ask is not None,
    )


def _open(copy: Home, ask: Callable[[], str] | None) -> None:
    root = joined(copy, unlock(copy, ask=ask), ask)
    for path, purpose in ((copy.database, "db"), (copy.keyring, "keyring"), (copy.trail, "trail")):
        if path.exists():
            check_pages(path, root.current(purpose))
