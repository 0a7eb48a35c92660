"""What a restored register is checked for, and told, before it takes its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection

from constancia.apps.ledger import standing
from constancia.apps.ledger.keys import log_keys
from constancia.apps.ledger.models import LOGS
from constancia.apps.ledger.queries import checking
from constancia.apps.ledger.trees import size_of
from constancia.apps.register import maintenance, vouching
from constancia.apps.register.models import Person
from constancia.domain.errors import IntegrityBroken, StoreRefused
from constancia.domain.ledger.checkpoint import Checkpoint, open_checkpoint
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import trail, unlocked
from constancia.infra.backup.snapshot import refuse_unsound
from constancia.infra.files import write_whole

Progress = Callable[[int, int], None]
HERE = ("standing",)
"""A fault of the ledger that a restored backup is expected to have: it is behind what was published."""
MARK = (
    "Restaurado de un respaldo sin decir qué se publicó por último. Solo lectura hasta «constancia ledger"
    " recover».\nRestored from a backup without saying what was published last. Read only until “constancia"
    " ledger recover”.\n"
)


@dataclass(frozen=True, slots=True)
class Settled:
    """`behind`: leaves, in both logs, that were seen and this register has not; `keyless`: people whose key
    is not in the keyring, and so nobody can read them: destroyed since, or never in this copy; `confirmed`:
    what was published last was told."""

    people: int
    facts: int
    keyless: int
    behind: int
    confirmed: bool


def settle(seen: Sequence[bytes] | None, backup: str, progress: Progress | None = None) -> Settled:
    """Check the unlocked register, just unpacked, and derive again what backups leave out. `seen`: signed
    checkpoints that somebody was shown; None where nobody says.

    The copy is refused unless it holds together: every page, every entry, every record against its entry.
    Raises IntegrityBroken `fsck.damaged`, `fsck.torn`, `backup.restored_faults`; StoreRefused `backup.seen`
    for checkpoints that are none of this register's logs, `ledger.forked`."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        refuse_unsound(connection.connection)
    last = _remember(seen)
    if standing.standing() == "forked":
        raise StoreRefused("ledger.forked")
    with standing.recovering():
        people = maintenance.rebuild(progress)
    faults = {name: count for name, count in checking.check().faults.items() if name not in HERE}
    vouched = vouching.vouch(progress)
    broken = sum(faults.values()) + sum(vouched[name] for name in ("altered", "missing", "gone"))
    if broken:
        raise IntegrityBroken("backup.restored_faults", count=broken)
    subjects = [bytes(one) for one in Person.objects.values_list("subject", flat=True)]
    keyless = len(unlocked.codec().keyless(subjects))
    behind = sum(max(0, one.size - size_of(log)) for log, one in last.items())
    said = {"backup": backup, "keyless": keyless, "behind": behind, "confirmed": seen is not None}
    trail.note(None, Deed.RESTORED, "backup", said=said)
    return Settled(people, vouched["records"], keyless, behind, seen is not None)


def _remember(seen: Sequence[bytes] | None) -> dict[str, Checkpoint]:
    """The largest checkpoint of each log that anybody was shown becomes the last one published. An older one
    than the backup's own never replaces it."""
    home = unlocked.home()
    notes = dict(_notes(home.checkpoint.read_bytes() if home.checkpoint.exists() else b""))
    known = {log: open_checkpoint(note, log_keys(log))[0] for log, note in notes.items()}
    if seen is None:
        write_whole(home.restored_mark, MARK.encode())
    for given in seen or ():
        for log, note in _notes(given):
            found = open_checkpoint(note, log_keys(log))[0]
            if log not in known or found.size > known[log].size:
                known[log], notes[log] = found, note
    if notes:
        standing.keep([note.decode() for note in notes.values()])
    standing.forget()
    return known


def _notes(data: bytes) -> list[tuple[str, bytes]]:
    """Signed checkpoints by log. Raises StoreRefused `backup.seen` for what is none of ours."""
    found = []
    for note in data.split(standing.SEPARATOR) if data else ():
        for log in LOGS:
            try:
                open_checkpoint(note, log_keys(log))
            except ProofRefused:
                continue
            found.append((log, note))
            break
        else:
            raise StoreRefused("backup.seen")
    return found
