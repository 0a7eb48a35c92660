"""The keys of the two logs: derived from the register's root key, one per log, for signing seals alone."""

from __future__ import annotations

import re
import unicodedata

from constancia.apps.ledger.models import Log
from constancia.domain.ledger.note import SIGNATURE, Key
from constancia.infra import signing, unlocked

GENERATION = 1


def log_key(log: str) -> Key:
    """The verifier key of a log, under the name that it was given at its first seal or would be now."""
    row = Log.objects.filter(name=log).first()
    if row is not None:
        return Key(row.origin, SIGNATURE, bytes(row.public_key))
    return Key(_origin(log), SIGNATURE, signing.public_key(_purpose(log)))


def sign(log: str, message: bytes) -> bytes:
    """The log's signature of a checkpoint's text. Only for what is committed: `services.sealing`."""
    return signing.sign(message, _purpose(log))


def _purpose(log: str) -> str:
    return f"ledger-{log}/{GENERATION}"


def _origin(log: str) -> str:
    """`<organisation>/constancia/<log>/1`. A demonstration says so in its name, so that no seal of one can
    be taken for a register's."""
    settings = unlocked.home().settings
    plain = unicodedata.normalize("NFD", settings.organisation.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "registro"
    return f"{'demostracion.' if settings.demonstration else ''}{name}/constancia/{log}/{GENERATION}"
