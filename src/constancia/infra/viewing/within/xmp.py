"""XMP: the packet of metadata that cameras and programs put into pictures and PDFs, read as text."""

from __future__ import annotations

import html
import re

from constancia.domain.vocabulary.files import FileTrait
from constancia.infra.viewing.within.seen import Seen

_PACKET = 1 << 20
_PROPERTIES = {
    "dc:creator": FileTrait.AUTHOR,
    "dc:title": FileTrait.TITLE,
    "dc:description": FileTrait.DESCRIPTION,
    "photoshop:Credit": FileTrait.AUTHOR,
    "photoshop:AuthorsPosition": FileTrait.AUTHOR,
    "photoshop:City": FileTrait.GPS,
    "Iptc4xmpCore:Location": FileTrait.GPS,
    "exif:GPSLatitude": FileTrait.GPS,
    "exif:GPSLongitude": FileTrait.GPS,
    "aux:OwnerName": FileTrait.OWNER,
    "aux:SerialNumber": FileTrait.SERIAL,
    "exifEX:BodySerialNumber": FileTrait.SERIAL,
    "exifEX:CameraOwnerName": FileTrait.OWNER,
    "xmp:CreatorTool": FileTrait.SOFTWARE,
    "pdf:Producer": FileTrait.SOFTWARE,
    "tiff:Model": FileTrait.DEVICE,
    "tiff:Artist": FileTrait.AUTHOR,
    "xmp:CreateDate": FileTrait.CREATED,
    "xmp:ModifyDate": FileTrait.MODIFIED,
    "xmpMM:DocumentID": FileTrait.SERIAL,
}
_ITEM = re.compile(r"<rdf:li[^>]{0,200}>([^<]{1,500})</rdf:li>")


def read_xmp(packet: bytes | str | None, seen: Seen) -> None:
    """Tell what a packet says. No XML reader: names and values are looked for, nothing is followed."""
    if not packet:
        return
    text = packet if isinstance(packet, str) else packet[:_PACKET].decode("utf-8", "replace")
    text = text[:_PACKET]
    for name, trait in _PROPERTIES.items():
        for found in re.finditer(rf'{name}="([^"<]{{1,500}})"|<{name}>([^<]{{1,500}})</{name}>', text):
            seen.tell(trait, html.unescape(found[1] or found[2]))
        for found in re.finditer(
            rf"<{name}>\s{{0,100}}<rdf:(?:Seq|Alt|Bag)>(.{{1,4000}}?)</{name}>", text, re.DOTALL
        ):
            for item in _ITEM.finditer(found[1]):
                seen.tell(trait, html.unescape(item[1]))
