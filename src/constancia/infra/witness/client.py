"""Asking witnesses: nothing they say is believed unchecked, and nothing they do stops a sealing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from constancia.domain.errors import ConstanciaError, DeploymentRefused, IntegrityBroken
from constancia.domain.ledger.checkpoint import Checkpoint, Logs, keys_of, open_checkpoint
from constancia.domain.ledger.encoding import b64, number
from constancia.domain.ledger.note import COSIGNATURE, LARGEST_NOTE, Key, open_note
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra import exchange
from constancia.infra.exchange import Reply
from constancia.infra.witness.rules import SIZE, line_of
from constancia.infra.witness.store import hash_of

SECONDS = 10.0
"""For one question to one witness."""
CLOCKS = timedelta(days=1)
"""How far the time of a cosignature may be from ours."""

Prove = Callable[[int], Sequence[bytes]]
"""An older size (above 0 and below that of the checkpoint) → the consistency proof from there to it."""


@dataclass(frozen=True, slots=True)
class Witness:
    """`key`: what it cosigns with, kind COSIGNATURE; `address`: its prefix, "https://testigo.example"."""

    key: Key
    address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking one witness: `line`, its checked signature line with its line feed, and `time`, of
    the cosignature in seconds since 1970; or why there is none. `known`: the size it says to have seen."""

    witness: Witness
    line: str | None = None
    time: int | None = None
    known: int | None = None
    refused: ConstanciaError | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The last checkpoint a witness cosigned, checked; None where it has none, or why it is not known."""

    witness: Witness
    checkpoint: Checkpoint | None = None
    note: bytes | None = None
    refused: ConstanciaError | None = None


def cosignature(
    witness: Witness,
    note: bytes,
    log: Logs,
    prove: Prove,
    *,
    older: int,
    now: datetime,
    seconds: float = SECONDS,
) -> Asked:
    """Asks a witness to cosign the checkpoint in `note`, which `log` signed, by one of its keys.

    `older`: the size it saw last, as far as we know, 0 if nothing is known; where it says another, it is
    asked once more with the proof from there. Never raises for what a witness or the network does.
    In `refused`: DeploymentRefused `exchange.…`, `witness.status` (404: it does not watch this log; 403: it
    knows another key of it), `witness.conflict` (it keeps saying another size); IntegrityBroken
    `witness.ahead` (it saw a larger tree than ours: is this an old copy?), `witness.branch` (our tree does
    not grow out of what it saw), `witness.answer`, `witness.signature`, `witness.clock`.
    Raises ProofRefused where the note is not one of `log`, and what `prove` raises.
    """
    checkpoint, opened = open_checkpoint(note, log)
    known: int | None = None
    for tried in (older, None):
        start = tried if tried is not None else known or 0
        if start > checkpoint.size:
            ahead = IntegrityBroken("witness.ahead", known=start, size=checkpoint.size)
            return Asked(witness, known=start, refused=ahead)
        proof = prove(start) if 0 < start < checkpoint.size else ()
        try:
            given = _asked(witness, note, start, proof, seconds)
            if given.status != 409:
                line, time = _checked(given, opened.text, witness.key, now)
                return Asked(witness, line, time, checkpoint.size)
            known = _size(given)
        except ConstanciaError as refused:
            return Asked(witness, known=known, refused=refused)
    return Asked(witness, known=known, refused=DeploymentRefused("witness.conflict"))


def last_seen(witness: Witness, log: Logs, *, seconds: float = SECONDS) -> Held:
    """The last checkpoint of `log` that a witness cosigned, as it publishes it. Never raises.

    In `refused`: as `cosignature`, and ProofRefused where what it publishes does not hold.
    """
    address = f"{_prefix(witness)}/{hash_of(keys_of(log)[0].name)}/checkpoint"
    try:
        _check_witness(witness)
        given = exchange.ask(address, largest=LARGEST_NOTE, seconds=seconds)
        if given.status == 404:
            return Held(witness)
        if given.status != 200:
            raise DeploymentRefused("witness.status", status=given.status)
        checkpoint, note = open_checkpoint(given.data, log, [witness.key])
        if note.by(witness.key) is None:
            raise IntegrityBroken("witness.signature")
    except ConstanciaError as refused:
        return Held(witness, refused=refused)
    return Held(witness, checkpoint, given.data)


def _check_witness(witness: Witness) -> None:
    if witness.key.kind != COSIGNATURE:
        raise IntegrityBroken("witness.signature")


def _prefix(witness: Witness) -> str:
    return witness.address.rstrip("/")


def _asked(witness: Witness, note: bytes, older: int, proof: Sequence[bytes], seconds: float) -> Reply:
    _check_witness(witness)
    lines = "".join(f"{b64(one)}\n" for one in proof)
    body = f"old {older}\n{lines}\n".encode() + note
    return exchange.ask(_prefix(witness) + "/add-checkpoint", body, largest=LARGEST_NOTE, seconds=seconds)


def _size(given: Reply) -> int:
    """The size that a 409 tells."""
    try:
        text = given.data.decode("ascii")
        if given.media != SIZE or not text.endswith("\n"):
            raise IntegrityBroken("witness.answer")
        return number(text[:-1])
    except (UnicodeDecodeError, ProofRefused):
        raise IntegrityBroken("witness.answer") from None


def _checked(given: Reply, text: str, key: Key, now: datetime) -> tuple[str, int]:
    """The line of `key` in an answer, and its time."""
    if given.status == 422:
        raise IntegrityBroken("witness.branch")
    if given.status != 200:
        raise DeploymentRefused("witness.status", status=given.status)
    whole = text.encode() + b"\n" + given.data
    try:
        opened = open_note(whole, [key])
    except ProofRefused as refused:
        wrong = refused.code in ("proof.signature", "proof.unsigned")
        raise IntegrityBroken("witness.signature" if wrong else "witness.answer") from None
    signed = opened.by(key)
    if opened.text != text or signed is None or signed.time is None:
        raise IntegrityBroken("witness.answer")
    if abs(now.timestamp() - signed.time) > CLOCKS.total_seconds():
        raise IntegrityBroken("witness.clock")
    return line_of(whole, key), signed.time
