"""What is possible but would ask for more than a claimant has ever stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from constancia.domain.claims.reconcile.assertion import MINUTES
from constancia.domain.claims.reconcile.conflicts import Ids
from constancia.domain.claims.reconcile.reading import Reading


@dataclass(frozen=True, slots=True)
class Strain:
    """Between two totals, `needed` in `days`, more a day than `record`, the claimant's largest stated day."""

    first: str
    second: str
    needed: int
    days: int
    record: int
    of_record: str


def strains(readings: Sequence[Reading], conflicts: Sequence[Ids]) -> list[Strain]:
    """Totals of the same start that follow each other too fast, where they do not contradict each other."""
    found = []
    flows = [r for r in readings if r.kind == "flow" and not r.filters]
    for what in dict.fromkeys(r.what for r in flows):
        of_days = [
            r for r in flows if r.what == what and r.wide.last is not None and r.wide.first is not None
        ]
        of_days = [r for r in of_days if (r.wide.last or 0) - (r.wide.first or 0) == MINUTES]
        if not of_days:
            continue
        record = max(of_days, key=lambda r: r.low)
        totals = [r for r in flows if r.what == what and r.wide.last is None and r.wide.first is not None]
        for start in dict.fromkeys(r.wide.first for r in totals):
            same = sorted((r for r in totals if r.wide.first == start), key=lambda r: r.wide.known.minute)
            for first, second in pairwise(same):
                if first.high is None or any({first.id, second.id} <= ids for ids in conflicts):
                    continue
                minutes = second.wide.known.minute - first.wide.known.minute
                days = max(1, -(-minutes // MINUTES))
                if second.low - first.high > record.low * days:
                    found.append(
                        Strain(first.id, second.id, second.low - first.high, days, record.low, record.id)
                    )
    return found
