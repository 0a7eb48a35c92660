"""The snapshot of this process: made when first needed, fresh whenever it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

from constancia.apps.figures.snapshot import Snapshot
from constancia.apps.figures.stored import StoredStates
from constancia.apps.register import erased
from constancia.infra.barrier import whole

_making = threading.Lock()
_snapshots: dict[str, Snapshot] = {}
_without: dict[str, int] = {}
"""So many people were erased when the snapshot was made."""
_also: list[Callable[[], None]] = []


# Whole: every figure of the process is counted on it.
@whole
def snapshot() -> Snapshot:
    """The state versions of the default database as they are now.

    Not to be called inside a transaction that may yet be rolled back: the snapshot would keep what the
    register then never had.
    """
    name = str(connection.settings_dict["NAME"])
    gone = erased.count()
    with _making:
        if _without.get(name, gone) != gone:
            # Its texts may be words of who was erased since. Whoever is still counting with it goes on.
            _snapshots.pop(name, None)
            for let_go in _also:
                let_go()
        if name not in _snapshots:
            forget()
            _without[name] = gone
            _snapshots[name] = Snapshot(StoredStates())
        found = _snapshots[name]
    return found.refresh()


def warm() -> None:
    """Loads the snapshot ahead of the first figure, in a thread of its own, so that nobody waits for it."""
    threading.Thread(target=_load_and_hang_up, name="figures-warm", daemon=True).start()


def _load_and_hang_up() -> None:
    try:
        snapshot()
    finally:
        connection.close()


def forget() -> None:
    """Lets the snapshot go; the next figure loads everything anew. For tests and after a rebuild."""
    while _snapshots:
        _snapshots.popitem()[1].close()
    for let_go in _also:
        let_go()


def also_forgetting(let_go: Callable[[], None]) -> Callable[[], None]:
    """From now on `forget` lets that go too."""
    _also.append(let_go)
    return let_go
