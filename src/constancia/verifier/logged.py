"""Steps 2, 4, 5 and 6: whose rules, who signed the state of the log, what is in it, and that it only grew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from constancia.domain.ledger.checkpoint import Checkpoint, open_checkpoint
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.key_change import Chain
from constancia.domain.ledger.merkle import check_inclusion
from constancia.domain.ledger.note import Key, Note
from constancia.domain.ledger.policy import Policy
from constancia.domain.ledger.previous import check_previous
from constancia.domain.ledger.proof import TlogProof
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.spoken_root import SpokenRoot
from constancia.verifier.bundle import CHAIN, POLICY, PREVIOUS, PRINTED, TLOG_PROOF, Bundle
from constancia.verifier.manifest import Manifest


@dataclass(frozen=True)
class Rules:
    """`policy`: the rules that decide, the reader's or else the bundle's `own`; `changes`: how logs changed
    their keys, as the bundle shows it; `chains`: origin → the keys of a log, the first one first."""

    policy: Policy
    own: Policy
    given: bool
    changes: Chain = field(default_factory=Chain)
    chains: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)

    def log(self, origin: str) -> tuple[Key, ...]:
        """The keys of a log: the one that the reader and the bundle name, or, where it was changed, all of
        the chain that joins theirs. Raises ProofRefused `proof.policy_log`, `proof.policy_key`."""
        key, own = self.policy.logs.get(origin), self.own.logs.get(origin)
        if key is None:
            raise ProofRefused("proof.policy_log", origin=origin[:255])
        chain = self.chains.get(origin, (key,))
        if key not in chain or own not in chain:
            raise ProofRefused("proof.policy_key", origin=origin)
        return chain

    def witnesses(self) -> tuple[Key, ...]:
        """Everybody whose signature is looked at, in the order in which they must stand: those of the
        bundle's own rules, then those that only the reader knows. Whether they are enough
        is for `policy` to say."""
        return tuple(dict.fromkeys((*self.own.witnesses.values(), *self.policy.witnesses.values())))


@dataclass(frozen=True)
class Sealed:
    """The state of a log, and which witnesses saw it: (name, seconds since 1970)."""

    checkpoint: Checkpoint
    seen: tuple[tuple[str, int], ...]


def read_rules(bundle: Bundle, manifest: Manifest, given: bytes | None, later: Rules | None = None) -> Rules:
    """`given`: the reader's own policy file; `later`: the rules of an edition that continues this one, whose
    chain of keys reaches back to it. That the changes are in the log is for `check_printed`.

    Raises ProofRefused as `Policy.read`, `Chain.read`, `Chain.keys` and `Rules.log`.
    """
    own = Policy.read(bundle[POLICY])
    changes = Chain.read(bundle[CHAIN]) if CHAIN in manifest.files else Chain()
    chains = {**changes.keys(), **(later.chains if later else {})}
    rules = Rules(own if given is None else Policy.read(given), own, given is not None, changes, chains)
    rules.log(manifest.log)
    return rules


def check_seal(note: bytes, log: tuple[Key, ...], rules: Rules) -> Sealed:
    """A checkpoint signed by its log and by enough witnesses.

    Raises ProofRefused: as `open_checkpoint`; `proof.signature_order` (the log first, then the witnesses as
    the policy lists them: one form only), `proof.quorum`.
    """
    checkpoint, opened = open_checkpoint(note, log, rules.witnesses(), strict=True)
    return _enough(checkpoint, opened, log, rules)


def check_sealed(bundle: Bundle, manifest: Manifest, rules: Rules) -> tuple[TlogProof, Sealed]:
    """Step 4. Raises ProofRefused as `TlogProof.read` and `check_seal`; `proof.form` for lines that nobody
    signed."""
    proof = TlogProof.read(bundle[TLOG_PROOF])
    if proof.extra:
        raise ProofRefused("proof.form")
    return proof, check_seal(proof.checkpoint, rules.log(manifest.log), rules)


def check_logged(manifest: Manifest, proof: TlogProof, sealed: Sealed) -> int:
    """Step 5: the number of the leaf. Raises ProofRefused as `Entry.read` and `check_inclusion`."""
    entry = Entry("edition", manifest.week, manifest.digest)
    Entry.read(entry.data())  # a week is of one form
    at = sealed.checkpoint
    check_inclusion(proof.index, at.size, entry.leaf(), proof.hashes, at.root)
    return proof.index


def check_printed(bundle: Bundle, manifest: Manifest, rules: Rules, now: Sealed) -> SpokenRoot | None:
    """The second half of step 5: the state of the log that the edition prints is where this one began; None
    where it prints none.

    Raises ProofRefused as `SpokenRoot.read`, `check_previous`, `check_seal` and `Chain.check_placed`;
    `proof.printed` where it is another state, `proof.key_chain` for changes of keys without one.
    """
    if manifest.printed is None:
        if rules.changes.placed:
            raise ProofRefused("proof.key_chain")
        return None
    told, log = SpokenRoot.read(manifest.printed), rules.log(manifest.log)
    older, opened = check_previous(bundle[PRINTED], now.checkpoint, log, rules.witnesses(), strict=True)
    _enough(older, opened, log, rules)
    if not told.agrees(older):
        raise ProofRefused("proof.printed")
    # The keys changed before the edition was made: the log that it was made from holds every change.
    rules.changes.check_placed(older)
    return told


def check_grown(bundle: Bundle, manifest: Manifest, rules: Rules, now: Sealed) -> Sealed | None:
    """Step 6: the state of the log at the edition before, of which this one is a continuation; None for the
    first edition. Raises ProofRefused as `check_previous` and `check_seal`."""
    if manifest.previous is None:
        return None
    log = rules.log(manifest.log)
    older, opened = check_previous(bundle[PREVIOUS], now.checkpoint, log, rules.witnesses(), strict=True)
    return _enough(older, opened, log, rules)


def _enough(checkpoint: Checkpoint, opened: Note, log: tuple[Key, ...], rules: Rules) -> Sealed:
    order = (*log, *rules.witnesses())
    places = [order.index(one.key) for one in opened.signed]
    if places != sorted(places):
        raise ProofRefused("proof.signature_order")
    if not rules.policy.met(one.key for one in opened.signed):
        raise ProofRefused("proof.quorum")
    times = [(one.key.name, one.time) for one in opened.signed if one.time is not None]
    return Sealed(checkpoint, tuple(times))
