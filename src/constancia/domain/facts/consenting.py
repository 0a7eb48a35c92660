"""What a consent lets be published, of which data, where, and on which day.

Whatever is not said is not allowed: a consent that names no fields and no uses is about the name in the list,
which is what "public by name" has always meant here; one that has run out, has not begun or was taken back
leaves the person counted and without a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from constancia.domain.vocabulary.terms import ConsentField, ConsentState, ConsentTier, ConsentUse

NARROWEST_FIRST = tuple(reversed(ConsentTier))
"""Of several people who were judged to be one, what the most reserved allows holds for all."""


def state_on(fields: Mapping[str, Any], since: date | None, day: date) -> ConsentState:
    """`fields` as a fact of the kind keeps them; `since`: the first day on which it may have been given."""
    until = fields.get("until")
    if fields.get("withdrawn"):
        return ConsentState.WITHDRAWN
    if until and date.fromisoformat(until) < day:
        return ConsentState.RUN_OUT
    if since is not None and since > day:
        return ConsentState.NOT_YET
    return ConsentState.HOLDS


def tier_on(
    fields: Mapping[str, Any],
    since: date | None,
    day: date,
    of: ConsentField = ConsentField.NAME,
    use: ConsentUse = ConsentUse.LIST,
) -> ConsentTier:
    """What the consent allows on that day for that use. `of`: the data that would identify the person: where
    they are not covered, nobody is named."""
    tier = ConsentTier(fields["tier_given"])
    held = state_on(fields, since, day) is ConsentState.HOLDS
    covered = of in (fields.get("covers") or [ConsentField.NAME])
    meant = use in (fields.get("uses") or [ConsentUse.LIST])
    return tier if held and covered and meant else unnamed(tier)


def unnamed(tier: ConsentTier) -> ConsentTier:
    """The same, or less: nobody named."""
    return narrower(tier, ConsentTier.PUBLIC_ANONYMOUS)


def narrower(one: ConsentTier, other: ConsentTier) -> ConsentTier:
    """The more reserved of two."""
    return min(one, other, key=NARROWEST_FIRST.index)
