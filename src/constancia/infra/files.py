"""Files that are whole or absent, and private to their owner."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
OTHERS = 0o077


@contextmanager
def replacing(path: Path, *, mode: int = PRIVATE_FILE) -> Iterator[BinaryIO]:
    """A file to write to; it takes the name `path` only when the block ends without error.

    After the block the bytes are on the disk (file and folder synced). An error leaves what stood
    at `path` untouched and no temporary file behind.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes, *, mode: int = PRIVATE_FILE) -> None:
    """Put `content` at `path`, all of it or nothing, safe against a power cut."""
    with replacing(path, mode=mode) as file:
        file.write(content)


def left(path: Path) -> list[Path]:
    """What `replacing` left when its process was killed before the end: of the file `path`, or of all files
    in the folder `path` and below."""
    return list(path.rglob(".*.tmp") if path.is_dir() else path.parent.glob(f".{path.name}.*.tmp"))


def clear_left(path: Path) -> None:
    """Remove what is `left` of `path`. Only for who holds the lock under which it is written."""
    for each in left(path):
        each.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_folder(path: Path) -> Path:
    """Make `path` and what is missing above it, for their owner alone; their names survive a power cut."""
    for folder in reversed([missing for missing in (path, *path.parents) if not missing.exists()]):
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        sync_folder(folder.parent)
    return path


def open_to_others(path: Path) -> str | None:
    """The mode bits in octal (as "0644") if group or others have any right on `path`; else None."""
    mode = stat.S_IMODE(path.stat().st_mode)
    return f"{mode:04o}" if mode & OTHERS else None
