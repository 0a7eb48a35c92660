"""Going on after an older backup was restored: the log takes back what was published, and forks nowhere.

Of what was sealed after the backup only hashes are public. They are given their old places, so that the log
goes on from where everybody saw it; what they stood for has to be entered again, as new facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from constancia.apps.ledger import models, standing
from constancia.apps.ledger.keys import changes, log_keys
from constancia.apps.ledger.models import CASES, FACTS, LOGS
from constancia.apps.ledger.publishing import KEYS, publish
from constancia.apps.ledger.services.appending import append, append_notice, chained
from constancia.apps.ledger.services.sealing import place, sign_outstanding
from constancia.apps.ledger.trees import root_at, size_of
from constancia.domain.errors import StoreRefused
from constancia.domain.ledger.checkpoint import Checkpoint, open_checkpoint
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.key_change import Chain
from constancia.domain.ledger.merkle import leaf_hash
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.tiles import Tile, leaf_hashes, tiles_of
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import clock, trail, unlocked, whereabouts
from constancia.infra.bulk import in_pieces
from constancia.infra.writer import WriterQueue, writing


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a log took back: `found`, leaves of records that the restored register has; `lost`, of those that
    it has not, or padding."""

    log: str
    size: int
    found: int
    lost: int


def recover(folder: Path | None = None, *, nothing_newer: bool = False) -> tuple[Recovered, ...]:
    """Takes back from the public folder of the logs, or from a copy of it (a mirror's), what this register
    has not. Nothing is signed over a gap: the trees end where the published ones do, root for root.

    After `constancia restore` this register's own public folder is as old as the backup: then a copy must be
    named, or somebody must say that there is `nothing_newer`. Raises StoreRefused
    `ledger.restored_unconfirmed` otherwise; ProofRefused where the copy does not hold; StoreRefused
    `ledger.forked` where this register's log is not the beginning of the published one,
    `ledger.nothing_published`, `ledger.copy_older` for a copy that ends before what this house published
    last, `ledger.elsewhere` in a copy of the folder."""
    whereabouts.refuse_elsewhere(unlocked.home())
    mark = unlocked.home().restored_mark
    if mark.exists() and folder is None and not nothing_newer:
        raise StoreRefused("ledger.restored_unconfirmed")
    source = folder or unlocked.home().public_log
    with WriterQueue(unlocked.home().sealing).turn(), standing.recovering():
        instant = clock.now()
        least = standing.published() if unlocked.home().checkpoint.exists() else {}
        with writing():
            _take_back_keys(source)
            told = tuple(_take_back(log, source / log, least.get(log)) for log in LOGS)
            if any(one.found or one.lost for one in told):
                counts = {one.log: {"size": one.size, "lost": one.lost} for one in told}
                append_notice(
                    "backup", {"event": "recovered", "at": trail.micros(instant), "logs": counts}, instant
                )
        sign_outstanding(instant)
        publish()
        said = {"copy": folder is not None, "nothing_newer": nothing_newer}
        trail.note(None, Deed.RESTORED, "ledger", said=said)
        mark.unlink(missing_ok=True)
    return told


def _take_back_keys(source: Path) -> None:
    """The changes of keys that this register does not know, out of the public folder: each is signed by the
    key before it, the first of which is ours, and stands in the published log."""
    data = _read(source / KEYS)
    if data is None:
        return
    chain, first = Chain.read(data), {log_keys(log)[0] for log in LOGS}
    keys = chain.keys()
    if not all(some[0] in first for some in keys.values()):
        raise ProofRefused("proof.key_chain")
    facts = log_keys(FACTS)[0]
    note = (source / FACTS / "checkpoint").read_bytes()
    chain.check_placed(open_checkpoint(note, keys.get(facts.name, (facts,)))[0])
    known = {one.notice.text for one in changes()}
    for one in chain.placed:
        if one.text not in known:
            row = models.Notice(kind="keys", text=one.text, recorded_at=clock.now())
            row.save()
            year, week = one.week.split("-W")
            then = datetime.fromisocalendar(int(year), int(week), 1).replace(tzinfo=UTC)
            append("keys", "notice", [(row.pk, sha256(one.text.encode()).digest())], then)


def _take_back(log: str, folder: Path, least: Checkpoint | None) -> Recovered:
    try:
        note = (folder / "checkpoint").read_bytes()
    except OSError:
        if least is None and not models.Checkpoint.objects.filter(log=log).exists():
            return Recovered(log, 0, 0, 0)
        raise StoreRefused("ledger.nothing_published") from None
    last, _ = open_checkpoint(note, log_keys(log))
    if least is not None and last.size < least.size:
        raise StoreRefused("ledger.copy_older")
    size = size_of(log)
    if last.size <= size:
        if root_at(log, last.size) != last.root:
            raise StoreRefused("ledger.forked")
        return Recovered(log, size, 0, 0)
    published = leaf_hashes(last.size, last.root, lambda path: _read(folder / path))
    ours = list(models.Leaf.objects.filter(log=log).order_by("index").values_list("hash", flat=True))
    if [bytes(one) for one in ours] != published[:size]:
        raise StoreRefused("ledger.forked")
    missing = published[size:]
    known = _waiting(log, missing)
    if log == CASES:
        known |= _strangers(folder, size, last.size, known)
    place(log, size, [(leaf, known.get(leaf)) for leaf in missing], without="lost")
    if root_at(log, last.size) != last.root:
        raise ProofRefused("proof.root")
    found = sum(leaf in known for leaf in missing)
    return Recovered(log, last.size, found, len(missing) - found)


def _waiting(log: str, leaves: list[bytes]) -> dict[bytes, int]:
    """Entries of ours among the leaves: those that waited when the backup was made."""
    found: dict[bytes, int] = {}
    for piece in in_pieces(leaves):
        rows = models.Entry.objects.filter(log=log, leaf__in=piece, sealed__isnull=True)
        found.update({bytes(leaf): seq for leaf, seq in rows.values_list("leaf", "seq")})
    return found


def _strangers(folder: Path, start: int, size: int, known: dict[bytes, int]) -> dict[bytes, int]:
    """Cases of the roster that this register does not have, out of the published entries. They keep their
    line in every cut, and count in none."""
    found: dict[bytes, int] = {}
    for index, data in _entries(folder, size):
        leaf = leaf_hash(data)
        if index < start or leaf in known:
            continue
        entry = Entry.read(data)
        last = models.Entry.objects.order_by("-seq").first()
        row = models.Entry(
            seq=last.seq + 1 if last else 1,
            log=CASES,
            kind=entry.kind,
            about="lost",
            number=index,
            week=entry.week,
            root=entry.root,
            leaf=leaf,
            chain=chained(bytes(last.chain) if last else bytes(32), leaf),
        )
        row.save()
        found[leaf] = row.seq
    return found


def _entries(folder: Path, size: int) -> list[tuple[int, bytes]]:
    found: list[tuple[int, bytes]] = []
    for tile in (one for one in tiles_of(size) if one.level == 0):
        data = _read(folder / tile.entries_path) or _read(folder / Tile(0, tile.index).entries_path)
        if data is None:
            raise ProofRefused("proof.tile", tile=tile.entries_path)
        while data and len(found) < size:
            length = int.from_bytes(data[:2], "big")
            if len(data) < 2 + length:
                raise ProofRefused("proof.tile", tile=tile.entries_path)
            found.append((len(found), data[2 : 2 + length]))
            data = data[2 + length :]
    return found


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
