"""The second half of step 6: that the edition before is really the one that this one continues."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.agreeing import check_content
from constancia.verifier.bundle import Bundle
from constancia.verifier.edition import Edition
from constancia.verifier.logged import Rules, Sealed, check_logged, check_sealed, read_rules
from constancia.verifier.manifest import Manifest, check_whole
from constancia.verifier.signed import check_signed


@dataclass(frozen=True)
class Earlier:
    """The bundle of the edition before, as far as it holds by itself."""

    bundle: Bundle
    manifest: Manifest
    rules: Rules
    sealed: Sealed
    edition: Edition


def read_earlier(bundle: Bundle, given: bytes | None, later: Rules) -> Earlier:
    """Steps 1 to 5 and 7 of the bundle of the edition before, under the chain of keys of the one after it
    (`later`). Raises what they raise."""
    manifest = check_whole(bundle)
    rules = read_rules(bundle, manifest, given, later)
    check_signed(bundle, manifest)
    proof, sealed = check_sealed(bundle, manifest, rules)
    check_logged(manifest, proof, sealed)
    return Earlier(bundle, manifest, rules, sealed, check_content(bundle, manifest))


def check_continues(
    manifest: Manifest, rules: Rules, then: Sealed | None, earlier: Earlier, expected: bytes | None
) -> None:
    """That the edition continues `earlier`. `then`: the state of the log from which it says to continue;
    `expected`: the publication key that the reader had from elsewhere, which explains a change of keys.

    Raises ProofRefused: `proof.previous_content`, `proof.previous_checkpoint`, `proof.previous_keys` (another
    key of a log), `proof.previous_publisher` (another publication key).
    """
    if manifest.previous != earlier.manifest.content:
        raise ProofRefused("proof.previous_content")
    if then is None or then.checkpoint != earlier.sealed.checkpoint:
        raise ProofRefused("proof.previous_checkpoint")
    logs, before = rules.own.logs, earlier.rules.own.logs
    chains = rules.chains
    if manifest.log != earlier.manifest.log or any(
        logs.get(one) != key and key not in chains.get(one, ()) for one, key in before.items()
    ):
        raise ProofRefused("proof.previous_keys")
    if manifest.key not in (earlier.manifest.key, expected):
        raise ProofRefused("proof.previous_publisher")


def check_named(edition: Edition, earlier: Earlier) -> None:
    """That the edition names the number and dates of `earlier`. Raises ProofRefused `proof.disagrees`."""
    named, found = edition.previous, earlier.edition
    if named is None or (named.number, named.as_of, named.known_at) != (
        found.number,
        found.as_of,
        found.known_at,
    ):
        raise ProofRefused("proof.disagrees", field="previous")
