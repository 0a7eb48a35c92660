"""Ways of unlocking, made, changed and taken away by two people; noted.

Whoever gives the present passphrase may put another in its place alone: nobody can open then who could not
before, and a passphrase that leaked must go at once. For the same reason whoever is left may take a way of
unlocking away as soon as the others are shut out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.approvals import services as approvals
from constancia.apps.upkeep import queries
from constancia.apps.upkeep.services import noted
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.infra import secrets_unlock, sharing, unlocked
from constancia.infra.sharing import Holder

OPENS_ALONE = ("passphrase", "keyfile")


def change_passphrase(by: User, choose: Callable[[], str], present: str | None) -> None:
    """Another passphrase, `choose`n once it may be. `present`: the one that opens now; without it a second
    person is needed.

    Raises StoreRefused `store.wrong_passphrase`; as `secrets_unlock.change_passphrase`, `approvals.ready`.
    """
    allow(by, Permission.KEYS_MANAGE)
    home = unlocked.home()
    if present is None:
        _second(by, {"what": "passphrase"})
    else:
        secrets_unlock.unlock(home, present)
    secrets_unlock.change_passphrase(home, unlocked.root(), choose())
    noted("passphrase", by=by)


def add_key_file(by: User, path: Path, *, replacing: bool = False) -> None:
    """A key file that opens too, or in the place of the others. Raises InputRefused `keys.beside`; as
    `secrets_unlock.add_key_file`, `approvals.ready`."""
    home = unlocked.home()
    if path.absolute().is_relative_to(home.path):
        raise InputRefused("keys.beside")
    _second(by, {"what": "keyfile-replacing" if replacing else "keyfile"})
    secrets_unlock.add_key_file(home, unlocked.root(), path, replacing=replacing)
    noted("keyfile", by=by)


def remove(by: User, number: int) -> None:
    """Takes a way of unlocking away. Raises as `secrets_unlock.remove_way`, `approvals.ready`."""
    ways = {way["number"]: way for way in queries.ways(by)}
    if number not in ways:
        raise InputRefused("keys.no_such_way", number=number, most=len(ways))
    if not any(way["kind"] in OPENS_ALONE for other, way in ways.items() if other != number):
        raise InputRefused("keys.last_way")
    way = ways[number]
    terms = {"kind": way["kind"], "number": number, "since": way["since"]}
    _second(by, terms, ApprovalKind.KEY_REMOVED)
    kind = secrets_unlock.remove_way(unlocked.home(), unlocked.root(), number)
    noted("removed", {"kind": kind}, by=by)


def may_exchange_root(by: User) -> None:
    """A new root shuts out whoever holds a share, or a key file that is not given: taken away by two people
    as well. Raises as `approvals.ready`."""
    _second(by, {"kind": "root"}, ApprovalKind.KEY_REMOVED)


def share(by: User, need: int, to: Sequence[str], out: Path) -> list[Holder]:
    """Shares to these recipients; earlier ones stop working. Raises as `sharing.share_out`,
    `approvals.ready`."""
    sharing.check(need, to, out)
    _second(by, {"what": "shares", "need": need, "of": len(to), "to": list(to)})
    holders = sharing.share_out(unlocked.home(), unlocked.root(), need, to, out)
    noted("shares", {"need": need, "of": len(to)}, by=by)
    return holders


def _second(by: User, terms: Mapping[str, Any], kind: ApprovalKind = ApprovalKind.KEY) -> None:
    allow(by, Permission.KEYS_MANAGE)
    approvals.ready(by, kind, terms)
    approvals.spend(by, kind, terms)
