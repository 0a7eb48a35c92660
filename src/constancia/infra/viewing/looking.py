"""Looking into a file that anybody may have made, and copying it, in a process of its own.

Decoders of pictures and PDFs are written in C and meet what strangers send: that process is given the bytes
and nothing else (no key, no variable of ours, no open file), little memory and little time, cannot open any
file once it is loaded, and is ended when its time is over.
"""

from __future__ import annotations

import json
import subprocess
import threading
from dataclasses import asdict, dataclass
from typing import Any

from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.files import FileNote, FileTrait
from constancia.infra import apart
from constancia.infra.viewing import limits
from constancia.infra.viewing.kinds import KINDS, TEXT, FileKind, Group

_VIEWER = "constancia.infra.viewing.within"
_TURNS = threading.BoundedSemaphore(limits.AT_ONCE)


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file says of itself. `traits` may lead to whoever made it: shown to few, kept sealed.

    `pages`: how many can be looked at (1 of a picture); `width`, `height`: of a picture, in pixels.
    """

    notes: tuple[FileNote, ...] = ()
    traits: tuple[tuple[FileTrait, str], ...] = ()
    pages: int = 0
    width: int = 0
    height: int = 0

    def text(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @staticmethod
    def read(text: str | bytes) -> Examined:
        """Of what `text` gave."""
        return _examined(json.loads(text))


def examine(kind: FileKind, data: bytes) -> Examined:
    """What a file of that kind says of itself; a damaged one is told to be so.

    Raises InputRefused: `evidence.two_kinds`, `evidence.after_end`, `evidence.pixels`, `evidence.bomb`,
    `evidence.archive`, `evidence.macros`, `evidence.too_heavy`, `evidence.too_slow`, `evidence.busy`.
    """
    if kind is TEXT:
        return Examined(pages=1)
    told, _ = _ask("look", kind, data)
    return _examined(told)


def page_picture(media: str, data: bytes, page: int = 1) -> bytes:
    """A picture, or a page of a PDF, drawn anew as a JPEG that holds nothing but pixels.

    Raises InputRefused `evidence.no_copy`, `evidence.page`, and as `examine`.
    """
    return _ask("page", _drawable(media), data, page)[1]


def shareable(media: str, data: bytes) -> tuple[str, bytes]:
    """The media type and bytes of a copy without anything that the file says of itself: a picture as a
    JPEG, a PDF as a PDF of pictures, a text as text. Raises as `page_picture`, and `evidence.pages`."""
    if media == TEXT.media:
        return media, plain_text(data)
    kind = _drawable(media)
    made = _ask("share", kind, data)[1]
    return ("application/pdf" if kind.group is Group.PAGES else "image/jpeg"), made


def plain_text(data: bytes) -> bytes:
    """A text as it is looked at: as it came, which its kind has made sure is UTF-8 without nulls."""
    return data


def _drawable(media: str) -> FileKind:
    kind = KINDS.get(media)
    if kind is None or kind.group not in (Group.PICTURE, Group.PAGES):
        raise InputRefused("evidence.no_copy")
    return kind


def _ask(task: str, kind: FileKind, data: bytes, page: int = 1) -> tuple[dict[str, Any], bytes]:
    # Each may take a processor and a gigabyte for half a minute: few at once, the others wait.
    if not _TURNS.acquire(timeout=limits.PATIENCE):
        raise InputRefused("evidence.busy")
    try:
        done = apart.run(_VIEWER, task, kind.media, str(page), data=data, patience=limits.PATIENCE)
    except subprocess.TimeoutExpired:
        raise InputRefused("evidence.too_slow", seconds=limits.PATIENCE) from None
    finally:
        _TURNS.release()
    line, _, made = done.stdout.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:
        raise InputRefused("evidence.too_slow", seconds=limits.SECONDS) from None
    if "refused" in told:
        raise InputRefused(told["refused"], **told["params"])
    return told, made


def _examined(told: dict[str, Any]) -> Examined:
    return Examined(
        notes=tuple(FileNote(note) for note in told["notes"]),
        traits=tuple((FileTrait(trait), str(value)) for trait, value in told["traits"]),
        pages=int(told["pages"]),
        width=int(told["width"]),
        height=int(told["height"]),
    )
