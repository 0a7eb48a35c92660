"""Pictures, by Pillow (and libheif for HEIC): what they say of themselves, and their pixels drawn anew.

A copy holds pixels and nothing else: no Exif, XMP, IPTC, comment, thumbnail, profile or second picture.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any, cast

import pi_heif
from PIL import ExifTags, Image, ImageFile, ImageOps, IptcImagePlugin

from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.files import FileNote, FileTrait
from constancia.infra.viewing.kinds import AVIF, GIF, HEIC, JPEG, PNG, TIFF, WEBP, FileKind
from constancia.infra.viewing.limits import EDGE, PIXELS
from constancia.infra.viewing.within.seen import Seen
from constancia.infra.viewing.within.xmp import read_xmp

_FORMATS = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", WEBP: "WEBP", TIFF: "TIFF", HEIC: "HEIF", AVIF: "AVIF"}
_QUALITY = 90
_TIFF = re.compile(rb"II\*\x00\x08\x00|MM\x00\*\x00\x00\x00\x08")
_LOOSE, _LARGEST_EXIF = 20, 1 << 17
_B = ExifTags.Base
_EXIF = {
    _B.Artist: FileTrait.AUTHOR,
    _B.XPAuthor: FileTrait.AUTHOR,
    _B.Copyright: FileTrait.AUTHOR,
    _B.CameraOwnerName: FileTrait.OWNER,
    _B.Make: FileTrait.DEVICE,
    _B.Model: FileTrait.DEVICE,
    _B.HostComputer: FileTrait.DEVICE,
    _B.LensModel: FileTrait.DEVICE,
    _B.BodySerialNumber: FileTrait.SERIAL,
    _B.CameraSerialNumber: FileTrait.SERIAL,
    _B.LensSerialNumber: FileTrait.SERIAL,
    _B.ImageUniqueID: FileTrait.SERIAL,
    _B.Software: FileTrait.SOFTWARE,
    _B.DateTimeOriginal: FileTrait.TAKEN,
    _B.DateTime: FileTrait.MODIFIED,
    _B.ImageDescription: FileTrait.DESCRIPTION,
    _B.UserComment: FileTrait.DESCRIPTION,
    _B.XPComment: FileTrait.DESCRIPTION,
    _B.XPTitle: FileTrait.TITLE,
}
_WIDE = (_B.XPAuthor, _B.XPComment, _B.XPTitle)
_IPTC = {(2, 80): FileTrait.AUTHOR, (2, 85): FileTrait.AUTHOR, (2, 90): FileTrait.GPS, (2, 92): FileTrait.GPS,
         (2, 120): FileTrait.DESCRIPTION, (2, 110): FileTrait.AUTHOR}  # fmt: skip
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError,
           ZeroDivisionError, OverflowError, RuntimeError, AssertionError, NotImplementedError)  # fmt: skip
"""What decoding a damaged picture may raise."""


def load() -> None:
    """Everything that decoding may want to import later, when no file can be opened any more."""
    pi_heif.register_heif_opener()
    Image.init()
    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("ignore")
    for form in ("JPEG", "PNG"):
        Image.new("RGB", (2, 2)).save(BytesIO(), form)


def look(kind: FileKind, data: bytes) -> Seen:
    """Raises InputRefused `evidence.pixels`."""
    seen = Seen()
    image = _opened(kind, data)
    if image is None:
        seen.notes.add(FileNote.DAMAGED)
        _loose(data, seen)
        return seen
    seen.pages, (seen.width, seen.height) = 1, image.size
    for read in (_told, _packets, _comments):
        try:
            read(image, seen)
        except _BROKEN:
            seen.notes.add(FileNote.UNREAD)
    try:
        _drawn(image)
    except _BROKEN:
        seen.notes.add(FileNote.DAMAGED)
        seen.pages = 0
    return seen


def copy(kind: FileKind, data: bytes) -> bytes:
    """The picture upright, at most EDGE pixels wide or high, as a JPEG of nothing but pixels.

    Raises InputRefused `evidence.pixels`, `evidence.no_copy` (damaged).
    """
    image = _opened(kind, data)
    if image is None:
        raise InputRefused("evidence.no_copy")
    try:
        return encoded(_drawn(image))
    except _BROKEN:
        raise InputRefused("evidence.no_copy") from None


def encoded(image: Image.Image) -> bytes:
    """A JPEG of the pixels of an RGB picture; of what else it carried, nothing."""
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    out = BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()


def _opened(kind: FileKind, data: bytes) -> Image.Image | None:
    """By the one decoder of its kind; None where that does not know it."""
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=[_FORMATS[kind]])
    except Image.DecompressionBombError:
        raise InputRefused("evidence.pixels", millions=PIXELS // 1_000_000) from None
    except _BROKEN:
        return None
    if image.width * image.height > PIXELS:
        raise InputRefused("evidence.pixels", millions=PIXELS // 1_000_000)
    return image


def _drawn(image: Image.Image) -> Image.Image:
    image.draft("RGB", (EDGE, EDGE))
    image.load()
    if image.mode.startswith(("I;", "I", "F")):
        image = image.point(lambda value: value / 256).convert("L")
    image.thumbnail((EDGE, EDGE))
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return image.convert("RGB")


def _told(image: Image.Image, seen: Seen) -> None:
    exif = image.getexif()
    _exif(exif, seen)
    _places(exif, seen)


def _loose(data: bytes, seen: Seen) -> None:
    """Exif out of a picture that no decoder knows: whoever gives it out would give that too."""
    for start in list(_TIFF.finditer(data))[:_LOOSE]:
        exif = Image.Exif()
        try:
            exif.load(b"Exif\0\0" + data[start.start() : start.start() + _LARGEST_EXIF])
            _exif(exif, seen)
            _places(exif, seen)
        except _BROKEN:
            continue


def _exif(exif: Image.Exif, seen: Seen) -> None:
    for tags in (exif, exif.get_ifd(ExifTags.IFD.Exif)):
        for tag, trait in _EXIF.items():
            value = tags.get(tag)
            if isinstance(value, bytes):
                wide = tag in _WIDE
                value = value.decode("utf-16-le" if wide else "utf-8", "replace").removeprefix("ASCII\0\0\0")
            seen.tell(trait, value)


def _places(exif: Image.Exif, seen: Seen) -> None:
    gps: Mapping[int, Any] = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if not gps:
        return
    tag = ExifTags.GPS
    try:
        latitude = _degrees(gps[tag.GPSLatitude], str(gps.get(tag.GPSLatitudeRef, "N")))
        longitude = _degrees(gps[tag.GPSLongitude], str(gps.get(tag.GPSLongitudeRef, "E")))
        seen.tell(FileTrait.GPS, f"{latitude:.6f}, {longitude:.6f}")
    except _BROKEN:
        seen.tell(FileTrait.GPS, "?")
    seen.tell(FileTrait.TAKEN, gps.get(tag.GPSDateStamp))


def _degrees(parts: Any, side: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not abs(value) <= 180:
        raise ValueError
    return -value if side.upper().startswith(("S", "W")) else value


def _packets(image: Image.Image, seen: Seen) -> None:
    read_xmp(image.info.get("xmp") or image.info.get("XML:com.adobe.xmp"), seen)
    for record, value in (IptcImagePlugin.getiptcinfo(cast(ImageFile.ImageFile, image)) or {}).items():
        if record in _IPTC:
            for one in value if isinstance(value, list) else [value]:
                seen.tell(_IPTC[record], one)


def _comments(image: Image.Image, seen: Seen) -> None:
    seen.tell(FileTrait.DESCRIPTION, image.info.get("comment"))
    written = {"Author": FileTrait.AUTHOR, "Software": FileTrait.SOFTWARE, "Creation Time": FileTrait.CREATED}
    for name, value in (getattr(image, "text", None) or {}).items():
        if name != "XML:com.adobe.xmp":
            seen.tell(written.get(name, FileTrait.DESCRIPTION), value)
