"""What is known on this machine of its last backup, for pages and checks that cannot ask the store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from constancia.infra.files import write_whole
from constancia.infra.home import Home


@dataclass(frozen=True, slots=True)
class State:
    """`made`: when the last backup was made; `digest`: of its manifest; `checked`: when a check last ran and
    `check`: "good", or the code of what was wrong; `failed`, `failure`: the last attempt that came to nothing
    after the last backup. Instants in UTC."""

    made: datetime | None = None
    name: str = ""
    digest: str = ""
    log_key: str = ""
    recipients: int = 0
    keys_until: datetime | None = None
    checked: datetime | None = None
    check: str = ""
    failed: datetime | None = None
    failure: str = ""


_INSTANTS = ("made", "keys_until", "checked", "failed")


def read(home: Home) -> State:
    """The state; an empty one where nothing is known, or the file cannot be read."""
    try:
        found = json.loads(home.backups_file.read_bytes())
        told: dict[str, Any] = {name: found[name] for name in State.__dataclass_fields__ if name in found}
        for name in _INSTANTS:
            if told.get(name) is not None:
                told[name] = datetime.fromisoformat(told[name])
        return State(**told)
    except (OSError, ValueError, TypeError):
        return State()


def note(home: Home, **changes: Any) -> State:
    """Keep what changed."""
    state = replace(read(home), **changes)
    told = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(state).items()
    }
    write_whole(home.backups_file, json.dumps(told, indent=1).encode())
    return state
