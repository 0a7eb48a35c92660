"""What was done with a document and with its claims, for `constancia claims show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constancia.cli import output
from constancia.cli.late import late
from constancia.cli.words import say

if TYPE_CHECKING:
    from constancia.apps.claims import queries, wording
else:
    queries = late("constancia.apps.claims.queries")
    wording = late("constancia.apps.claims.wording")


def tell(page: queries.DocumentPage) -> None:
    """Says what was corrected of the document, and every step of the claims with which more was done than
    reading them."""
    for one in page.amended:
        words = say("Retirado") if one.withdrawn else say("Corregido")
        output.sentence(f"{words}: {one.who}, {one.when:%Y-%m-%d %H:%M}. {one.note}")
    told: list[tuple[queries.Deed, ...]] = []
    for line in page.claims:
        if len(line.history) > 1 and line.history not in told:  # corrections tell what they correct
            told.append(line.history)
    if not told:
        return
    output.table(
        say("Lo que se hizo con ellas"),
        [say("número"), say("qué"), say("cifra"), say("lo dice"), say("quién"), say("cuándo"), say("nota")],
        [_row(step) for history in told for step in history],
    )


def _row(step: queries.Deed) -> list[object]:
    deeds = {
        "read": say("leída"),
        "reread": say("leída otra vez"),
        "proposed": say("propuesta por un modelo"),
        "written": say("escrita y confirmada"),
        "corrected": say("corregida y confirmada"),
        "confirm": say("confirmada"),
        "reject": say("rechazada"),
        "retract": say("retirada la decisión"),
    }
    claim = step.claim
    return [
        step.number,
        deeds[step.deed],
        f"{claim.value}–{claim.high}" if claim.high is not None else claim.value,
        wording.claimant(claim.claimant),
        step.who,
        f"{step.when:%Y-%m-%d %H:%M}",
        step.note,
    ]


def step_json(step: queries.Deed) -> dict[str, Any]:
    return {
        "deed": step.deed,
        "claim": step.number,
        "value": step.claim.value,
        "high": step.claim.high,
        "qualifier": step.claim.qualifier.value,
        "about": step.claim.about.value,
        "claimant": step.claim.claimant,
        "by": step.who,
        "at": step.when,
        "note": step.note,
    }


def amended_json(one: queries.Amended) -> dict[str, Any]:
    return {
        "withdrawn": one.withdrawn,
        "by": one.who,
        "at": one.when,
        "note": one.note,
        "changed": {name: {"before": before, "after": after} for name, before, after in one.changed},
    }
