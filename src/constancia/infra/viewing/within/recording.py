"""Sound and video: kept as they came. What they say of themselves by tinytag, and where a telephone was."""

from __future__ import annotations

import re
from io import BytesIO

import tinytag

from constancia.domain.vocabulary.files import FileNote, FileTrait
from constancia.infra.viewing.kinds import M4A, MOV, MP4, THREE_GP, FileKind
from constancia.infra.viewing.within.seen import Seen

_PLACE = re.compile(rb"[+-]\d{2,4}(?:\.\d{1,10})?[+-]\d{3,5}(?:\.\d{1,10})?(?:[+-]\d{1,6}(?:\.\d{1,6})?)?/")
"""ISO 6709, as iPhones and Android telephones write it into their videos."""
_MAKERS = (
    b"com.apple.quicktime.make",
    b"com.apple.quicktime.model",
    b"com.apple.quicktime.software",
    b"com.android.version",
    b"com.android.manufacturer",
    b"com.android.model",
)
_NAMES = {"artist": FileTrait.AUTHOR, "albumartist": FileTrait.AUTHOR, "composer": FileTrait.AUTHOR,
          "title": FileTrait.TITLE, "comment": FileTrait.DESCRIPTION, "year": FileTrait.CREATED}  # fmt: skip
_OTHERS = {
    "encoded_by": FileTrait.SOFTWARE,
    "encoder_settings": FileTrait.SOFTWARE,
    "encoder": FileTrait.SOFTWARE,
    "copyright": FileTrait.AUTHOR,
    "publisher": FileTrait.ORGANISATION,
}


def look(kind: FileKind, data: bytes) -> Seen:
    """A recording as damaged as may be is seen without an error."""
    seen = Seen()
    try:
        tag = tinytag.TinyTag.get(file_obj=BytesIO(data), filename=f"x.{kind.ending}", duration=False)
        for name, trait in _NAMES.items():
            seen.tell(trait, getattr(tag, name, None))
        for name, trait in _OTHERS.items():
            for value in tag.other.get(name, ()):
                seen.tell(trait, value)
    except MemoryError:
        raise
    except Exception:  # a damaged recording raises whatever it likes in tinytag
        seen.notes.add(FileNote.UNREAD)
    if kind in (MP4, MOV, M4A, THREE_GP):
        _telephone(data, seen)
    return seen


def _telephone(data: bytes, seen: Seen) -> None:
    """Places stand in the boxes ©xyz, loci and mdta, and are looked for beside those alone: in the sound and
    the pictures something may look like one by chance."""
    for box in (b"\xa9xyz", b"com.apple.quicktime.location.ISO6709"):
        at = data.find(box)
        while at >= 0:
            # iPhones list the names first and the values in a box further on.
            for found in _PLACE.finditer(data, at, at + 4096):
                seen.tell(FileTrait.GPS, found[0])
            at = data.find(box, at + 1)
    if b"loci" in data and not any(trait is FileTrait.GPS for trait, _ in seen.traits):
        seen.tell(FileTrait.GPS, "?")
    for maker in _MAKERS:
        if maker in data:
            seen.tell(FileTrait.DEVICE, maker)
