"""The keys of the two logs: for signing seals alone.

The first is noted with the log. Each change is a notice of kind "keys" (`domain.ledger.key_change`) that the
old key and the new one signed; it speaks once it is in the tree. For a time both sign; then the old private
half is destroyed (`services.key_changing`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from constancia.apps.ledger.models import Leaf, Log, Notice
from constancia.domain.errors import StoreRefused
from constancia.domain.ledger.key_change import CHANGE, KeyChange
from constancia.domain.ledger.note import SIGNATURE, Key
from constancia.infra import clock, keystore, signing, unlocked

GENERATION = 1


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of a log's key: the notice that holds it, and the place of its leaf, None until it is
    sealed."""

    notice: Notice
    change: KeyChange
    index: int | None

    @property
    def until(self) -> datetime:
        """When the old key stops signing."""
        return datetime.fromisoformat(self.change.until).astimezone(UTC)


def log_key(log: str) -> Key:
    """The verifier key by which a log is named to others: the oldest that still signs; where it never sealed,
    the one that it would have now."""
    return signing_keys(log)[0]


def log_keys(log: str) -> tuple[Key, ...]:
    """All keys that a log has had, the first one first, and those of this register that are to come: whoever
    reads a seal of ours looks for any of them."""
    unlocked.heed_carried()
    keys = [_first(log), *(one.change.new for one in changes(log))]
    while (label := f"ledger-{log}/{len(keys) + 1}") and unlocked.root().carries(label):
        keys.append(Key(keys[0].name, SIGNATURE, signing.public_key(label)))
    return tuple(keys)


def signing_keys(log: str, at: datetime | None = None) -> tuple[Key, ...]:
    """The keys that sign a log's seals at an instant (now), the oldest one first."""
    instant, first = at or clock.now(), _first(log)
    keys = (first,)
    for one in changes(log):
        if one.index is not None:
            keys = (*(keys if instant < one.until else ()), one.change.new)
    return keys


def changes(log: str | None = None) -> list[Changed]:
    """The changes of keys of a log, or of both, in their order."""
    return [one for one in _changes() if log is None or one.change.old.name == _first(log).name]


def sign(log: str, message: bytes, key: Key | None = None) -> bytes:
    """The log's signature of a text by one of its keys, else by the one that it is named by. Only for what is
    committed: `services.sealing`. Raises StoreRefused `ledger.key_gone`."""
    wanted = key or log_key(log)
    for label in reversed(labels(log)):
        if signing.public_key(label) == wanted.public:
            return signing.sign(message, label)
    raise StoreRefused("ledger.key_gone", log=log)


def labels(log: str) -> list[str]:
    """What the private halves that this register has of a log are called, the oldest one first."""
    unlocked.heed_carried()
    prefix = f"ledger-{log}/"
    carried = [one for one in keystore.read(unlocked.home()).carried if one.startswith(prefix)]
    found = sorted(carried, key=lambda one: int(one.removeprefix(prefix)))
    # A register from before there were keys of their own makes its first one from the root.
    return found or [_purpose(log)]


def _changes() -> Iterator[Changed]:
    rows = list(Notice.objects.filter(kind="keys", text__contains=f'"{CHANGE}"').order_by("pk"))
    if not rows:
        return
    placed = Leaf.objects.filter(entry__about="notice", entry__number__in=[row.pk for row in rows])
    index = dict(placed.values_list("entry__number", "index"))
    for row in rows:
        yield Changed(row, KeyChange.read(row.text), index.get(row.pk))


def _first(log: str) -> Key:
    row = Log.objects.filter(name=log).first()
    if row is not None:
        return Key(row.origin, SIGNATURE, bytes(row.public_key))
    return Key(_origin(log), SIGNATURE, signing.public_key(_purpose(log)))


def _purpose(log: str) -> str:
    return f"ledger-{log}/{GENERATION}"


def _origin(log: str) -> str:
    """`<organisation>/constancia/<log>/1`. A demonstration says so in its name, so that no seal of one can
    be taken for a register's."""
    settings = unlocked.home().settings
    plain = unicodedata.normalize("NFD", settings.organisation.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "registro"
    return f"{'demostracion.' if settings.demonstration else ''}{name}/constancia/{log}/{GENERATION}"
