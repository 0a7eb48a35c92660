"""A file that holds some room on the disk, given up when there is no other: for one last transaction.

A full disk refuses everything, also what would lock the house or mend it. With the reserve gone there is room
for a few hundred recordings; it is made again as soon as there is plenty.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from constancia.domain.errors import DeploymentRefused, StoreRefused
from constancia.infra import faults, unlocked
from constancia.infra.files import PRIVATE_FILE, sync_folder
from constancia.infra.home import Home

SIZE = 4 * 1024 * 1024
"""Bytes of the reserve."""
PLENTY = 8 * SIZE
"""Bytes that must be free before it is made (again): it must not itself be what fills the disk."""
_PART = 256 * 1024


def keep(home: Home) -> bool:
    """Make the reserve where it is missing and there is plenty of room; whether it is there now.

    Raises nothing: a disk that fails here will say so where something depends on it.
    """
    path = home.reserve
    try:
        if path.exists():
            return True
        if shutil.disk_usage(home.path).free < PLENTY:
            return False
        _write(path)
    except OSError:
        return False
    return True


def release(home: Home) -> bool:
    """Give the room up; whether there was any to give."""
    try:
        home.reserve.unlink()
        sync_folder(home.path)
    except OSError:
        return False
    return True


def eased(problem: BaseException) -> StoreRefused | None:
    """`faults.known`, to be called once, by whoever says it.

    Where this machine's disk is full the reserve is given up, and `store.full_once` says that what was sent
    can be sent once more. On a disk without a single page left a database complains in other words.
    """
    found = faults.known(problem)
    of_a_server = getattr(problem.__cause__ or problem, "sqlstate", None) is not None
    if found is None or of_a_server or not unlocked.is_unlocked():
        return found
    home = unlocked.home()
    if found.code == "store.database" and _without_room(home):
        found = StoreRefused("store.full")
    return StoreRefused("store.full_once") if found.code == "store.full" and release(home) else found


def missing(home: Home) -> DeploymentRefused | None:
    """What the doctor says where the reserve is gone, or is not of its size."""
    try:
        whole = home.reserve.stat().st_size == SIZE
    except FileNotFoundError:
        whole = False
    if whole:
        return None
    return DeploymentRefused("doctor.reserve", file=home.reserve.name, megabytes=PLENTY // 2**20)


def _without_room(home: Home) -> bool:
    try:
        return shutil.disk_usage(home.path).free < _PART
    except OSError:
        return False


def _write(path: Path) -> None:
    """Bytes that no file system can fold up, so that they really take their room."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
    try:
        for _ in range(SIZE // _PART):
            if os.write(descriptor, os.urandom(_PART)) != _PART:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    finally:
        os.close(descriptor)
    sync_folder(path.parent)
