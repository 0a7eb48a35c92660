"""What must hold of the home before anything of it is opened, and what is said aloud when it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from constancia.domain.errors import ConstanciaError, DeploymentRefused
from constancia.infra.files import open_to_others
from constancia.infra.home import Home
from constancia.infra.sqlcipher.connection import check_file

BLOCKS = Path("/sys/class/block")
SWAPS = Path("/proc/swaps")
CORE_PATTERN = Path("/proc/sys/kernel/core_pattern")


def encrypted_files(home: Home) -> tuple[Path, ...]:
    """The files that must never be in the clear."""
    return (home.database, home.keyring, home.sessions, home.trail)


def check(home: Home) -> None:
    """Raises DeploymentRefused: `start.link` (a file of the home is a link to somewhere else), `start.mode`
    (others on this machine can get at the folder or a file); StoreRefused `store.plaintext`."""
    files = (*encrypted_files(home), home.keystore, home.settings_file, home.mode_file)
    for path in files:
        if path.is_symlink():
            raise DeploymentRefused("start.link", file=path.name)
    for path in (home.path, home.keystore, *encrypted_files(home)):
        mode = open_to_others(path) if path.exists() else None
        if mode is not None:
            wanted = "700" if path.is_dir() else "600"
            raise DeploymentRefused("start.mode", file=str(path), mode=mode, wanted=wanted)
    for path in encrypted_files(home):
        check_file(path, create=True)


def warnings(home: Home) -> Iterator[ConstanciaError]:
    """What does not keep the site from opening, and lets keys or the register out of the process."""
    for device in plain_swaps():
        yield DeploymentRefused("doctor.swap", device=device)
    yield from dumps()
    for folder in home.path.resolve().parents:
        mode = folder.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            yield DeploymentRefused("doctor.parents", folder=str(folder))


def dumps(pattern: Path = CORE_PATTERN) -> Iterator[ConstanciaError]:
    """A crash does not hand this process's memory, keys included, to a collecting program."""
    # The limit that `bootstrap.start` sets keeps files from being written, but not programs from being fed.
    if pattern.exists() and pattern.read_text(encoding="utf-8", errors="replace").startswith("|"):
        yield DeploymentRefused("doctor.core")


def plain_swaps(table: Path = SWAPS, blocks: Path = BLOCKS) -> list[str]:
    """Swap areas that keys in memory could be written to unencrypted: files, partitions, volumes that are
    not dm-crypt's, memory discs that write to one of them."""
    if not table.exists():
        return []
    rows = table.read_text(encoding="utf-8").splitlines()[1:]
    names = [row.split()[0] for row in rows if row.strip()]
    return [Path(name).name for name in names if not _is_safe(name, blocks)]


def _is_safe(name: str, blocks: Path) -> bool:
    device = Path(os.path.realpath(name)).name if name.startswith("/dev/mapper/") else Path(name).name
    if device.startswith("dm-"):
        return _says(blocks / device / "dm" / "uuid").startswith("CRYPT-")
    if device.startswith("zram"):
        return _says(blocks / device / "backing_dev") in ("", "none")
    return False


def _says(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
