"""Changing the key of a log: the old key signs the new one in the log, both sign for a time, then the old
private half is destroyed.

The new key is made and kept first, then what both signed is entered; a crash in between leaves a key that
nobody has heard of, and the next attempt takes it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from constancia.apps.ledger.keys import changes, labels, log_keys, sign, signing_keys
from constancia.apps.ledger.models import LOGS, Log
from constancia.apps.ledger.services.appending import append_notice
from constancia.apps.ledger.standing import refuse_unless_ours
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.ledger.key_change import KeyChange
from constancia.domain.ledger.note import SIGNATURE, Key, signature_line
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import (
    carrying,
    clock,
    keystore,
    secrets_unlock,
    signing,
    succession,
    trail,
    unlocked,
    whereabouts,
)
from constancia.infra.writer import WriterQueue, writing

BOTH = timedelta(days=30)
"""For how long both keys sign."""


@dataclass(frozen=True, slots=True)
class LogKey:
    """A key of a log. `signs`: now; `until`: when it stops, None for the last; `kept`: its private half is in
    this register."""

    log: str
    key: Key
    signs: bool
    until: datetime | None
    kept: bool


def change_key(log: str, *, stolen: bool = False) -> KeyChange:
    """A new key for a log, from its next seal on; what was entered. `stolen`: the old one stops signing with
    that seal, and not after 30 days.

    Raises NotFound `ledger.no_log`; InputRefused `ledger.key_unsealed` where the last change waits for its
    seal; StoreRefused as `refuse_unless_ours` and `whereabouts.refuse_elsewhere`, `ledger.key_gone`.
    """
    home = unlocked.home()
    with WriterQueue(home.sealing).turn():
        whereabouts.refuse_elsewhere(home)
        refuse_unless_ours()
        if log not in LOGS or not Log.objects.filter(name=log).exists():
            raise NotFound("ledger.no_log", log=log[:40])
        before = changes(log)
        if before and before[-1].index is None:
            raise InputRefused("ledger.key_unsealed", log=log)
        old = signing_keys(log)[-1]
        sign(log, b"", old)  # raises where it is not here, before anything is made
        number = len(before) + 2
        new = _kept(log, number, old)
        instant = clock.now()
        until = (instant if stolen else instant + BOTH).astimezone(UTC)
        change = KeyChange(old, new, until.strftime("%Y-%m-%dT%H:%M:%SZ"))
        lines = [signature_line(change.text(), key, partial(sign, log, key=key)) for key in change.pair()]
        with writing():
            append_notice("keys", change.as_json(lines), instant)
        trail.note(
            None, Deed.KEY_CHANGED, said={"what": "log", "log": log, "number": number, "stolen": stolen}
        )
    return change


def destroy_outlived(at: datetime) -> set[str]:
    """Destroy the private halves whose time is over, and whatever else `llave.json` carries only until now;
    the labels of those of logs. Called after each seal: a key is never gone before what replaced it is in the
    log."""
    outlived: set[str] = set()
    for log in LOGS:
        if Log.objects.filter(name=log).exists() and changes(log):
            signing_now = {key.public for key in signing_keys(log, at)}
            known = {key.public for key in log_keys(log)}
            outlived |= {
                label
                for label in labels(log)
                if signing.public_key(label) in known - signing_now
                and not _is_to_come(log, signing.public_key(label))
            }
    home, root = unlocked.home(), unlocked.root()
    after = succession.tidied(home, root, outlived)
    if after is not root:
        unlocked.set_root(after, home, unlocked.database_url())
        if outlived:
            trail.note(None, Deed.KEY_CHANGED, said={"what": "log-destroyed", "keys": len(outlived)})
    return outlived


def listed() -> list[LogKey]:
    """Every key of the logs, in their order."""
    found = []
    for log in LOGS:
        ends = [one.until for one in changes(log)]
        here = {signing.public_key(label) for label in labels(log)}
        now = signing_keys(log)
        for number, key in enumerate(log_keys(log)[: len(ends) + 1]):
            until = ends[number] if number < len(ends) else None
            found.append(LogKey(log, key, key in now, until, key.public in here))
    return found


def _is_to_come(log: str, public: bytes) -> bool:
    """Whether it is newer than what signs: made for a change that is not sealed, or not entered, yet."""
    keys = [key.public for key in log_keys(log)]
    return keys.index(public) > keys.index(signing_keys(log)[-1].public)


def _kept(log: str, number: int, old: Key) -> Key:
    """The new key, kept in `llave.json`; an old one that was made from the root is kept there too, so that
    it can be destroyed when the root is exchanged."""
    home, root = unlocked.home(), unlocked.root()
    label = f"ledger-{log}/{number}"
    wanted = {} if root.carries(label) else {label: secrets.token_bytes(32)}
    first = f"ledger-{log}/1"
    if number == 2 and not root.carries(first):
        wanted[first] = root.derive(first)
    if wanted:
        with keystore.held(home):
            store = carrying.with_keys(
                secrets_unlock.read_ours(home, root), root.derive(carrying.LABEL), wanted
            )
            root = secrets_unlock.rewrite(home, root, store)
        unlocked.set_root(root, home, unlocked.database_url())
    return Key(old.name, SIGNATURE, signing.public_key(label))
