"""The register seals from here from now on, and from nowhere else: what somebody says who has moved it."""

from __future__ import annotations

from contextlib import suppress

from constancia.apps.ledger.services.appending import append_notice
from constancia.apps.ledger.services.cosigning import heed_witnesses
from constancia.domain.errors import StoreRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import clock, trail, unlocked, whereabouts
from constancia.infra.writer import writing

BEHIND = ("ledger.restored", "ledger.restored_unconfirmed")


def moved() -> whereabouts.Differs | None:
    """Seal from here from now on; how it was not the place before, None where it is and nothing is done.

    Noted in the trail, and in the log as a notice of kind "keys": which copy goes on signing. Witnesses are
    asked first: where one has seen more than this copy holds, the other went on, and this one is read only
    until it is recovered. Raises as `heed_witnesses`, but for a copy that is only behind.
    """
    home = unlocked.home()
    found = whereabouts.differs(home)
    if found is None:
        return None
    try:
        heed_witnesses()
    except StoreRefused as refused:
        if refused.code not in BEHIND:
            raise
    event = trail.note(None, Deed.KEY_CHANGED, said={"what": "moved", "how": found})
    with suppress(StoreRefused), writing():
        # The event's number keeps two moves of one week apart: the log takes each entry once.
        append_notice("keys", {"what": "moved", "event": event}, clock.now())
    whereabouts.note(home)
    return found
