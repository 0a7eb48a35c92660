"""The folder of a witness: its key and what it has seen. There is nothing else in it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from constancia.domain.errors import StoreRefused
from constancia.infra.files import private_folder
from constancia.infra.witness import keys
from constancia.infra.witness.keys import Signer
from constancia.infra.witness.store import Store

KEY, SEEN = "testigo.llave", "testigo.db"


def create(folder: Path, name: str) -> Signer:
    """A new witness called `name`; nothing is left of it where that fails.

    Raises InputRefused `witness.name`; StoreRefused `witness.taken` where there is one, or part of one.
    """
    key, seen = folder / KEY, folder / SEEN
    if folder.exists() and not folder.is_dir():
        raise StoreRefused("home.not_a_folder", folder=folder.name)
    if key.exists() or seen.exists():
        raise StoreRefused("witness.taken")
    keys.check_name(name)
    private_folder(folder)
    signer = keys.create(key, name)
    try:
        Store.create(seen, signer.key)
    except BaseException:
        for made in (seen, key):
            with suppress(FileNotFoundError):
                made.unlink()
        raise
    return signer


def opened(folder: Path) -> tuple[Signer, Store]:
    """The witness of a folder. Raises StoreRefused as `keys.load` and `Store.open`."""
    signer = keys.load(folder / KEY)
    return signer, Store.open(folder / SEEN, signer.key)
