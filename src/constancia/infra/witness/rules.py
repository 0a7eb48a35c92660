"""What a witness answers to a checkpoint (C2SP tlog-witness, add-checkpoint), from what it knows alone.

In the order of the checks: 400 what cannot be read, 404 a log it does not watch, 403 no signature of that log
(or one that does not hold), 400 an old size above the new, 409 an old size that is not what it saw last, 422
a tree that is not shown to have grown out of the one it saw. Only then may it cosign.

Stricter than the specification in one thing: a checkpoint with extension lines cannot be read, since not
every kind of cosignature would cover them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.encoding import b64, number, unb64, unhash, utf8
from constancia.domain.ledger.merkle import EMPTY, check_consistency
from constancia.domain.ledger.note import LARGEST_NOTE, Key, open_note, with_signatures
from constancia.domain.ledger.refused import ProofRefused

MOST_HASHES = 63
LARGEST_REQUEST = LARGEST_NOTE + 4_096
"""Bytes of a request: the largest note, 63 hashes of 45 bytes and the line of the old size fit in."""

PLAIN = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: the status of HTTP, the body and its kind."""

    status: int
    body: str
    media: str = PLAIN


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as read: the size it says we know, the proof from there, the note and the log it is of."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes
    origin: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A checkpoint that its log signed. `lines`: the signature lines of known keys, each key's first."""

    checkpoint: Checkpoint
    text: str
    lines: tuple[str, ...]

    def with_line(self, line: str) -> str:
        """The note with the log's own signatures and one more."""
        return with_signatures(self.text, (*self.lines, line))

    def note(self) -> str:
        """The note with the log's own signatures and nothing of strangers."""
        return with_signatures(self.text, self.lines)


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint that was cosigned: `root` 32 bytes; `note` with the log's signatures and ours; `time` in
    seconds since 1970."""

    size: int
    root: bytes
    note: str
    time: int


Kind = Literal["split", "unproven", "older"]
"""What is worth keeping of a checkpoint that was signed and not cosigned.

split: the log signed another root for a size that we cosigned. It has shown two histories: this is proof.
unproven: nobody showed that it grows out of what we saw. A clumsy or hostile stranger can bring that about.
older: smaller than what we saw, of a size we never cosigned. Perhaps a register restored from a backup.
"""


def read(body: bytes) -> Asked | Answer:
    """The request in `body`, or 400 (413 where it is too large)."""
    if len(body) > LARGEST_REQUEST:
        return Answer(413, "too large\n")
    head, gap, note = body.partition(b"\n\n")
    try:
        first, *hashes = utf8(head, LARGEST_REQUEST).split("\n")
        origin = utf8(note, LARGEST_NOTE).partition("\n")[0]
        word, space, size = first.partition(" ")
        if not gap or not note or word != "old" or not space or len(hashes) > MOST_HASHES:
            return Answer(400, "proof.request\n")
        return Asked(number(size), tuple(unhash(one) for one in hashes), note, origin)
    except ProofRefused as refused:
        return Answer(400, f"{refused.code}\n")


def opened(asked: Asked, keys: Sequence[Key]) -> Opened | Answer:
    """The checkpoint, signed by one of the log's `keys`; or 404 (no keys: we do not watch it), 403, 400."""
    if not keys:
        return Answer(404, "unknown log\n")
    try:
        note = open_note(asked.note, keys)
        checkpoint = Checkpoint.read(note.text)
    except ProofRefused as refused:
        status = 403 if refused.code in ("proof.unsigned", "proof.signature") else 400
        return Answer(status, f"{refused.code}\n")
    if asked.old > checkpoint.size:
        return Answer(400, "proof.sizes\n")
    signers = [one.key for one in note.signed]
    return Opened(checkpoint, note.text, tuple(line_of(asked.note, key) for key in signers))


def refusal(asked: Asked, found: Opened, latest: Seen | None) -> Answer | None:
    """409 or 422 where the checkpoint may not be cosigned after `latest`; None where it may."""
    checkpoint, known = found.checkpoint, latest.size if latest else 0
    if asked.old != known:
        return Answer(409, f"{known}\n", SIZE)
    if checkpoint.size == 0 and checkpoint.root != EMPTY:
        return Answer(422, "proof.empty\n")
    try:
        if known == 0:
            # Every tree grows out of the empty one: there is nothing to show.
            return Answer(422, "proof.length\n") if asked.proof else None
        assert latest is not None
        check_consistency(known, checkpoint.size, asked.proof, latest.root, checkpoint.root)
    except ProofRefused as refused:
        return Answer(422, f"{refused.code}\n")
    return None


def kind_of(found: Opened, answer: Answer, same_size: Seen | None, latest: Seen | None) -> Kind | None:
    """What a refused checkpoint is kept as, if at all. `same_size`: what was cosigned of the same size."""
    if same_size is not None and same_size.root != found.checkpoint.root:
        return "split"
    if answer.status == 422:
        return "unproven"
    if latest is not None and same_size is None and found.checkpoint.size < latest.size:
        return "older"
    return None


def line_of(note: bytes, key: Key) -> str:
    """The first signature line of `key`, with its line feed, in a note where `open_note` found one."""
    for line in note.decode().rpartition("\n\n")[2].split("\n"):
        name, _, blob = line.removeprefix("— ").partition(" ")
        if name == key.name and blob and unb64(blob)[:4] == key.id:
            return f"— {name} {b64(unb64(blob))}\n"
    raise AssertionError
