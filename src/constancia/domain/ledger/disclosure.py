"""Fields of one entry shown to somebody, as a file: what of a case the organisation commits itself to.

Canonical JSON (see `strict_json`):

    {"format": "constancia-disclosure-1", "kind": "case", "week": "2026-W09",
     "fields": [{"slot": 3, "name": "sex", "value": "\"woman\"", "salt": <base64>}, …],
     "gaps": [<base64>, …],
     "proof": "c2sp.org/tlog-proof@v1…"}

`value` as `slots.written`; `proof` is the C2SP tlog-proof of the entry in its log, or "".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from constancia.domain.ledger.encoding import HASH, b64, unb64, unhash
from constancia.domain.ledger.entry import KINDS, WEEK, Entry, Kind
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.slots import SLOTS, Disclosure, Opened, root_of_disclosure
from constancia.domain.ledger.strict_json import canonical, read_canonical

FORMAT = "constancia-disclosure-1"
LARGEST_DISCLOSURE = 2**20


@dataclass(frozen=True, slots=True)
class Shown:
    """Fields of the entry of this kind and week."""

    kind: Kind
    week: str
    disclosure: Disclosure
    proof: str = ""

    def entry(self, slot_of: Mapping[str, int]) -> Entry:
        """The entry that the fields lead to; its leaf is what `proof` must show to be in the log. `slot_of`:
        where the schema puts each field. Raises ProofRefused as `root_of_disclosure`."""
        return Entry(self.kind, self.week, root_of_disclosure(self.disclosure, slot_of))

    def data(self) -> bytes:
        """The bytes of the file."""
        return canonical({
            "format": FORMAT, "kind": self.kind, "week": self.week,
            "fields": [
                {"slot": one.slot, "name": one.name, "value": one.value, "salt": b64(one.salt)}
                for one in self.disclosure.fields
            ],
            "gaps": [b64(one) for one in self.disclosure.gaps],
            "proof": self.proof,
        })  # fmt: skip


def read_shown(data: bytes) -> Shown:
    """Raises ProofRefused `proof.json` (not canonical JSON), `proof.disclosure` (keys or values that are
    none, fields out of order), `proof.base64`."""
    found = _of(read_canonical(data, LARGEST_DISCLOSURE), "format", "kind", "week", "fields", "gaps", "proof")
    kind = next((one for one in KINDS if one == found["kind"]), None)
    if found["format"] != FORMAT or kind is None or not WEEK.fullmatch(_text(found["week"])):
        raise ProofRefused("proof.disclosure")
    fields = tuple(_field(one) for one in _list(found["fields"]))
    slots = [one.slot for one in fields]
    if slots != sorted(set(slots)):
        raise ProofRefused("proof.disclosure")
    gaps = tuple(unhash(_text(one)) for one in _list(found["gaps"]))
    return Shown(kind, found["week"], Disclosure(fields, gaps), _text(found["proof"]))


def _field(value: Any) -> Opened:
    one = _of(value, "slot", "name", "value", "salt")
    slot = one["slot"]
    if not isinstance(slot, int) or isinstance(slot, bool) or not 0 <= slot < SLOTS:
        raise ProofRefused("proof.disclosure")
    return Opened(slot, _text(one["name"]), _text(one["value"]), unb64(_text(one["salt"]), HASH))


def _of(value: Any, *keys: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(keys):
        raise ProofRefused("proof.disclosure")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ProofRefused("proof.disclosure")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ProofRefused("proof.disclosure")
    return value
