"""What a file is, by what it holds: an allow-list. Its name and declared type are believed in nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from constancia.domain.errors import InputRefused


class Group(StrEnum):
    """What can be done with a kind: a picture and a PDF are drawn anew, a text is shown as it is, the others
    are only kept."""

    PICTURE = "picture"
    PAGES = "pages"
    TEXT = "text"
    OFFICE = "office"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind that is accepted: its media type and the ending under which it is given out."""

    media: str
    ending: str
    group: Group


PDF = FileKind("application/pdf", "pdf", Group.PAGES)
TEXT = FileKind("text/plain", "txt", Group.TEXT)
JPEG = FileKind("image/jpeg", "jpg", Group.PICTURE)
PNG = FileKind("image/png", "png", Group.PICTURE)
GIF = FileKind("image/gif", "gif", Group.PICTURE)
WEBP = FileKind("image/webp", "webp", Group.PICTURE)
TIFF = FileKind("image/tiff", "tif", Group.PICTURE)
HEIC = FileKind("image/heic", "heic", Group.PICTURE)
AVIF = FileKind("image/avif", "avif", Group.PICTURE)
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = FileKind(f"{_OOXML}wordprocessingml.document", "docx", Group.OFFICE)
XLSX = FileKind(f"{_OOXML}spreadsheetml.sheet", "xlsx", Group.OFFICE)
ODT = FileKind("application/vnd.oasis.opendocument.text", "odt", Group.OFFICE)
ODS = FileKind("application/vnd.oasis.opendocument.spreadsheet", "ods", Group.OFFICE)
MP4 = FileKind("video/mp4", "mp4", Group.RECORDING)
MOV = FileKind("video/quicktime", "mov", Group.RECORDING)
M4A = FileKind("audio/mp4", "m4a", Group.RECORDING)
THREE_GP = FileKind("video/3gpp", "3gp", Group.RECORDING)
MP3 = FileKind("audio/mpeg", "mp3", Group.RECORDING)
OGG = FileKind("audio/ogg", "ogg", Group.RECORDING)

KINDS = {
    kind.media: kind
    for kind in (
        PDF, TEXT, JPEG, PNG, GIF, WEBP, TIFF, HEIC, AVIF, DOCX, XLSX, ODT, ODS, MP4, MOV, M4A, THREE_GP,
        MP3, OGG,
    )
}  # fmt: skip
"""Media type → kind."""

_STARTS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"OggS", OGG),
    (b"ID3", MP3),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"avif", b"avis"), AVIF),
    **dict.fromkeys((b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1",
                     b"MSNV", b"dash", b"M4V "), MP4),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
    b"qt  ": MOV,
}  # fmt: skip
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php|math)[\s>/]|^\s*#!", re.IGNORECASE
)
_LOOKED_AT = 4096


def kind_of(data: bytes) -> FileKind:
    """The kind of a whole file. Raises InputRefused `evidence.empty`, `evidence.kind` (none that is
    accepted), `evidence.two_kinds` (it also begins like a web page or a program)."""
    if not data:
        raise InputRefused("evidence.empty")
    kind = _binary(data)
    start = data[:_LOOKED_AT]
    if kind is None:
        return _text(data, start)
    if _MARKUP.search(start) and kind not in (DOCX, XLSX, ODT, ODS):
        _refuse_page_in(kind, start)
    return kind


def _binary(data: bytes) -> FileKind | None:
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return THREE_GP if brand.startswith((b"3gp", b"3g2")) else _BRANDS.get(brand)
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if len(data) > 3 and data[0] == 0xFF and data[1] in (0xFB, 0xF3, 0xF2, 0xFA):
        return MP3
    return None


def _office(data: bytes) -> FileKind | None:
    """By the names of members as the archive's own directory has them; what it holds is checked apart."""
    tail = data[-(1 << 20) :]
    if b"[Content_Types].xml" in data:
        if b"word/document.xml" in tail:
            return DOCX
        if b"xl/workbook.xml" in tail:
            return XLSX
        return None
    declared = data[30:120]
    if declared.startswith(b"mimetype"):
        for kind in (ODT, ODS):
            if declared.startswith(b"mimetype" + kind.media.encode() + b"PK"):
                return kind
    return None


def _text(data: bytes, start: bytes) -> FileKind:
    """UTF-8 without nulls, and no page, picture of markup, script or program."""
    if b"\x00" in data or not start.strip() or _MARKUP.search(start) or start.startswith((b"MZ", b"{\\rtf")):
        raise InputRefused("evidence.kind")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise InputRefused("evidence.kind") from None
    return TEXT


def _refuse_page_in(kind: FileKind, start: bytes) -> None:
    """XMP may begin with `<?xml`; whatever else of markup stands at the start of a picture is a page."""
    found = _MARKUP.sub(lambda tag: b"" if tag[0].lower().startswith(b"<?xml") else tag[0], start)
    if _MARKUP.search(found):
        raise InputRefused("evidence.two_kinds", kind=kind.ending.upper(), other="HTML")
