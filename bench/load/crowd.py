"""Users who read, search and enter, each with pauses as people have them."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from threading import Thread

from bench.load.prepared import Prepared
from bench.load.visitor import Visitor

READS, SEARCHES = 0.6, 0.8
"""Of a hundred deeds sixty read, twenty search, twenty enter."""
SURNAMES = ("Inventada", "Imaginada", "Supuesta", "Fingida", "Figurada")


@dataclass
class Seen:
    """Seconds of every answer by kind, and what went wrong."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, visitor: Visitor) -> None:
        for kind, seconds in visitor.taken:
            self.taken.setdefault(kind, []).append(seconds)
        self.errors += visitor.errors

    def count(self, kind: str) -> int:
        return len(self.taken.get(kind, ()))

    def quantile(self, kind: str, share: float) -> float:
        """In milliseconds; 0 where nothing was asked."""
        found = sorted(self.taken.get(kind, ()))
        return 1000 * found[min(len(found) - 1, int(share * len(found)))] if found else 0.0

    def p95(self, kind: str) -> float:
        return self.quantile(kind, 0.95)


def work(port: int, ready: Prepared, seconds: float, pause: float) -> Seen:
    """All of them at once for so many seconds."""
    visitors = [Visitor(port, ready.cookie, session) for session in ready.sessions]
    end = time.monotonic() + seconds
    threads = [
        Thread(target=_live, args=(visitor, ready, end, pause, random.Random(number)))
        for number, visitor in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen = Seen()
    for visitor in visitors:
        seen.add(visitor)
    return seen


def _live(visitor: Visitor, ready: Prepared, end: float, pause: float, rng: random.Random) -> None:
    time.sleep(rng.uniform(0, pause))
    mine: list[str] = []
    while time.monotonic() < end:
        drawn = rng.random()
        if drawn < READS:
            _read(visitor, mine, rng)
        elif drawn < SEARCHES:
            page = visitor.get("read", "/registro/")
            mine = _codes(
                visitor.post("search", "/registro/", {"text": rng.choice(ready.words)}, page, (200,))
            )
        else:
            _enter(visitor, rng)
        time.sleep(rng.expovariate(1 / pause) if pause else 0)


def _read(visitor: Visitor, mine: list[str], rng: random.Random) -> None:
    """A case of one's last search, the balance, or the list of the cases last worked on."""
    if mine and rng.random() < 0.7:
        visitor.get("read", f"/expediente/{rng.choice(mine)}/")
    elif rng.random() < 0.5:
        visitor.get("read", "/balance/")
    else:
        mine[:] = _codes(visitor.get("read", "/registro/"))


def _enter(visitor: Visitor, rng: random.Random) -> None:
    page = visitor.get("read", "/expediente/nuevo/")
    name = f"Persona {rng.choice(SURNAMES)} {rng.choice(SURNAMES)} {rng.randrange(10**6)}"
    fields = {"name": name, "kind": "arrest", "source_kind": "relative", "when": "08/01/2026"}
    # While the name is typed, and when it is sent, the register is asked whom it may already hold.
    visitor.post("search", "/expediente/nuevo/parecidos/", {"name": name}, page, (200,))
    answered = visitor.post("write", "/expediente/nuevo/", fields, page, (302, 200))
    if 'name="seen"' in answered:
        visitor.post("write", "/expediente/nuevo/", fields | {"seen": "yes"}, answered, (302,))


def _codes(page: str) -> list[str]:
    return [part.partition("/")[0] for part in page.split('href="/expediente/')[1:] if part[4] == "-"]
