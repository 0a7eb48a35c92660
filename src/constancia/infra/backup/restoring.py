"""Putting a backup back: into a folder beside the target, which takes its name when all of it held."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pyrage import x25519

from constancia import __version__
from constancia.domain.errors import IntegrityBroken, StoreRefused
from constancia.domain.ledger.checkpoint import Logs
from constancia.infra.backup import age, checking, members, postgres
from constancia.infra.backup.manifest import Manifest
from constancia.infra.backup.postgres import PREFIX
from constancia.infra.backup.store import EVIDENCE, BackupStore, Found, hashed, read_index
from constancia.infra.bootstrap import DATABASE_VARIABLE
from constancia.infra.files import private_folder, sync_folder
from constancia.infra.home import STAGING, Home

KEYS_STORE = "llave-de-claves.json"
"""The keystore of the day of the keys, beside them: it says which generation of the register's keys they are
under."""
NEEDED = ("llave.json", "constancia.toml", "claves.db")


@contextmanager
def staging(target: Path) -> Iterator[Home]:
    """A private folder beside `target` that no command takes for a register; it becomes `target` only when
    the block ends without error. Raises StoreRefused `home.taken` where anything stands at `target`.

    A folder that was left by a process that is dead is thrown away; one in use is left alone.
    """
    _refuse_taken(target)
    private_folder(target.parent)
    _clear(target)
    folder = target.parent / f"{STAGING}{target.name}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield Home(folder)
        os.sync()  # a public log may have thousands of small files
        _refuse_taken(target)
        os.rename(folder, target)
        sync_folder(target.parent)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        os.close(held)


def verified(
    store: BackupStore, key: Logs, name: str | None = None, keys_of: str | None = None
) -> tuple[Found, Found]:
    """The backup of that name, else the newest, and the one whose keys go with it; everything that will be
    read was compared with what was signed. Raises as `checking`; StoreRefused `backup.newer_program`."""
    found = checking.newest(store, key, name)
    _refuse_newer(found.manifest)
    checking.check_main(store, found)
    checking.check_evidence(store, found)
    return found, checking.keys_for(store, key, keys_of)


def unpack(
    store: BackupStore,
    main: Manifest,
    keys: Manifest,
    by: Sequence[x25519.Identity],
    home: Home,
    *,
    evidence: bool = True,
    take: Callable[[bytes], None] | None = None,
) -> None:
    """Fill an empty folder from a backup that was `verified`; hashes are compared once more as it is read.
    `take`: what is given the pieces of a database that is no file. The keystore that came with the keys stays
    beside the register's until `generations.joined`.

    Raises StoreRefused `backup.wrong_identity`; IntegrityBroken `backup.damaged`, `backup.file_changed`,
    `backup.content`, `backup.evidence_changed`.
    """
    for path, part in ((store.main(main.name), main.main), (store.keys(keys.name), keys.keys)):
        with age.decrypting(path, by, part.sha256) as stream:
            members.unpack(stream, home.path, (PREFIX, take or _nowhere))
    if not all((home.path / name).is_file() for name in NEEDED):
        raise IntegrityBroken("backup.content")
    if evidence:
        _copy_evidence(store, main, home)


@contextmanager
def database(main: Manifest) -> Iterator[postgres.Filling | None]:
    """Where the register of a backup goes: None for the file of its folder, else the empty database that the
    environment names. Raises StoreRefused `backup.engine_differs`, and as `postgres.filling`."""
    url = os.environ.get(DATABASE_VARIABLE)
    if (main.engine == "postgresql") != bool(url):
        raise StoreRefused("backup.engine_differs")
    if not url:
        yield None
        return
    with postgres.filling(url) as work:
        yield work


def try_out(store: BackupStore, main: Manifest, keys: Manifest, by: Sequence[x25519.Identity]) -> None:
    """Decrypt both files to their ends and keep nothing. Raises as `unpack`."""
    for path, part in ((store.main(main.name), main.main), (store.keys(keys.name), keys.keys)):
        with age.decrypting(path, by, part.sha256) as stream:
            while stream.read(members.PIECE):
                pass


def _copy_evidence(store: BackupStore, main: Manifest, home: Home) -> None:
    private_folder(home.path / EVIDENCE)
    for name, part in read_index(store.index(main.name)).items():
        target = home.path / EVIDENCE / name[:2] / name
        private_folder(target.parent)
        shutil.copyfile(store.evidence(name), target)
        target.chmod(0o600)
        if hashed(target).sha256 != part.sha256:
            raise IntegrityBroken("backup.evidence_changed", count=1)


def _refuse_newer(main: Manifest) -> None:
    """A program that does not know some of the tables would not miss them."""
    if _version(main.software) > _version(__version__):
        raise StoreRefused("backup.newer_program", version=main.software)


def _version(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"[0-9]+", text)[:3]]


def _nowhere(_piece: bytes) -> None:
    """A database in clear must not be written to a disk for want of a server to put it into."""
    raise StoreRefused("backup.engine_differs")


def _refuse_taken(target: Path) -> None:
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise StoreRefused("home.taken", folder=str(target))


def _clear(target: Path) -> None:
    for left in target.parent.glob(f"{STAGING}{target.name}-*"):
        with suppress(OSError):
            held = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(held)
