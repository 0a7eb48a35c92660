"""Steps 10 to 15: totals without rows. Every case is behind commitments of which only sums are opened."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.ledger.cut import Cut, read_cut
from constancia.domain.ledger.merkle import Frontier
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.totals import Totals, read_totals
from constancia.domain.ledger.totals_checking import check_roster
from constancia.verifier.adding import proven_cells
from constancia.verifier.before import Earlier
from constancia.verifier.bundle import CUT, ROSTER_SEAL, TOTALS, Bundle
from constancia.verifier.edition import Edition
from constancia.verifier.logged import Rules, Sealed, check_seal
from constancia.verifier.manifest import Manifest

PARTS = (TOTALS, CUT, ROSTER_SEAL)


@dataclass(frozen=True)
class Proof:
    """A proof of totals as it was read: what it says, its lines, and the sealed roster that they cover."""

    totals: Totals
    cut: Cut
    roster: Sealed


def has_totals(bundle: Bundle) -> bool:
    """Whether the bundle proves totals. Raises ProofRefused `proof.missing` where it holds half a proof."""
    there = [path for path in PARTS if path in bundle]
    if there and len(there) < len(PARTS):
        raise ProofRefused("proof.missing", path=next(path for path in PARTS if path not in bundle))
    return bool(there)


def check_cut(bundle: Bundle, manifest: Manifest, rules: Rules) -> Proof:
    """Step 10: the cut is of this edition, and covers the whole sealed roster, each case once.

    Raises ProofRefused: as `read_totals`, `read_cut`, `check_seal`, `check_roster`; `proof.totals_other`
    where it is of another edition or content, `proof.roster_origin` where the roster is the log of editions.
    """
    totals = read_totals(bundle[TOTALS])
    if totals.head.edition != manifest.edition or totals.head.content.hex() != manifest.content:
        raise ProofRefused("proof.totals_other", field="edition")
    if totals.roster.origin == manifest.log:
        raise ProofRefused("proof.roster_origin")
    roster = check_seal(bundle[ROSTER_SEAL], rules.log(totals.roster.origin), rules)
    cut = read_cut(bundle[CUT], totals.layout)
    check_roster(totals, cut, roster.checkpoint)
    return Proof(totals, cut, roster)


def check_published(totals: Totals, edition: Edition) -> tuple[str, ...]:
    """The second half of step 14: what is proven are the very numbers of the edition. Names of the tables of
    that figure that are not proven.

    Raises ProofRefused `proof.totals_other` (another figure or other dates), `proof.totals_table`.
    """
    head = totals.head
    figure = edition.figure(head.figure)
    if figure is None or (figure.as_of, figure.known_at) != (head.as_of, head.known_at):
        raise ProofRefused("proof.totals_other", field="figure")
    if totals.sums[""][""] != figure.value:
        raise ProofRefused("proof.totals_table", table=figure.name)
    tables = {one.name: one for one in edition.tables if one.total_of == figure.name and not one.withheld}
    for layout in totals.layout.tables[1:]:
        table = tables.pop(layout.table, None)
        if table is None or proven_cells(table) != dict(totals.sums[layout.table]):
            raise ProofRefused("proof.totals_table", table=layout.table)
    return tuple(tables)


def check_roster_grown(proof: Proof, earlier: Earlier) -> int | None:
    """Step 15: how many cases the roster had at the edition before, the same as now at the beginning; None
    where that edition proves no totals.

    The cut holds every leaf, so the root of then is computed from its first lines, and no further proof is
    needed. Raises ProofRefused: as `check_seal`; `proof.roster_origin`, `proof.roster_changed`.
    """
    if not has_totals(earlier.bundle):
        return None
    origin = proof.totals.roster.origin
    then = check_seal(earlier.bundle[ROSTER_SEAL], earlier.rules.log(origin), earlier.rules).checkpoint
    lines = proof.cut.lines
    tree = Frontier()
    for line in lines[: then.size]:
        tree.append(line.leaf)
    if then.size > len(lines) or tree.root() != then.root:
        raise ProofRefused("proof.roster_changed")
    return then.size
