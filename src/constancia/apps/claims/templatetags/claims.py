"""Tags for claims: who says it, and when it holds, in words."""

from __future__ import annotations

from django import template

from constancia.apps.claims import wording

register = template.Library()

register.filter("claimant", wording.claimant)
register.filter("of_itself", wording.of_itself)
register.filter("said", wording.said_of_itself)


@register.filter
def percent(share: float) -> int:
    """A share in whole hundredths."""
    return round(100 * share)
