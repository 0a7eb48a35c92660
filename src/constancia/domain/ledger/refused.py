"""The one error of everything that reads what a stranger may have written."""

from __future__ import annotations

from constancia.domain.errors import IntegrityBroken


class ProofRefused(IntegrityBroken):
    """A log, proof, note, policy or bundle that cannot be read or does not hold. Its codes: "proof.…"."""
