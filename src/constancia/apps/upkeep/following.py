"""A new root: the exchange itself, and the rows that follow it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.resealing import reseal_factors
from constancia.apps.register import maintenance
from constancia.apps.upkeep.services import closed_site, noted
from constancia.apps.upkeep.ways import may_exchange_root
from constancia.infra import bootstrap, keystore, once, secrets_unlock, succession, unlocked
from constancia.infra.keystore import Slot
from constancia.infra.secrets_unlock import RootKey, same_way
from constancia.infra.writer import writing


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a new root left of the ways of unlocking: `kept`, kinds of those that open as before; `gone`, of
    those to be made anew ("shares", "keyfile"); `epochs`, of the purposes that changed."""

    kept: tuple[str, ...]
    gone: tuple[str, ...]
    epochs: Mapping[str, int]


def exchange_root(by: User, passphrase: str | None, key_files: Sequence[Path]) -> Exchanged:
    """A new root key, and everything that comes from it. Goes on opening: what `passphrase` and `key_files`
    open. The site must be closed.

    Raises InputRefused `keys.serving`, StoreRefused `store.wrong_passphrase`, `store.wrong_key_file` and as
    `succession.begin`, `ways.may_exchange_root`: then nothing has changed. Interrupted at any step, the next
    start goes on from there.
    """
    home, before = unlocked.home(), unlocked.root()
    given = keystore.read(home)
    secrets_unlock.check_ways(given, passphrase, key_files)
    kept: list[str] = []
    gone: list[str] = []

    def rewrap(slot: Slot, new: RootKey) -> Slot | None:
        made = same_way(slot, before, new, passphrase, key_files)
        (gone if made is None else kept).append(slot["kind"])
        return made

    with closed_site():
        may_exchange_root(by)
    # Entered again: what was asked of the register has opened its files.
    with closed_site():
        after = succession.begin(home, before, rewrap)
        unlocked.set_root(after, home, unlocked.database_url())
        follow()
    after = unlocked.root()
    changed = {
        purpose: epoch
        for purpose, epoch in keystore.read(home).epochs.items()
        if epoch != given.epoch(purpose)
    }
    noted("rotated-root", {"kept": len(kept), "gone": len(gone)}, by=by)
    return Exchanged(tuple(kept), tuple(gone), changed)


def follow() -> None:
    """Whatever of the register's rows has to follow a new root, and has not. Called at every start
    (`bootstrap`), where it asks nothing of a register in which nothing is left to do."""
    home = unlocked.home()
    store = keystore.read(home)
    if not store.following or bootstrap.migrations_waiting():
        return
    for purpose in store.following:
        # Whatever mode the register is in, and no part of what the command was sent for.
        with once.aside(), writing(guarded=False):
            STEPS[purpose]()
        root = succession.followed(home, unlocked.root(), purpose)
        unlocked.set_root(root, home, unlocked.database_url())


STEPS: Mapping[str, Callable[[], Any]] = {"totp": reseal_factors, "blind": maintenance.rebuild}
"""Purpose → what makes its rows follow. A test holds it to the inventory of keys."""
