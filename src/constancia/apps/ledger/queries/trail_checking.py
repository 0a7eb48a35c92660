"""Whether the trail is the one whose days the ledger holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from constancia.apps.ledger.services.trailing import digests
from constancia.infra import trail


@dataclass(slots=True)
class TrailChecked:
    """What was looked at, and how often each fault was found.

    Faults: "trail_altered" (an event does not follow from those before it), "trail_shortened" (the ledger
    knows of events that are not there), "trail_replaced" (an event is another than the one whose digest was
    entered). `first`: the number of the first event that is wrong, 0 for none. `open`: events since the last
    digest, which only the chain vouches for.
    """

    events: int = 0
    days: int = 0
    open: int = 0
    first: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def holds(self) -> bool:
        return not self.faults


def check_trail(*, whole: bool = True) -> TrailChecked:
    """Compares the trail with the digests; `whole`: after going through the chain, event by event."""
    found = TrailChecked(events=trail.last()[0])
    broken = list(trail.broken()) if whole else []
    if broken:
        found.faults["trail_altered"] = len(broken)
        found.first = broken[0]
    through = 0
    for said in digests():
        found.days += 1
        through = int(str(said["through"]))
        event = trail.event(through)
        if event is None:
            found.faults["trail_shortened"] += 1
        elif event.link.hex() != said["last"]:
            found.faults["trail_replaced"] += 1
        else:
            continue
        found.first = min(found.first or through, through)
    found.open = max(0, found.events - through)
    return found
