"""A register as an older backup has it: without what was sealed last."""

from __future__ import annotations

import shutil

from django.db import connection

from constancia.apps.ledger import standing
from constancia.infra import unlocked
from constancia.infra.append_only import releasing

TABLES = ("ledger_leaf", "ledger_node", "ledger_checkpoint", "ledger_cosignature", "ledger_entry")
REMOVED = (
    "DELETE FROM ledger_leaf WHERE log = 'hechos' AND \"index\" >= 64",
    "DELETE FROM ledger_leaf WHERE log = 'casos' AND \"index\" >= 1",
    "DELETE FROM ledger_cosignature",
    "DELETE FROM ledger_checkpoint WHERE size > 64 OR (log = 'casos' AND size > 1)",
    "DELETE FROM ledger_node WHERE log = 'hechos' AND (\"index\" + 1) * (1 << level) > 64",
    "DELETE FROM ledger_node WHERE log = 'casos'",
)
ENTRIES = (
    "DELETE FROM ledger_entry WHERE seq NOT IN (SELECT entry_id FROM ledger_leaf WHERE entry_id IS NOT NULL)"
)


def without_last_seal(*, entries: bool = False) -> None:
    """Takes away what came after the first seal (64 leaves, one case). `entries`: what had been recorded
    since, too: the backup is older than that."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in releasing(connection, table):
                cursor.execute(statement)
        for statement in (*REMOVED, *([ENTRIES] if entries else [])):
            cursor.execute(statement)
    standing.forget()


def clear() -> None:
    """What a test sealed is rolled back: what it published must not outlive it."""
    if unlocked.is_unlocked():
        home = unlocked.home()
        home.checkpoint.unlink(missing_ok=True)
        shutil.rmtree(home.public_log, ignore_errors=True)
        standing.forget()
