"""People planted in a register so that whatever speaks of them is found: the one scanner for names.

Distinctive and invented: no word of the program holds them. Whoever scans first shows that the scanner finds
them where they may be (the control).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote_plus

NAME = "Ramón Plantado Peña"
DOCUMENT = "V-11.111.111"
NARRATIVE = "Lo sacaron de casa descalzo, con un quitrín amarillo en la puerta."
CONTACT = "Zenobia Plantada"
REACH = "0999-7654321"
SAFETY = "No llamar de noche: el vecino es zarrapastroso y escucha."
SOURCE = "Tía Plantadita de la esquina"

PLANTED = (
    "Plantad",
    "11.111.111",
    "11111111",
    "99.999.123",
    "99999123",
    "quitrín",
    "7654321",
    "zarrapastroso",
)
"""What no log line, message, address, mail or bundle may hold of them."""


def said_in(text: str) -> list[str]:
    """The markers in `text`, also where it is written as an address writes it."""
    told = f"{text} {unquote_plus(text)}".casefold()
    return [planted for planted in PLANTED if planted.casefold() in told]


def found_in(folder: Path) -> dict[str, list[str]]:
    """File below `folder` → the markers in its bytes, of those files that hold any. Paths count as text."""
    found = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        told = said_in(str(file.relative_to(folder))) + said_in_bytes(file.read_bytes())
        if told:
            found[str(file.relative_to(folder))] = told
    return found


def said_in_bytes(content: bytes) -> list[str]:
    """The markers in bytes of any kind."""
    return said_in(content.decode("utf-8", errors="replace"))


def said_in_all(texts: Iterable[str]) -> list[str]:
    return [marker for text in texts for marker in said_in(text)]
