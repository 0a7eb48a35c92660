"""A file and its chain of custody shown to somebody who has the file: what of it stands in the log.

Lines of canonical JSON, each a disclosure (`disclosure`) of one step. Only the fields that are shown can be
read; who has the file and no disclosure cannot find it in the log, for every field is salted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constancia.domain.ledger.disclosure import read_shown
from constancia.domain.ledger.policy import Policy
from constancia.domain.ledger.proof import check_proof
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.schema import SLOT_OF
from constancia.domain.ledger.slots import Value, read

LARGEST = 1 << 22
MOST_STEPS = 1000


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step that is in the log. `fields`: name → value of what was opened; `index` of its leaf; `witnesses`:
    those that signed the checkpoint."""

    fields: Mapping[str, Value]
    origin: str
    index: int
    witnesses: tuple[str, ...]


def check_custody(data: bytes, sha256: str, policy: Policy) -> Sequence[ShownStep]:
    """That every step is in a log of the `policy`, seen by enough witnesses, and of the file with that
    SHA-256 (64 hex digits).

    Raises ProofRefused: as `read_shown`, `Shown.entry`, `check_proof`; `proof.custody` (no step, or a record
    of another sort), `proof.custody_file` (of another file), `proof.policy_log`, `proof.quorum`.
    """
    if len(data) > LARGEST:
        raise ProofRefused("proof.custody")
    lines = [line for line in data.split(b"\n") if line]
    if not 0 < len(lines) <= MOST_STEPS:
        raise ProofRefused("proof.custody")
    return [_step(line, sha256, policy) for line in lines]


def _step(line: bytes, sha256: str, policy: Policy) -> ShownStep:
    shown = read_shown(line)
    fields = {one.name: read(one.value) for one in shown.disclosure.fields}
    if shown.kind != "fact" or fields.get("record") != "custody":
        raise ProofRefused("proof.custody")
    if fields.get("custody.sha256") != sha256:
        raise ProofRefused("proof.custody_file")
    proof = shown.proof.encode()
    origin = proof.partition(b"\n\n")[2].partition(b"\n")[0].decode("utf-8", "replace")
    log = policy.logs.get(origin)
    if log is None:
        raise ProofRefused("proof.policy_log", origin=origin[:255])
    found = check_proof(proof, shown.entry(SLOT_OF).leaf(), log, tuple(policy.witnesses.values()))
    signed = [name for name, key in policy.witnesses.items() if found.note.by(key) is not None]
    if not policy.met(policy.witnesses[name] for name in signed):
        raise ProofRefused("proof.quorum")
    return ShownStep(fields, origin, found.index, tuple(signed))
