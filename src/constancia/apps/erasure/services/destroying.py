"""After the transaction: the keys, the files, and what the database's file still holds of the old rows."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator

from django.db import connection

from constancia.apps.claims.models import ListedName
from constancia.apps.erasure.emptied import TABLES
from constancia.apps.matching.models import Entry
from constancia.apps.publishing.services.approving import lists_before, shortened
from constancia.apps.publishing.services.building import WITH_NAMES, folder_of
from constancia.apps.register.models import Erasure, Evidence, Person, Source
from constancia.domain.errors import StoreRefused
from constancia.infra import unlocked
from constancia.infra.evidence import EvidenceStore

TRIES, PAUSE_SECONDS = 80, 0.25
_DERIVED = tuple(
    f"register_{name}"
    for name in (
        "state", "statechange", "stateterm", "casecard", "caseregion", "documentdigest", "externalkey",
        "pendingreview", "search",
    )
)  # fmt: skip


def destroy(persons: Collection[int]) -> tuple[int, int]:
    """Destroy the keys of everything about `persons` and remove the files; returns how many of each."""
    codec = unlocked.codec()
    keys = sum(codec.forget(subject) for subject in dict.fromkeys(_subjects(persons)))
    store, files = EvidenceStore(unlocked.home().evidence, codec), 0
    for name in Evidence.objects.filter(fact__person__in=persons).values_list("file", flat=True):
        files += store.remove(name)
    for number in shortened():
        for name in WITH_NAMES:
            path = folder_of(number) / name
            files += path.exists()
            path.unlink(missing_ok=True)
    return keys, files


def destroy_one(found: Erasure) -> tuple[int, int]:
    """The same of one file or one source. Words have no key of their own."""
    codec = unlocked.codec()
    if found.evidence is None:
        if found.source is None:
            return 0, 0
        return int(codec.forget(bytes(found.source.subject))), 0
    keys = int(codec.forget(bytes(found.evidence.subject)))
    return keys, int(EvidenceStore(unlocked.home().evidence, codec).remove(found.evidence.file))


def _subjects(persons: Collection[int]) -> Iterator[bytes]:
    """What says in its own row that it is emptied, and the people themselves."""
    facts = {"fact__person__in": persons}
    yield from _bytes(Person.objects.filter(pk__in=persons).values_list("subject", flat=True))
    yield from _bytes(Evidence.objects.filter(**facts).values_list("subject", flat=True))
    for rows in (
        Source.objects.filter(facts__person__in=persons, label=b""),
        Source.objects.filter(attestations__fact__person__in=persons, label=b""),
        Entry.objects.filter(decisions__person__in=persons, content=b""),
        Entry.objects.filter(taken__person__in=persons, content=b""),
        ListedName.objects.filter(decisions__person__in=persons, name=b""),
    ):
        yield from _bytes(rows.values_list("subject", flat=True).distinct())
    yield from lists_before()


def _bytes(found: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    return (bytes(one) for one in found)


def scrub(number: int) -> None:
    """Overwrite what the database still holds of rows that are no more.

    SQLCipher: freed bytes are overwritten as they are freed; the log beside the file is written home and cut
    to nothing. PostgreSQL: the tables touched are written anew, and what the server keeps of their common
    values (pg_statistic), which are words as they stood; its own log keeps old pages, under the disk's
    encryption, until it is recycled. Raises StoreRefused `erasure.unfinished` while somebody goes on reading
    the log, or a transaction from before goes on anywhere on the server. Inside somebody else's transaction
    (a test's) nothing can be done.
    """
    _sample_anew()
    since = _next_transaction()
    for _ in range(TRIES):
        if unlocked.codec().scrub() and _scrubbed(since):
            return
        time.sleep(PAUSE_SECONDS)
    raise StoreRefused("erasure.unfinished", number=number)


def _sample_anew() -> None:
    """Have a PostgreSQL server forget the values that it sampled of the tables touched, for its plans."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for table in touched():
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def _next_transaction() -> int:
    """The number (64 bits) of the next transaction of a PostgreSQL server: what was emptied has smaller
    ones."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def _nobody_looks_back(since: int) -> bool:
    """Whether every transaction before `since` has ended, in any database of the server, and nobody in this
    one reads as of then: as long as one goes on, the server keeps what was deleted meanwhile for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(now) >= %s::text::xid8 AND NOT EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) >"
            " pg_snapshot_xmax(now)::text::bigint - %s) FROM pg_current_snapshot() AS now",
            [since, since],
        )
        return bool(cursor.fetchone()[0])


def _scrubbed(since: int) -> bool:
    if connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if not _nobody_looks_back(since):
                return False
            for table in touched():
                cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
            cursor.execute("VACUUM (FULL) pg_catalog.pg_statistic")
            return True
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not cursor.fetchone()[0]


def touched() -> list[str]:
    """The tables in which something is emptied or derived anew."""
    return [*(one.table for one in TABLES), *_DERIVED]
