"""PDF: what it says of itself by pypdf; its pages as pictures by PDFium, without its programs."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pypdf
import pypdf._codecs._codecs
import pypdf._encryption
import pypdf.filters
import pypdf.generic
import pypdf.xmp
import pypdfium2
from PIL import Image

from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.files import FileNote, FileTrait
from constancia.infra.viewing.limits import EDGE, PAGES, SHARED_PAGES
from constancia.infra.viewing.within.picture import encoded
from constancia.infra.viewing.within.seen import Seen
from constancia.infra.viewing.within.xmp import read_xmp

_INFO = {
    "/Author": FileTrait.AUTHOR,
    "/Title": FileTrait.TITLE,
    "/Subject": FileTrait.DESCRIPTION,
    "/Keywords": FileTrait.DESCRIPTION,
    "/Creator": FileTrait.SOFTWARE,
    "/Producer": FileTrait.SOFTWARE,
    "/Company": FileTrait.ORGANISATION,
    "/CreationDate": FileTrait.CREATED,
    "/ModDate": FileTrait.MODIFIED,
}
_ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/RichMedia", b"/XFA")
_DRAWN_AT_MOST = 4.0
"""Times that a small page is enlarged."""


def look(data: bytes) -> Seen:
    """A PDF as damaged as may be is seen without an error."""
    seen = Seen()
    try:
        _read(data, seen)
    except (MemoryError, InputRefused):
        raise
    except Exception:  # a damaged PDF raises whatever it likes in pypdf
        seen.notes.add(FileNote.UNREAD)
    if any(word in data for word in _ACTIVE):
        seen.notes.add(FileNote.ACTIVE)
    if b"/EmbeddedFile" in data:
        seen.notes.add(FileNote.ATTACHED)
    if FileNote.LOCKED not in seen.notes:
        try:
            with pypdfium2.PdfDocument(data) as document:
                seen.pages = len(document)
        except pypdfium2.PdfiumError:
            seen.notes.add(FileNote.DAMAGED)
    return seen


def copy(data: bytes, number: int) -> bytes:
    """Page `number`, counted from 1, as a JPEG. Raises InputRefused `evidence.no_copy`, `evidence.page`."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            if not 1 <= number <= min(len(document), PAGES):
                raise InputRefused("evidence.page", pages=min(len(document), PAGES))
            return encoded(_drawn(document[number - 1]))
    except pypdfium2.PdfiumError:
        raise InputRefused("evidence.no_copy") from None


def shared(data: bytes) -> bytes:
    """A PDF of pictures of all pages, and nothing else of the file. Raises InputRefused `evidence.no_copy`,
    `evidence.pages`."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            if not 1 <= len(document) <= SHARED_PAGES:
                raise InputRefused("evidence.pages", pages=len(document), limit=SHARED_PAGES)
            pictures = [encoded(_drawn(page)) for page in document]
    except pypdfium2.PdfiumError:
        raise InputRefused("evidence.no_copy") from None
    return joined(pictures)


def joined(pictures: list[bytes]) -> bytes:
    """JPEGs as the pages of a PDF that says neither when nor with what it was made."""
    writer = pypdf.PdfWriter()
    writer.metadata = None
    for picture in pictures:
        with Image.open(BytesIO(picture), formats=["JPEG"]) as image:
            width, height = image.size
        name = pypdf.generic.NameObject
        number = pypdf.generic.NumberObject
        drawn = pypdf.generic.StreamObject()
        drawn._data = picture
        drawn.update({
            name("/Type"): name("/XObject"), name("/Subtype"): name("/Image"),
            name("/Width"): number(width), name("/Height"): number(height),
            name("/ColorSpace"): name("/DeviceRGB"), name("/BitsPerComponent"): number(8),
            name("/Filter"): name("/DCTDecode"),
        })  # fmt: skip
        place = writer._add_object(drawn)
        points = (width * 842 // EDGE, height * 842 // EDGE)
        page = writer.add_blank_page(*map(float, points))
        held = pypdf.generic.DictionaryObject({name("/P"): place})
        page[name("/Resources")] = pypdf.generic.DictionaryObject({name("/XObject"): held})
        content = pypdf.generic.StreamObject()
        content._data = b"%d 0 0 %d 0 0 cm /P Do" % points
        page[name("/Contents")] = writer._add_object(content)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(page: Any) -> Image.Image:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise InputRefused("evidence.no_copy")
    scale = min(EDGE / max(width, height), _DRAWN_AT_MOST)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    return picture


def _read(data: bytes, seen: Seen) -> None:
    reader = pypdf.PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        seen.notes.add(FileNote.LOCKED)
        return
    said: Mapping[str, Any] = reader.metadata or {}
    for name, trait in _INFO.items():
        if name in said:
            seen.tell(trait, said[name])
    root = reader.root_object
    if "/Metadata" in root:
        packet: Any = root["/Metadata"]
        read_xmp(packet.get_data(), seen)
    names: Any = root.get("/Names", {})
    if "/JavaScript" in names or "/OpenAction" in root or "/AA" in root:
        seen.notes.add(FileNote.ACTIVE)
    if "/EmbeddedFiles" in names:
        seen.notes.add(FileNote.ATTACHED)
