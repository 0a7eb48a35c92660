"""The files of a proof: those that the manifest lists, made before it is signed, and those that show its
place in the log, made afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from constancia.apps.ledger.keys import log_keys
from constancia.apps.ledger.models import CASES, FACTS
from constancia.apps.ledger.queries import proofs
from constancia.apps.publishing.models import Build, Edition
from constancia.apps.publishing.proving.cells import FIGURE, layout_of
from constancia.apps.publishing.proving.counted import cases_of, cells_of
from constancia.domain.errors import IntegrityBroken, StoreRefused
from constancia.domain.ledger.note import Key
from constancia.domain.ledger.policy import Policy
from constancia.domain.ledger.spoken_root import SpokenRoot, proquints
from constancia.domain.ledger.totals import Head, read_totals
from constancia.domain.ledger.totals_proving import prove
from constancia.domain.publishing.content import Content
from constancia.domain.publishing.manifest import text_of
from constancia.domain.publishing.seal import Seal

ROSTER, CUT, TOTALS = "prueba/casos.sello", "prueba/casos.txt", "prueba/totales.json"
POLICY, VERIFIER, CHAIN = "prueba/politica.txt", "verificar.py", "prueba/llaves.json"
PLACE, BEFORE, PRINTED = "prueba/manifiesto.tlog-proof", "prueba/anterior.txt", "prueba/impreso.txt"
AFTERWARDS = (PLACE, BEFORE, PRINTED)
"""What no manifest lists: it is made once the manifest is in the log."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """The ledger as it was when an edition was built. `facts`, `roster`: sizes of the last checkpoints;
    `policy`: the text of the policy; `at`: the instant up to which witnesses had answered."""

    facts: int
    roster: int
    policy: str
    at: datetime


def pin(at: datetime) -> Pinned:
    """The ledger as it stands now, sealed.

    Raises ProofRefused for a policy file that is none; StoreRefused `ledger.quorum` where not enough
    witnesses signed the last checkpoints: nobody would have to believe what is proven under them.
    """
    facts, roster = proofs.last_checkpoint(FACTS), proofs.last_checkpoint(CASES)
    assert facts is not None
    if not all(proofs.is_enough(row) for row in (facts, roster) if row is not None):
        raise StoreRefused("ledger.quorum")
    return Pinned(facts.size, roster.size if roster else 0, proofs.policy().text(), at)


def seal_of(pinned: Pinned) -> Seal:
    """What is printed of it: paper is a witness too."""
    told = printed(pinned)
    return Seal(told.origin, told.size, proquints(told.start))


def printed(pinned: Pinned) -> SpokenRoot:
    """The log before the edition was in it, as its report prints it."""
    return SpokenRoot.of(proofs.signed(proofs.checkpoint_at(FACTS, pinned.facts)))


def recorded(number: int) -> SpokenRoot:
    """The log with the edition in it, as its proof shows it. Raises NotFound `ledger.not_sealed`."""
    _, row = proofs.covering("edition", number)
    return SpokenRoot.of(proofs.signed(row))


def listed_parts(edition: Edition, content: Content, pinned: Pinned) -> dict[str, bytes]:
    """What the manifest lists: the policy, the verifier, and the proof of the totals where the roster holds
    anybody.

    Raises IntegrityBroken `edition.proof` where the register does not count what the edition says.
    """
    found = {POLICY: pinned.policy.encode(), VERIFIER: verifier()}
    changed = proofs.chain(pinned.facts)
    if changed.placed:
        found[CHAIN] = changed.data()
    if not pinned.roster:
        return found
    row = proofs.checkpoint_at(CASES, pinned.roster)
    cut, known_at = bytes.fromhex(edition.sha256), text_of(content.known_at)
    head = Head(edition.number, cut, FIGURE, content.as_of.isoformat(), known_at)
    cases = cases_of(proofs.roster(pinned.roster), cells_of(edition, content, pinned.roster))
    proven = prove(head, layout_of(content, pinned.roster), proofs.signed(row), cases)
    figure = content.figure(FIGURE)
    if figure is None or read_totals(proven.totals).sums[""][""] != figure.value:
        raise IntegrityBroken("edition.proof", number=edition.number)
    found[ROSTER] = proofs.signed_note(row, pinned.at, _named(pinned.policy, CASES)).encode()
    return found | {CUT: proven.cut, TOTALS: proven.totals}


def place_of(built: Build, before: Build | None) -> dict[str, bytes]:
    """That the manifest is in the log, under the first checkpoint that covers it; and that the log only grew
    since the one of the edition `before`.

    Raises NotFound `ledger.not_sealed`.
    """
    by = _named(built.policy, FACTS)
    found = {PLACE: proofs.proof_of("edition", built.edition.number, by).data()}
    _, newer = proofs.covering("edition", built.edition.number)
    found[PRINTED] = proofs.growth(FACTS, proofs.checkpoint_at(FACTS, built.facts_size), newer, by).data()
    if before is not None:
        _, older = proofs.covering("edition", before.edition.number)
        found[BEFORE] = proofs.growth(FACTS, older, newer, by).data()
    return found


def _named(policy: str, log: str) -> Key | None:
    """The key by which a policy names a log of ours."""
    names = {key.name for key in log_keys(log)}
    return next((key for name, key in Policy.read(policy.encode()).logs.items() if name in names), None)


def verifier() -> bytes:
    """The verifier as one file. It belongs to the interfaces, so the settings say where it comes from."""
    found: bytes = import_string(settings.CONSTANCIA_VERIFIER)()
    return found


def verifier_page() -> bytes:
    """The verifier as a page that runs in a browser, from where the settings say."""
    found: bytes = import_string(settings.CONSTANCIA_VERIFIER_PAGE)()
    return found
