"""A log changes its key: the old one signs the new one, and says so in the log itself.

What is signed are four lines, by the old key and by the new one, as a note (C2SP signed-note):

    constancia/keys/v1
    <the old verifier key>
    <the new verifier key>
    <until when the old one signs beside it: 2026-12-30T07:00:00Z>

The log holds it as JSON, by its SHA-256, in an entry of kind "keys"; `Chain` is the file in which an edition
brings all changes before it, each with its place in the log. Whoever trusts one key of a chain can follow it
to the others without believing anybody else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.encoding import b64, unhashes
from constancia.domain.ledger.entry import WEEK, Entry
from constancia.domain.ledger.merkle import check_inclusion
from constancia.domain.ledger.note import SIGNATURE, Key, open_note, with_signatures
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.strict_json import canonical, read_canonical

TITLE, CHANGE, _CHAIN_FORMAT = "constancia/keys/v1", "constancia-keys-1", "constancia-key-chain-1"
MOST_CHANGES = 200
LARGEST_CHAIN = 2_000_000

_UNTIL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, slots=True)
class KeyChange:
    """`old` and `new` of one log; `until`: when the old one stops signing, ISO 8601 in UTC."""

    old: Key
    new: Key
    until: str

    def text(self) -> str:
        """What both keys sign."""
        return f"{TITLE}\n{self.old}\n{self.new}\n{self.until}\n"

    def as_json(self, lines: Iterable[str]) -> dict[str, Any]:
        """As the log holds it; `lines`: the signatures of the old key and the new one."""
        note = with_signatures(self.text(), lines)
        return {"format": CHANGE, "note": note.split("\n")[:-1]}

    @staticmethod
    def read(text: str) -> KeyChange:
        """Raises ProofRefused `proof.key_change` unless both keys signed it, and the log is the same one."""
        try:
            found = json.loads(text)
            if set(found) != {"format", "note"} or found["format"] != CHANGE:
                raise ProofRefused("proof.key_change")
            lines = found["note"]
            if len(lines) != 7 or lines[0] != TITLE or not _UNTIL.fullmatch(lines[3]):
                raise ProofRefused("proof.key_change")
            change = KeyChange(Key.read(lines[1]), Key.read(lines[2]), lines[3])
            note = open_note("".join(f"{line}\n" for line in lines).encode(), change.pair(), strict=True)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ProofRefused):
            raise ProofRefused("proof.key_change") from None
        if note.text != change.text() or [one.key for one in note.signed] != list(change.pair()):
            raise ProofRefused("proof.key_change")
        return change

    def pair(self) -> tuple[Key, Key]:
        """The old key and the new one. Raises ProofRefused `proof.key_change` for two that no log has."""
        if self.old.name != self.new.name or self.old == self.new:
            raise ProofRefused("proof.key_change")
        if (self.old.kind, self.new.kind) != (SIGNATURE, SIGNATURE):
            raise ProofRefused("proof.key_change")
        return self.old, self.new


@dataclass(frozen=True, slots=True)
class Placed:
    """A change and its place in the log: `text` as it was entered in the `week`; `index` and `hashes` show
    its leaf under the checkpoint that the file is for."""

    text: str
    week: str
    index: int
    hashes: tuple[bytes, ...]

    def leaf(self) -> bytes:
        return Entry("keys", self.week, sha256(self.text.encode()).digest()).leaf()


@dataclass(frozen=True, slots=True)
class Chain:
    """The changes of keys of a house's logs, in their order."""

    placed: tuple[Placed, ...] = ()

    def data(self) -> bytes:
        """The file."""
        return canonical(
            {
                "format": _CHAIN_FORMAT,
                "changes": [
                    {
                        "text": one.text,
                        "week": one.week,
                        "index": one.index,
                        "hashes": list(map(b64, one.hashes)),
                    }
                    for one in self.placed
                ],
            }
        )

    @staticmethod
    def read(data: bytes) -> Chain:
        """Raises ProofRefused `proof.key_chain`, `proof.json`, `proof.base64`, `proof.length`."""
        found = read_canonical(data, LARGEST_CHAIN)
        if (
            not isinstance(found, dict)
            or set(found) != {"format", "changes"}
            or found["format"] != _CHAIN_FORMAT
        ):
            raise ProofRefused("proof.key_chain")
        changes = found["changes"]
        if not isinstance(changes, list) or not 0 < len(changes) <= MOST_CHANGES:
            raise ProofRefused("proof.key_chain")
        return Chain(tuple(_placed(one) for one in changes))

    def keys(self) -> Mapping[str, tuple[Key, ...]]:
        """Origin → its keys, the first one first.

        Raises ProofRefused `proof.key_change`, `proof.key_chain` where one does not follow from the one
        before.
        """
        found: dict[str, tuple[Key, ...]] = {}
        for one in self.placed:
            old, new = KeyChange.read(one.text).pair()
            before = found.get(old.name, (old,))
            if before[-1] != old or new in before:
                raise ProofRefused("proof.key_chain")
            found[old.name] = (*before, new)
        return found

    def check_placed(self, checkpoint: Checkpoint) -> None:
        """That every change is in the log at that checkpoint. Raises ProofRefused as `check_inclusion`."""
        for one in self.placed:
            check_inclusion(one.index, checkpoint.size, one.leaf(), one.hashes, checkpoint.root)


def _placed(found: Any) -> Placed:
    if not isinstance(found, dict) or set(found) != {"text", "week", "index", "hashes"}:
        raise ProofRefused("proof.key_chain")
    text, week, index, hashes = (found[name] for name in ("text", "week", "index", "hashes"))
    if not isinstance(text, str) or not isinstance(week, str) or not WEEK.fullmatch(week):
        raise ProofRefused("proof.key_chain")
    if not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise ProofRefused("proof.key_chain")
    if not isinstance(hashes, list) or not all(isinstance(one, str) for one in hashes):
        raise ProofRefused("proof.key_chain")
    return Placed(text, week, index, unhashes(hashes))
