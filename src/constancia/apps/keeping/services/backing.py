"""Making a backup while the site serves: nothing in the clear touches a disk, and the log says that it was
made."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path

from pyrage import x25519

from constancia import __version__
from constancia.apps.keeping import contents
from constancia.apps.ledger import standing
from constancia.apps.ledger.keys import log_key, log_keys, sign
from constancia.apps.ledger.models import FACTS, LOGS
from constancia.apps.ledger.services.appending import append_notice, week_of
from constancia.apps.ledger.trees import root_at, size_of
from constancia.domain.errors import ConstanciaError, InputRefused
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import clock, faults, trail, unlocked, writer
from constancia.infra.backup import age, checking, postgres, state, writing
from constancia.infra.backup import store as stores
from constancia.infra.backup.manifest import Grown, Manifest, Part
from constancia.infra.backup.members import Member
from constancia.infra.backup.restoring import KEYS_STORE
from constancia.infra.backup.snapshot import snapshot, workplace
from constancia.infra.backup.store import BackupStore
from constancia.infra.files import write_whole
from constancia.infra.home import Home
from constancia.infra.writer import WriterQueue


@dataclass(frozen=True, slots=True)
class Made:
    """`size`: bytes of the file of the register; `evidence`: files copied now; `expired`: copies of keys that
    were thrown away."""

    manifest: Manifest
    digest: str
    size: int
    evidence: int
    expired: int


def make(folder: Path, *, actor: int | None = None) -> Made:
    """A backup of the unlocked register in `folder`, for the recipients of its list.

    Raises InputRefused: `backup.recipients_missing`, as `age.recipients`, `backup.inside`; StoreRefused:
    `backup.busy`, `ledger.restored` and its kin (a register that may only be read says nothing in its log);
    IntegrityBroken `fsck.damaged`; what the disk raises. What failed leaves nothing, and is noted.
    """
    home = unlocked.home()
    try:
        return _make(home, folder.expanduser().absolute(), actor)
    except Exception as problem:
        code = _code(problem)
        state.note(home, failed=clock.now(), failure=code)
        trail.note(actor, Deed.BACKUP_MADE, "backup", outcome=Outcome.REFUSED, said={"code": code})
        raise


def prune(folder: Path, *, keep_days: int | None = None, actor: int | None = None) -> tuple[int, int]:
    """Throw away copies of keys whose time has come and, if `keep_days` is given, backups older than that
    with the evidence that no other needs. The newest of each stays. How many of each went."""
    store, now = BackupStore(folder), clock.now()
    expired = checking.overdue(store, now)
    for name in expired:
        store.keys(name).unlink()
    old = []
    if keep_days is not None:
        oldest = now - timedelta(days=keep_days)
        with_keys = [name for name in store.names() if store.keys(name).exists()]
        old = [
            name
            for name in store.names()[:-1]
            if name not in with_keys[-1:] and checking.made_at(name) < oldest
        ]
    for name in old:
        store.remove(name)
    if old:
        _drop_evidence(store)
    if expired or old:
        trail.note(actor, Deed.BACKUP_EXPIRED, said={"keys": len(expired), "backups": len(old)})
    return len(expired), len(old)


def _make(home: Home, folder: Path, actor: int | None) -> Made:
    to = recipients(home)
    if folder.resolve().is_relative_to(home.path.resolve()):
        raise InputRefused("backup.inside")
    standing.refuse_unless_ours()
    store, now = BackupStore(folder), clock.now().replace(microsecond=0)
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
    with store.making(name) as making, workplace(home) as work, ExitStack() as held:
        with WriterQueue(home.sealing).turn():
            # While nobody seals, the register, its log and what was published of it say the same.
            logs = {log: Grown(size_of(log), root_at(log, size_of(log)).hex()) for log in LOGS}
            published = contents.checkpoints(home)
            database = held.enter_context(_database(home, work))
        # After the register: whoever is in it has a key in the copy, unless it was destroyed since.
        snapshot(home.keyring, unlocked.keyring_key(), work / home.keyring.name)
        if home.trail.exists():
            snapshot(home.trail, unlocked.trail_key(), work / home.trail.name)
        main = writing.sealed(
            making / stores.MAIN, to, _members(home, work, database, published), writing.MAIN_STEP
        )
        of_keys = [
            Member(home.keyring.name, work / home.keyring.name),
            Member(KEYS_STORE, home.keystore.read_bytes()),
        ]
        keys = writing.sealed(store.keys(name), to, of_keys, writing.KEYS_STEP)
        index, copied = writing.copy_evidence(
            store, making, contents.evidence(home), _known_evidence(home, store)
        )
        made = Manifest(
            name=name,
            made=now,
            software=__version__,
            engine="sqlcipher" if unlocked.database_url() is None else "postgresql",
            log_key=str(log_key(FACTS)),
            logs=logs,
            recipients=len(to),
            main=main,
            keys=keys,
            keys_until=now + timedelta(days=home.settings.backup_keys_days),
            evidence=index,
            before=state.read(home).digest,
        )
        digest = _sign_and_log(made, making, actor)
    state.note(
        home,
        made=now,
        name=name,
        digest=digest,
        log_key=" ".join(map(str, log_keys(FACTS))),
        recipients=len(to),
        keys_until=made.keys_until,
        failed=None,
        failure="",
    )
    expired, _ = prune(folder, actor=actor)
    return Made(made, digest, main.size, copied, expired)


def recipients(home: Home) -> list[x25519.Recipient]:
    """Of the list of the register. Raises InputRefused as `make`."""
    try:
        text = home.backup_recipients.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputRefused("backup.recipients_missing", file=home.backup_recipients.name) from None
    return age.recipients(text)


@contextmanager
def _database(home: Home, work: Path) -> Iterator[Iterable[Member]]:
    """The register as of the beginning of the block. In PostgreSQL it is read while it is written away."""
    url = unlocked.database_url()
    if url is None:
        copy = work / home.database.name
        snapshot(home.database, unlocked.database_key(), copy, without=contents.DERIVED)
        yield [Member(copy.name, copy)]
    else:
        with postgres.frozen(url) as moment:
            yield postgres.dump(url, moment, contents.TABLES)


def _members(
    home: Home, work: Path, database: Iterable[Member], published: dict[str, bytes]
) -> Iterator[Member]:
    yield from database
    if (work / home.trail.name).exists():
        yield Member(home.trail.name, work / home.trail.name)
    yield from contents.plain(home, published)


def _known_evidence(home: Home, store: BackupStore) -> dict[str, Part]:
    """Hashes of the files that the last backup of this machine named; they never change, so that they are not
    read again. None where its list is not the one that was signed."""
    last = state.read(home)
    try:
        found = store.found(last.name, log_keys(FACTS))
        same = found.digest == last.digest
        if same and stores.hashed(store.index(last.name)).sha256 == found.manifest.evidence.sha256:
            return stores.read_index(store.index(last.name))
    except (ConstanciaError, OSError):
        pass
    return {}


def _sign_and_log(made: Manifest, making: Path, actor: int | None) -> str:
    """Signed, entered in the log, and only then by its name among the backups: the log knows every backup
    that there is."""
    digest = writing.sign(made, making, log_key(FACTS), partial(sign, FACTS))
    until = made.keys_until.astimezone(UTC).date().isoformat()
    said = {"event": "made", "name": made.name, "manifest": digest, "keyring_until": until}
    at = clock.now()
    # A register that somebody made read-only is backed up all the same; `_make` asked whether it is ours.
    with writer.writing(guarded=False):
        row = append_notice("backup", said, at)
    entry = {"text": row.text, "week": week_of(at)}
    write_whole(making / stores.ENTRY, json.dumps(entry, ensure_ascii=False).encode())
    trail.note(actor, Deed.BACKUP_MADE, "backup", row.pk, said={"recipients": made.recipients})
    return digest


def _drop_evidence(store: BackupStore) -> None:
    needed: set[str] = set()
    for name in store.names():
        needed |= stores.read_index(store.index(name)).keys()
    for path in (store.folder / stores.EVIDENCE).glob("??/*"):
        if path.name not in needed:
            path.unlink()


def _code(problem: Exception) -> str:
    if isinstance(problem, ConstanciaError):
        return problem.code
    fault = faults.known(problem)
    return fault.code if fault is not None else "internal"
