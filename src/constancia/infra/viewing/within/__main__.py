"""`python -m constancia.infra.viewing.within TASK MEDIA PAGE`: a file on stdin, JSON and bytes on stdout.

TASK is "look" (what it is and says of itself), "page" (a page or picture as a JPEG) or "share" (a copy of all
of it). The line is {"refused": code, "params": {…}} or the fields of `Examined`; a picture follows it.
"""

from __future__ import annotations

import codecs
import json
import logging
import sys
from typing import Any

from constancia.domain.errors import ConstanciaError, InputRefused
from constancia.domain.vocabulary.files import FileNote
from constancia.infra.confined import confine, leave_the_files
from constancia.infra.texts.tidy import field
from constancia.infra.viewing import limits
from constancia.infra.viewing.kinds import KINDS, FileKind, Group
from constancia.infra.viewing.within import office, pages, picture, recording
from constancia.infra.viewing.within.ends import check_end
from constancia.infra.viewing.within.provenance import provenance
from constancia.infra.viewing.within.seen import Seen

_CODECS = ("ascii", "latin-1", "cp437", "cp1252", "mac-roman", "utf-8-sig", "utf-16-le", "utf-16-be")
"""Which names and texts inside files may be written in: loaded before no file can be opened any more."""


def main(task: str, media: str, page: str) -> int:
    logging.disable(logging.CRITICAL)  # libraries put pieces of what they read into their warnings
    data = sys.stdin.buffer.read()
    picture.load()
    for name in _CODECS:
        codecs.lookup(name)
    confine(limits.SECONDS, limits.MEMORY)
    leave_the_files()
    told: dict[str, Any] = {}
    made = b""
    try:
        if task == "look":
            told = _told(_look(KINDS[media], data))
        else:
            made = _copy(task, KINDS[media], data, int(page))
    except MemoryError:
        told = {"refused": "evidence.too_heavy", "params": {"megabytes": limits.MEMORY // 1_000_000}}
    except ConstanciaError as refused:
        told = {"refused": refused.code, "params": refused.params}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)
    sys.stdout.buffer.flush()
    return 0


def _look(kind: FileKind, data: bytes) -> Seen:
    followed = check_end(kind, data)
    if kind.group is Group.PICTURE:
        seen = picture.look(kind, data)
    elif kind.group is Group.PAGES:
        seen = pages.look(data)
    elif kind.group is Group.OFFICE:
        seen = office.look(data)
    else:
        seen = recording.look(kind, data)
    if followed:
        seen.notes.add(FileNote.PHONE_TRAILER)
    seen.traits += provenance(data)
    return seen


def _copy(task: str, kind: FileKind, data: bytes, page: int) -> bytes:
    if kind.group is Group.PAGES:
        return pages.shared(data) if task == "share" else pages.copy(data, page)
    if kind.group is Group.PICTURE:
        return picture.copy(kind, data)
    raise InputRefused("evidence.no_copy")


def _told(seen: Seen) -> dict[str, Any]:
    traits = [[trait.value, field(value)] for trait, value in seen.traits]
    kept = [list(one) for one in dict.fromkeys(map(tuple, traits)) if one[1]]
    return {
        "notes": sorted(seen.notes),
        "traits": kept[: limits.TRAITS],
        "pages": seen.pages,
        "width": seen.width,
        "height": seen.height,
    }


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
