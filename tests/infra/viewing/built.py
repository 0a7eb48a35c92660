"""Files made here, from as little as their formats need: honest ones, and ones that are not what they seem.

Everybody and everything in them is invented.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pi_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.infra.texts.built import pdf, pdf_of

GPS = {1: "N", 2: (10.0, 30.0, 15.0), 3: "W", 4: (66.0, 54.0, 0.0)}
PLACE = "10.504167, -66.900000"
AUTHOR = "Zutana Fotografa"
TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>{}</Types>"


def exif() -> Image.Exif:
    """Who, with what, when and where, upright only once turned."""
    found = Image.Exif()
    found[0x013B], found[0x010F], found[0x0110], found[0x0131] = AUTHOR, "Marca", "Modelo 9", "Programa 1"
    found[0x0112] = 6
    found.get_ifd(0x8769).update({0x9003: "2026:01:08 10:00:00", 0xA431: "SERIE-77"})
    found.get_ifd(0x8825).update(GPS)
    return found


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    """A picture without a word of itself."""
    out = BytesIO()
    Image.new(mode, size, 0).save(out, form)
    return out.getvalue()


def photograph(form: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A photograph that tells on its author."""
    out = BytesIO()
    if form == "HEIF":
        pi_heif.register_heif_opener()
    Image.new("RGB", size, "teal").save(out, form, exif=exif())
    return out.getvalue()


def heic_with_gps() -> bytes:
    """A HEIC whose boxes are made by hand around an AV1 or HEVC stream that is none: its metadata are told,
    its picture is damaged. libheif, as it is distributed with pi-heif, does not write."""
    told = exif().tobytes()
    block = struct.pack(">I", 0) + told.removeprefix(b"Exif\0\0")

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + name + content

    def full(name: bytes, content: bytes, version: int = 0) -> bytes:
        return box(name, bytes([version, 0, 0, 0]) + content)

    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(at: int) -> bytes:
        handler = full(b"hdlr", b"\0\0\0\0pict" + bytes(13))
        infos = full(
            b"iinf",
            struct.pack(">H", 2)
            + full(b"infe", struct.pack(">HH4sB", 1, 0, b"hvc1", 0), 2)
            + full(b"infe", struct.pack(">HH4sB", 2, 0, b"Exif", 0), 2),
        )
        places = full(
            b"iloc",
            bytes([0x44, 0])
            + struct.pack(">H", 2)
            + struct.pack(">HHHII", 1, 0, 1, at, 4)
            + struct.pack(">HHHII", 2, 0, 1, at + 4, len(block)),
        )
        links = full(b"iref", box(b"cdsc", struct.pack(">HHH", 2, 1, 1)))
        size = full(b"ispe", struct.pack(">II", 60, 40))
        properties = box(b"iprp", box(b"ipco", size) + full(b"ipma", struct.pack(">IHBB", 1, 1, 1, 1)))
        return full(
            b"meta", handler + full(b"pitm", struct.pack(">H", 1)) + infos + places + links + properties
        )

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", bytes(4) + block)


def png_of(width: int, height: int, more: bytes = b"") -> bytes:
    """A PNG that says it is so large, in a few bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        whole = name + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    line = zlib.compress(bytes(min(width, 1000) + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", line) + chunk(b"IEND", b"")


def png_with_words() -> bytes:
    words = PngInfo()
    words.add_text("Author", AUTHOR)
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=words)
    return out.getvalue()


def archive(**members: bytes | str) -> bytes:
    """A ZIP; "__" in a name is "/"."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def office(more: dict[str, bytes | str] | None = None, types: str = "", core: str = "") -> bytes:
    """A DOCX of the members that it needs, and more."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES.format(types))
        made.writestr("word/document.xml", "<w:document/>")
        if core:
            made.writestr("docProps/core.xml", f"<cp:coreProperties>{core}</cp:coreProperties>")
        for name, content in (more or {}).items():
            made.writestr(name, content)
    return out.getvalue()


def office_with_link() -> bytes:
    out = BytesIO(office())
    with zipfile.ZipFile(out, "a") as made:
        link = zipfile.ZipInfo("word/enlace")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    return out.getvalue()


def pdf_with_words() -> bytes:
    info = b"<< /Author (%s) /Creator (Programa 1) /CreationDate (D:20260108101500) >>" % AUTHOR.encode()
    return pdf_of(["Acta inventada"], trailer=b"/Info 6 0 R", more=[info])


def pdf_with_program() -> bytes:
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 90 90] >>",
        ]
    )


def jpeg_with_manifest(name: str = AUTHOR) -> bytes:
    """A JPEG whose APP11 holds what a C2PA store looks like: boxes, a claim in CBOR, an author in JSON."""
    claim = b"\xa1\x6fclaim_generator\x6bCamara/1.0 "
    work = b'{"@type":"CreativeWork","author":[{"@type":"Person","name":"%s"}]}' % name.encode()
    store = struct.pack(">I", 40) + b"jumb" + struct.pack(">I", 30) + b"jumdc2pa" + bytes(12) + b"c2pa\0"
    whole = b"JP\0\1\0\0\0\1" + store + claim + work
    plain = picture()
    return plain[:2] + b"\xff\xeb" + struct.pack(">H", 2 + len(whole)) + whole + plain[2:]


def video_with_place() -> bytes:
    """An MP4 of a telephone that wrote down where it was."""

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + name + content

    where = b"+10.5042-066.9000+900.0/"
    place = box(b"\xa9xyz", struct.pack(">HH", len(where), 0x15C7) + where)
    return box(b"ftyp", b"mp42\0\0\0\0mp42isom") + box(b"moov", box(b"udta", place)) + box(b"mdat", bytes(64))
