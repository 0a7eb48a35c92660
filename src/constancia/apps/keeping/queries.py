"""How the house stands with its backups: never by whom they can be opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from constancia.domain.errors import ConstanciaError, StoreRefused
from constancia.infra.backup import state
from constancia.infra.backup.state import State
from constancia.infra.home import Home

OLD = timedelta(days=2)
"""After so long without a backup the house is told."""
UNCHECKED = timedelta(days=8)
"""After so long without a check."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` as `infra.backup.state`; `findings`: what is wrong, worst first; none where all is well."""

    state: State
    findings: tuple[ConstanciaError, ...]
    nightly: bool

    @property
    def level(self) -> Literal["good", "bad"]:
        return "bad" if self.findings else "good"


def standing(home: Home, now: datetime) -> Standing:
    """What is known here of the backups of this register. Demonstrations need none."""
    found = state.read(home)
    findings = () if home.settings.demonstration else tuple(_findings(home, found, now))
    return Standing(found, findings, bool(home.settings.backup_folder))


def _findings(home: Home, found: State, now: datetime) -> Iterator[ConstanciaError]:
    if found.made is None:
        if now - _begun(home) > OLD:
            yield StoreRefused("backup.never")
    elif now - found.made > OLD:
        yield StoreRefused("backup.old", days=(now - found.made).days)
    if found.failed is not None:
        yield StoreRefused("backup.failed", reason=found.failure)
    if found.check not in ("", "good"):
        yield StoreRefused("backup.check_failed", reason=found.check)
    elif found.made is not None and now - (found.checked or found.made) > UNCHECKED:
        yield StoreRefused("backup.unchecked", days=(now - (found.checked or found.made)).days)


def _begun(home: Home) -> datetime:
    try:
        return datetime.fromtimestamp(home.keystore.stat().st_mtime, UTC)
    except OSError:
        return datetime.max.replace(tzinfo=UTC)
