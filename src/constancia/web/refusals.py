"""Whoever is refused something leaves a mark in the trail; the answer they get does not change.

Only refusals by a view of ours to somebody signed in, and forged forms: what a scanner asks of addresses that
do not exist would bury what matters.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from constancia.apps.accounts.models import User
from constancia.apps.register import noting
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import clock, trail, unlocked

FORGED = "forged"
MOST_FORGED = 60
"""Refused forms of nobody signed in that are noted in an hour; anybody can send them."""


def note(request: HttpRequest, code: str) -> None:
    """A view answered that it is not there, for reason `code` of the catalogue or "permission"."""
    user, match = getattr(request, "user", None), request.resolver_match
    if isinstance(user, User) and match is not None:
        noting.refused(user, match.view_name, match.kwargs, code)


def note_forged(request: HttpRequest) -> None:
    """A form without its mark of this site: forged, or left open too long."""
    if not unlocked.is_unlocked():
        return
    user = getattr(request, "user", None)
    actor = user.pk if isinstance(user, User) else None
    if actor is None:
        since = trail.micros(clock.now() - timedelta(hours=1))
        nobodys = "actor IS NULL AND deed = ? AND at > ?"
        if len(trail.events(nobodys, (Deed.REFUSED.value, since), limit=MOST_FORGED)) >= MOST_FORGED:
            return
    trail.note(actor, Deed.REFUSED, "page", outcome=Outcome.REFUSED, said={"code": FORGED})
