"""What there is to know of the keys: the ways of unlocking, and the keys that come from the root."""

from __future__ import annotations

from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.infra import keystore, modes, unlocked, whereabouts
from constancia.infra.key_inventory import KEYS
from constancia.infra.keystore import Slot


def ways(by: User | None) -> list[dict[str, Any]]:
    """The ways of unlocking in their order: `number`, `kind` ("passphrase", "keyfile", "shares"), `since`
    (a day, None where the register is older than this was kept), and of a passphrase `memory_kib`, `passes`,
    `lanes` (Argon2id), of shares `need`, `of`, `recipients`. Nothing of it opens."""
    _allowed(by)
    return [_way(number, slot) for number, slot in enumerate(keystore.read(unlocked.home()).slots, start=1)]


def derived(by: User | None, language: str) -> list[dict[str, Any]]:
    """The derived keys: `purpose`, `epoch`, `kind`, `protects`, `rotation`."""
    _allowed(by)
    root = unlocked.root()
    return [
        {
            "purpose": one.purpose,
            "epoch": root.epoch(one.purpose),
            "kind": one.kind,
            "protects": one.protects(language),
            "rotation": one.rotation,
        }
        for one in KEYS
    ]


def mode(by: User | None) -> modes.State:
    _allowed(by)
    return modes.state(unlocked.home())


def elsewhere(by: User | None) -> whereabouts.Differs | None:
    """How the register is not where it sealed last, and so seals no more; None where it is."""
    _allowed(by)
    return whereabouts.differs(unlocked.home())


def _way(number: int, slot: Slot) -> dict[str, Any]:
    shown = ("memory_kib", "passes", "lanes", "need", "of", "recipients")
    told = {name: slot[name] for name in shown if name in slot}
    return {"number": number, "kind": slot["kind"], "since": slot.get("since"), **told}


def _allowed(by: User | None) -> None:
    if by is not None:
        allow(by, Permission.KEYS_MANAGE)
