"""Files received and not yet taken in: sealed on the disk, in the clear only in memory while read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from constancia.infra.evidence import EvidenceStore, Stored


class Inbox(EvidenceStore):
    """A folder of sealed files, like the evidence, from which files are taken away again."""

    def take_away(self, name: str) -> None:
        """Remove the file; nothing if it is gone already."""
        self._path(name).unlink(missing_ok=True)

    @contextmanager
    def opened(self, subject: bytes, stored: Stored) -> Iterator[Path]:
        """A path at which the file can be read while the block lasts.

        Memory behind a path where the system has that (Linux); elsewhere a private temporary file.
        Raises IntegrityBroken `evidence.damaged` or `evidence.missing`.
        """
        with _nowhere() as (descriptor, path):
            with os.fdopen(os.dup(descriptor), "wb") as file:
                for piece in self.read(subject, stored):
                    file.write(piece)
            yield path


@contextmanager
def in_memory(data: bytes) -> Iterator[Path]:
    """A path at which `data` can be read while the block lasts, as `Inbox.opened` gives one."""
    with _nowhere() as (descriptor, path):
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(data)
        yield path


@contextmanager
def _nowhere() -> Iterator[tuple[int, Path]]:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("table", os.MFD_CLOEXEC)
        try:
            yield descriptor, Path(f"/proc/self/fd/{descriptor}")
        finally:
            os.close(descriptor)
        return
    descriptor, name = tempfile.mkstemp()
    try:
        yield descriptor, Path(name)
    finally:
        os.close(descriptor)
        Path(name).unlink(missing_ok=True)
