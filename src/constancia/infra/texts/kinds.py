"""What a document is, by what it holds. Its name only tells a page from a text that quotes markup."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from constancia.domain.errors import TextRefused
from constancia.infra.archive import BROKEN
from constancia.infra.texts.extracted import DOCX, HTML, PDF, TXT

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"SQLite format",
    b"\x7fELF",
    b"%!PS",
    b"ID3",
    b"OggS",
)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"<[a-z][a-z0-9]*[\s/>]", re.IGNORECASE)
_FOREIGN = re.compile(rb"\s*<(?:\?xml|svg|rss|feed|!doctype)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 8192


def kind_of(data: bytes, *, name: str = "", media: str = "") -> str:
    """TXT, HTML, PDF or DOCX.

    Raises TextRefused `texts.empty`, `texts.kind_old` (of another word processor), `texts.encrypted`,
    `texts.kind_unknown`, `texts.broken`.
    """
    start = data[:_LOOKED_AT]
    if not start.strip(b"\x00 \t\r\n"):
        raise TextRefused("texts.empty")
    if start.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data[: 1 << 20]
        raise TextRefused("texts.encrypted" if encrypted else "texts.kind_old")
    if start.lstrip().startswith(b"{\\rtf"):
        raise TextRefused("texts.kind_old")
    if b"%PDF-" in start[:1024]:
        return PDF
    if start.startswith(_ZIP):
        return _archive(data)
    if start.startswith(_WIDE):
        start = start.replace(b"\x00", b"")[2:]
    if start.startswith(_OTHERS) and (b"\x00" in start or not start.isascii()):
        raise TextRefused("texts.kind_unknown")
    called_page = media.startswith(("text/html", "application/xhtml")) or name.lower().endswith(
        (".html", ".htm", ".xhtml")
    )
    if _PAGE.search(start) or (called_page and _TAG.search(start)):
        return HTML
    if _FOREIGN.match(start.removeprefix(b"\xef\xbb\xbf")):
        raise TextRefused("texts.kind_unknown")
    return TXT


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return DOCX
            if "mimetype" in names and "content.xml" in names:
                declared = archive.getinfo("mimetype")
                if declared.file_size < 200 and b"opendocument.text" in archive.read(declared):
                    raise TextRefused("texts.kind_old")
    except (*BROKEN, KeyError):
        raise TextRefused("texts.broken") from None
    raise TextRefused("texts.kind_unknown")
