"""All that was done with a claim: how it came to be, each correction, and each decision, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from constancia.apps.claims import models
from constancia.apps.claims.amended import OF_ITSELF
from constancia.apps.claims.shaping import claim_of
from constancia.apps.claims.standing import all_decisions
from constancia.domain.claims.claim import Claim
from constancia.domain.vocabulary.terms import ClaimDecision


@dataclass(frozen=True, slots=True)
class Deed:
    """One step. `deed`: "read", "reread" (another reading of it), "proposed" (by a model), "written",
    "corrected", or a verdict: "confirm", "reject", "retract". `claim`: what the claim `number` says."""

    deed: str
    number: int
    claim: Claim
    who: str
    when: datetime
    note: str


def histories(rows: Sequence[models.Claim]) -> dict[int, tuple[Deed, ...]]:
    """Of each claim of a document: the steps of it, of what it corrects and of all corrections of that, in
    their order. Whoever writes a claim confirms it: that is one step.
    """
    by_number = {row.pk: row for row in rows}
    decisions: dict[int, list[models.Decision]] = {}
    for decision in all_decisions(by_number):
        if decision.claim_id in by_number:
            decisions.setdefault(decision.claim_id, []).append(decision)
    families: dict[int, list[tuple[datetime, int, int, Deed]]] = {}
    for row in rows:
        own = decisions.get(row.pk, [])
        steps = families.setdefault(_root(row, by_number), [])
        steps += _steps(row, own)
    told = {root: tuple(step[-1] for step in sorted(steps, key=_order)) for root, steps in families.items()}
    return {row.pk: told[_root(row, by_number)] for row in rows}


def _root(row: models.Claim, by_number: Mapping[int, models.Claim]) -> int:
    while row.supersedes_id is not None and row.supersedes_id in by_number:
        row = by_number[row.supersedes_id]
    return row.pk


def _order(step: tuple[datetime, int, int, Deed]) -> tuple[datetime, int, int]:
    return step[:3]


def _steps(
    row: models.Claim, decisions: Iterable[models.Decision]
) -> Iterable[tuple[datetime, int, int, Deed]]:
    claim, own = claim_of(row), list(decisions)
    note = ""
    if row.proposed_by == "person" and own and own[0].verdict == ClaimDecision.CONFIRM.value:
        note = own.pop(0).note
    yield (row.known_at, 0, row.pk, Deed(_came(row), row.pk, claim, str(row.recorded_by), row.known_at, note))
    for one in own:
        deed = Deed(one.verdict, row.pk, claim, str(one.decided_by), one.known_at, one.note)
        yield (one.known_at, 1, one.pk, deed)


def _came(row: models.Claim) -> str:
    if row.proposed_by == "person":
        return "written" if row.supersedes_id is None else "corrected"
    if row.proposed_by == "model":
        return "proposed"
    return "read" if row.supersedes_id is None else "reread"


@dataclass(frozen=True, slots=True)
class Amended:
    """What was corrected of a document, or that it was withdrawn. `changed`: each field that changed, with
    what it said before and what it says since."""

    withdrawn: bool
    who: str
    when: datetime
    note: str
    changed: tuple[tuple[str, Any, Any], ...]


def amendments(document: models.Document) -> tuple[Amended, ...]:
    """Every amendment of a document, the oldest first."""
    before: models.Document | models.Amendment = models.Document.objects.defer("text", "sketch").get(
        pk=document.pk
    )
    found = []
    for one in document.amendments.select_related("recorded_by").order_by("pk"):
        changed = tuple(
            (name, getattr(before, name), getattr(one, name))
            for name in OF_ITSELF
            if getattr(before, name) != getattr(one, name)
        )
        found.append(Amended(one.withdrawn, str(one.recorded_by), one.known_at, one.note, changed))
        before = one
    return tuple(found)
