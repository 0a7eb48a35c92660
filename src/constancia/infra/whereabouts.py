"""Where a register seals from: one machine and one folder, noted at its first seal (`lugar.json`).

A copy of the folder, on a test machine or in a drawer, has the keys that sign. Sealing from both would fork
the log. So a register that is not where it last sealed seals no more until somebody says which of them goes
on. This guards against mistakes, not against somebody who wants it: whoever may write in the folder can
change the note, and a clone of a whole virtual machine looks the same.

The note holds salted hashes, no names: machine (`/etc/machine-id`, where there is one) and absolute folder;
and the folder's inode, which is looked at where the machine says nothing, as in containers, in which every
machine may be called the same and every register lies in the same place.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from constancia.domain.errors import StoreRefused
from constancia.infra.files import write_whole
from constancia.infra.home import Home

MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
CONTAINERS = (Path("/.dockerenv"), Path("/run/.containerenv"))

Differs = Literal["machine", "folder", "copy", "unreadable"]
"""Another machine; another folder of it; the same names and another folder all the same; a note that is none.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """`salt`: 32 hex digits; `machine`, `folder`: SHA-256 in hex, `machine` "" where it is not known;
    `inode`: of the folder."""

    salt: str
    machine: str
    folder: str
    inode: int


def differs(home: Home) -> Differs | None:
    """How this is not the place where the register sealed last; None where it is, or it never sealed. A
    demonstration may be anywhere."""
    if home.settings.demonstration:
        return None
    try:
        noted = Place(**json.loads(home.place_file.read_bytes()))
        here = _here(home, str(noted.salt))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, RecursionError):
        return "unreadable"
    if noted.machine and here.machine and noted.machine != here.machine:
        return "machine"
    if noted.folder != here.folder:
        return "folder"
    known = noted.machine and here.machine and not _in_a_container()
    return None if known or noted.inode == here.inode else "copy"


def refuse_elsewhere(home: Home) -> None:
    """Raises StoreRefused `ledger.elsewhere`."""
    found = differs(home)
    if found is not None:
        raise StoreRefused("ledger.elsewhere", what=found)


def note(home: Home) -> None:
    """From now on this is the place."""
    if not home.settings.demonstration:
        place = _here(home, secrets.token_hex(16))
        write_whole(home.place_file, json.dumps(asdict(place), indent=1).encode())


def note_first(home: Home) -> None:
    """The same, where none was noted yet."""
    if not home.place_file.exists():
        note(home)


def _here(home: Home, salt: str) -> Place:
    folder = home.path.resolve()
    machine = _machine()
    return Place(salt, _hashed(salt, machine) if machine else "", _hashed(salt, str(folder)), _inode(folder))


def _hashed(salt: str, text: str) -> str:
    return hashlib.sha256(
        f"constancia/place/1\n{salt}\n{text}".encode("utf-8", "surrogateescape")
    ).hexdigest()


def _machine() -> str:
    """The machine's own number; empty where it has none, or only says that it will."""
    for path in MACHINE:
        try:
            found = path.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if found and found != "uninitialized":
            return found
    return ""


def _in_a_container() -> bool:
    return any(path.exists() for path in CONTAINERS)


def _inode(folder: Path) -> int:
    return folder.stat().st_ino
