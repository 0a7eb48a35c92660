"""How a register stands open: normal, read-only, or closed until a person unlocks it again.

Kept in the home (`modo.json`), so that it survives a restart of the program and of the machine. It is a rule
of the house and no encryption: whoever may write in the folder can change it. What keeps a closed register
shut is that its key is in no process any more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.infra import clock
from constancia.infra.files import write_whole
from constancia.infra.home import Home

LONGEST_REASON = 300


class Mode(StrEnum):
    NORMAL = "normal"
    READ_ONLY = "read-only"
    CLOSED = "locked"


@dataclass(frozen=True, slots=True)
class State:
    """`since`: in UTC, None where nobody ever changed it; `reason`: the words of whoever did; `before`: the
    mode that a closed register goes back to."""

    mode: Mode = Mode.NORMAL
    since: datetime | None = None
    reason: str = ""
    before: Mode = Mode.NORMAL

    @property
    def lasting(self) -> Mode:
        """The mode that holds once it is unlocked."""
        return self.before if self.mode is Mode.CLOSED else self.mode


def state(home: Home) -> State:
    """A file that cannot be believed means read-only: what is not known to be allowed is not done."""
    try:
        found = json.loads(home.mode_file.read_bytes())
        return State(
            Mode(found["mode"]),
            datetime.fromisoformat(found["since"]),
            str(found["reason"]),
            Mode(found["before"]),
        )
    except FileNotFoundError:
        return State()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return State(Mode.READ_ONLY, None, "")


def change(home: Home, mode: Mode, reason: str = "") -> State:
    """Puts the register into `mode`. Raises InputRefused `mode.reason` where read-only has none, or one that
    is too long or no line of text."""
    reason = " ".join(reason.split())
    if (mode is Mode.READ_ONLY and not reason) or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise InputRefused("mode.reason", most=LONGEST_REASON)
    before = state(home)
    if mode is Mode.CLOSED:
        made = State(mode, clock.now(), before.reason, before.lasting)
    else:
        made = State(mode, clock.now(), reason if mode is Mode.READ_ONLY else "", Mode.NORMAL)
    _keep(home, made)
    return made


def reopen(home: Home) -> State:
    """After a person has unlocked it: back to the mode from before it was closed."""
    found = state(home)
    if found.mode is not Mode.CLOSED:
        return found
    made = replace(found, mode=found.before, before=Mode.NORMAL, since=clock.now())
    _keep(home, made)
    return made


def refuse_if_closed(home: Home) -> None:
    """Raises StoreRefused `store.closed`: neither environment nor key file opens what somebody has closed."""
    found = state(home)
    if found.mode is Mode.CLOSED:
        raise StoreRefused("store.closed", since=_day(found))


def refuse_to_write(home: Home) -> None:
    """Raises StoreRefused `store.closed`, for who had the key when somebody closed it and still runs, and
    `store.read_only_mode`."""
    found = state(home)
    if found.mode is Mode.CLOSED:
        raise StoreRefused("store.closed", since=_day(found))
    if found.mode is Mode.READ_ONLY:
        raise StoreRefused("store.read_only_mode", since=_day(found))


def _keep(home: Home, made: State) -> None:
    said = {
        "mode": made.mode.value,
        "since": made.since.isoformat() if made.since else "",
        "reason": made.reason,
        "before": made.before.value,
    }
    write_whole(home.mode_file, json.dumps(said, ensure_ascii=False, indent=1).encode())


def _day(found: State) -> str:
    return found.since.date().isoformat() if found.since else "?"
