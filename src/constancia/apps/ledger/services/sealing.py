"""Sealing: what waits takes its place in the trees, and then, committed, the trees are signed.

Never signed: what is not committed, two trees of one size, or anything while the last published checkpoint is
not ours. Sealed in order of hash and padded, so that neither the order nor the number of the day's leaves
says when a family came.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from constancia.apps.ledger import models
from constancia.apps.ledger.keys import log_key, sign, signing_keys
from constancia.apps.ledger.models import FACTS, LOGS
from constancia.apps.ledger.publishing import publish
from constancia.apps.ledger.services.appending import append_notice, week_of
from constancia.apps.ledger.standing import refuse_unless_ours
from constancia.apps.ledger.trees import getter, root_at, size_of
from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.merkle import frontier_at
from constancia.domain.ledger.note import signature_line, with_signatures
from constancia.infra import clock, signing, unlocked, whereabouts
from constancia.infra.bulk import insert
from constancia.infra.writer import WriterQueue, writing

BATCH = 64
"""The log of facts grows by multiples of this; the roster is never padded."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a log came to: `entries` took their place now, with `padding` beside them."""

    log: str
    size: int
    root: bytes
    entries: int
    padding: int


def seal(*, at: datetime | None = None) -> tuple[Sealed, ...]:
    """Seal both logs, sign them and write what is public. One process at a time: others wait.

    Raises StoreRefused: `ledger.restored`, `ledger.forked` (see `standing`), `ledger.elsewhere` (see
    `infra.whereabouts`), `store.busy`.
    """
    home = unlocked.home()
    with WriterQueue(home.sealing).turn():
        whereabouts.refuse_elsewhere(home)
        refuse_unless_ours()
        whereabouts.note_first(home)
        instant = at or clock.now()
        with writing():
            _begin(instant)
            grown = [_grow(log, instant) for log in LOGS]
        sign_outstanding(instant)
        publish()
    return tuple(
        Sealed(log, size_of(log), root_at(log, size_of(log)), entries, padding)
        for log, (entries, padding) in zip(LOGS, grown, strict=True)
    )


def sign_outstanding(instant: datetime) -> None:
    """Sign the trees as they are committed, where they are not signed yet: also what an earlier sealing
    committed and was killed before it signed."""
    for log in LOGS:
        size = size_of(log)
        if not size or models.Checkpoint.objects.filter(log=log, size=size).exists():
            continue
        keys = signing_keys(log, instant)
        found = Checkpoint(keys[0].name, size, root_at(log, size))
        lines = [signature_line(found.text(), key, partial(sign, log, key=key)) for key in keys]
        with writing():
            models.Checkpoint(
                log=log,
                size=size,
                root=found.root,
                note=with_signatures(found.text(), lines),
                signed_at=instant,
            ).save()


def _begin(instant: datetime) -> None:
    """The first time: what each log is called for ever, and, as the first word in it, which keys speak for
    it."""
    for log in LOGS:
        if not models.Log.objects.filter(name=log).exists():
            key = log_key(log)
            models.Log(name=log, origin=key.name, public_key=key.public, started_at=instant).save()
            publication = signing.public_key().hex()
            append_notice("keys", {"log": log, "key": str(key), "publication": publication}, instant)


def _grow(log: str, instant: datetime) -> tuple[int, int]:
    """Give every waiting entry its leaf; returns how many, and how much padding went with them."""
    waiting: list[tuple[bytes, int | None]] = [
        (bytes(leaf), seq)
        for leaf, seq in models.Entry.objects.filter(log=log, sealed__isnull=True).values_list("leaf", "seq")
    ]
    entries, size = len(waiting), size_of(log)
    if log == FACTS:
        # At least one whole batch a day: a day on which nothing was recorded looks like any other.
        missing = -(size + entries) % BATCH or (BATCH if not entries else 0)
        week = week_of(instant)
        waiting += [(Entry("fact", week, os.urandom(32)).leaf(), None) for _ in range(missing)]
    place(log, size, sorted(waiting, key=lambda one: one[0]))
    return entries, len(waiting) - entries


def place(log: str, size: int, leaves: list[tuple[bytes, int | None]], without: str = "padding") -> None:
    """Append (hash, entry) to a log of `size` leaves; `without`: what a leaf without an entry is."""
    frontier = frontier_at(size, getter(log))
    nodes: list[tuple[str, int, int, bytes]] = []

    def keep(level: int, index: int, made: bytes) -> None:
        if level:
            nodes.append((log, level, index, made))

    for leaf, _ in leaves:
        frontier.append(leaf, keep)
    insert(
        models.Leaf,
        (
            (log, size + at, leaf, without if entry is None else "entry", entry)
            for at, (leaf, entry) in enumerate(leaves)
        ),
        names=("log", "index", "hash", "kind", "entry_id"),
    )
    insert(models.Node, nodes, names=("log", "level", "index", "hash"))
