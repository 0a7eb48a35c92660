"""Proofs out of the logs, each under the first checkpoint that covers what it proves, so that it comes out
the same whenever it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from constancia.apps.ledger.keys import changes, log_key
from constancia.apps.ledger.models import CASES, FACTS, LOGS, Checkpoint, Entry, Leaf
from constancia.apps.ledger.trees import getter
from constancia.domain.errors import IntegrityBroken, NotFound
from constancia.domain.ledger import checkpoint as checkpoints
from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.key_change import Chain, Placed
from constancia.domain.ledger.merkle import consistency_proof, inclusion_proof
from constancia.domain.ledger.note import Key
from constancia.domain.ledger.policy import Policy
from constancia.domain.ledger.previous import Previous
from constancia.domain.ledger.proof import TlogProof
from constancia.infra import unlocked

AT_MOST = 100
"""Checkpoints that are looked through for one that enough witnesses signed."""


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A case of the roster: of which detention (None: known from the published roster alone), and what its
    entry says."""

    detention: int | None
    week: str
    root: bytes


def policy() -> Policy:
    """Whom to believe: the house's policy file with its own two logs put first, or these alone.

    Raises ProofRefused for a file that is no policy, or names other logs.
    """
    path = unlocked.home().policy_file
    own = "".join(f"log {log_key(log)}\n" for log in LOGS)
    if not path.exists():
        return Policy.read(f"{own}quorum none\n".encode())
    return Policy.read(own.encode() + path.read_bytes())


def covering(about: str, number: int) -> tuple[Leaf, Checkpoint]:
    """The leaf of a record and the first checkpoint over it that enough witnesses signed, else the first.

    Raises NotFound `ledger.not_sealed`.
    """
    leaf = Leaf.objects.filter(entry__about=about, entry__number=number).first()
    if leaf is not None:
        rows = list(Checkpoint.objects.filter(log=leaf.log, size__gt=leaf.index).order_by("size")[:AT_MOST])
        if rows:
            return leaf, next(filter(is_enough, rows), rows[0])
    raise NotFound("ledger.not_sealed")


def is_enough(row: Checkpoint) -> bool:
    """Whether as many witnesses signed a checkpoint as the policy asks for."""
    told = policy()
    names = set(row.cosignatures.values_list("witness", flat=True))
    return told.met(key for name, key in told.witnesses.items() if name in names)


def proof_of(about: str, number: int, by: Key | None = None) -> TlogProof:
    """That a record is in its log; `by`: as `signed_note`. Raises NotFound `ledger.not_sealed`."""
    leaf, row = covering(about, number)
    return _proof(leaf, row.size, signed_note(row, by=by).encode())


def proof_under(about: str, number: int, checkpoint: bytes) -> TlogProof:
    """The same under a checkpoint that others hold already, given as its note. Raises NotFound
    `ledger.not_sealed` where the record took its place later, or has none."""
    leaf, _ = covering(about, number)
    size = size_of_note(checkpoint)
    if leaf.index >= size:
        raise NotFound("ledger.not_sealed")
    return _proof(leaf, size, checkpoint)


def size_of_note(checkpoint: bytes) -> int:
    """The size that a checkpoint's note says, its signatures not looked at. Raises ProofRefused as
    `Checkpoint.read`."""
    return checkpoints.Checkpoint.read(checkpoint.decode().partition("\n\n")[0] + "\n").size


def _proof(leaf: Leaf, size: int, checkpoint: bytes) -> TlogProof:
    return TlogProof(leaf.index, tuple(inclusion_proof(leaf.index, size, getter(leaf.log))), checkpoint)


def growth(log: str, older: Checkpoint, newer: Checkpoint, by: Key | None = None) -> Previous:
    """That a log of the newer checkpoint begins with that of the older; `by`: as `signed_note`."""
    hashes = consistency_proof(older.size, newer.size, getter(log))
    return Previous(older.size, tuple(hashes), signed_note(older, by=by).encode())


def signed_note(row: Checkpoint, until: datetime | None = None, by: Key | None = None) -> str:
    """A checkpoint with one signature of its log alone, as proofs bring it: by the key of which somebody is
    to check it (the one that the log is named by), else by the newest that signed."""
    text, _, lines = note_of(row, until).partition("\n\n")
    told = lines.splitlines(keepends=True)
    own = [one for one in told if one.startswith(f"— {text.partition(chr(10))[0]} ")]
    wanted = b64((by or log_key(row.log)).id)[:5]
    kept = next((one for one in own if one.split(" ")[2].startswith(wanted)), own[-1])
    return f"{text}\n\n" + "".join(one for one in told if one not in own or one == kept)


def chain(size: int) -> Chain:
    """How the logs changed their keys, as far as the log of facts of that size holds it."""
    get, placed = getter(FACTS), []
    for one in changes():
        if one.index is not None and one.index < size:
            week = Entry.objects.get(about="notice", number=one.notice.pk).week
            hashes = tuple(inclusion_proof(one.index, size, get))
            placed.append(Placed(one.notice.text, week, one.index, hashes))
    return Chain(tuple(placed))


def note_of(row: Checkpoint, until: datetime | None = None) -> str:
    """A checkpoint as it is given to others: signed by the log and by the witnesses that had answered
    (`until` an instant), in the order of the policy and none that it does not name."""
    lines = row.cosignatures.all()
    if until is not None:
        lines = lines.filter(received_at__lte=until)
    kept = dict(lines.values_list("witness", "line"))
    return row.note + "".join(kept[name] for name in policy().witnesses if name in kept)


def checkpoint_at(log: str, size: int) -> Checkpoint:
    """Raises IntegrityBroken `ledger.checkpoint` where no such one was signed."""
    found: Checkpoint | None = Checkpoint.objects.filter(log=log, size=size).first()
    if found is None:
        raise IntegrityBroken("ledger.checkpoint", log=log, size=size)
    return found


def last_checkpoint(log: str) -> Checkpoint | None:
    found: Checkpoint | None = Checkpoint.objects.filter(log=log).order_by("-size").first()
    return found


def signed(row: Checkpoint) -> checkpoints.Checkpoint:
    """What a checkpoint says."""
    return checkpoints.Checkpoint(log_key(row.log).name, row.size, bytes(row.root))


def roster(size: int, start: int = 0) -> list[RosterEntry]:
    """The cases of the roster from place `start` until before `size`, in its order."""
    rows = Leaf.objects.filter(log=CASES, index__gte=start, index__lt=size).order_by("index")
    return [
        RosterEntry(number if about == "case" else None, week, bytes(root))
        for about, number, week, root in rows.values_list(
            "entry__about", "entry__number", "entry__week", "entry__root"
        )
    ]
