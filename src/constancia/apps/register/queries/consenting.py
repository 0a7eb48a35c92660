"""A person's consents in order, and how each stands: for the case page and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from constancia.domain.facts.consenting import state_on, tier_on, unnamed
from constancia.domain.vocabulary.terms import ConsentField, ConsentState, ConsentTier, ConsentUse

if TYPE_CHECKING:
    from constancia.apps.register.queries.case import FactLine


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One consent. `state`: a ConsentState; `until`: None for no end."""

    seq: int
    tier: str
    covers: tuple[str, ...]
    uses: tuple[str, ...]
    giver: str
    given_by: str
    how: str
    use: str
    since: str
    until: date | None
    state: str


def consent_lines(facts: Sequence[FactLine], day: date) -> tuple[ConsentLine, ...]:
    """The consents among a case's facts, the latest first, as they stand on a day."""
    told = [line for line in facts if line.kind == "consent"]
    live = [line.seq for line in told if line.live]
    return tuple(_line(line, day, line.live and line.seq == live[-1]) for line in reversed(told))


def effective(facts: Sequence[FactLine], day: date) -> str:
    """What may be published by name in the list on a day: a ConsentTier, "" where nobody has said anything.

    As `consents` reckons it for one person.
    """
    tier: ConsentTier | None = None
    for line in facts:
        if line.kind != "consent":
            continue
        if line.live:
            tier = tier_on(line.fields, line.view.fact.when.earliest, day)
        elif tier is not None:
            tier = unnamed(tier)
    return tier.value if tier else ""


def _line(line: FactLine, day: date, last: bool) -> ConsentLine:
    fields: dict[str, Any] = line.fields
    named = fields["tier_given"] == ConsentTier.PUBLIC_NAME
    if not line.live:
        state = ConsentState.TAKEN_BACK
    elif not last:
        state = ConsentState.REPLACED
    else:
        state = state_on(fields, line.view.fact.when.earliest, day)
    until = fields.get("until")
    return ConsentLine(
        seq=line.seq,
        tier=fields["tier_given"],
        covers=tuple(fields.get("covers") or ([ConsentField.NAME.value] if named else [])),
        uses=tuple(fields.get("uses") or ([ConsentUse.LIST.value] if named else [])),
        giver=fields.get("giver", ""),
        given_by=fields.get("given_by", ""),
        how=fields.get("how", ""),
        use=fields.get("use", ""),
        since=line.view.fact.when.edtf,
        until=date.fromisoformat(until) if until else None,
        state=state.value,
    )
