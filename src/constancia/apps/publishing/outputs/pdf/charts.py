"""The charts of a document: each one there, readable, and asking for nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from constancia.domain.errors import InputRefused
from constancia.domain.publishing.blocks import Aside, Block, Bullets, Document, Picture, Quote

_SVG = "{http://www.w3.org/2000/svg}svg"
_INSIDE = ("#", "data:")
_FORBIDDEN = ("script", "foreignObject", "iframe")


def pictures_in(blocks: Sequence[Block]) -> Iterator[Picture]:
    """All pictures, in the order of the text."""
    for block in blocks:
        match block:
            case Picture():
                yield block
            case Quote() | Aside():
                yield from pictures_in(block.blocks)
            case Bullets():
                for item in block.items:
                    yield from pictures_in(item)


def checked(document: Document, pictures: Mapping[str, str]) -> dict[str, str]:
    """The SVGs that the document asks for, by chart. Raises InputRefused for one that is lacking or unfit."""
    found = {}
    for picture in pictures_in(document.blocks):
        svg = pictures.get(picture.chart)
        if svg is None:
            raise InputRefused("typeset.picture_missing", chart=picture.chart)
        if not _fit(svg):
            raise InputRefused("typeset.picture_unreadable", chart=picture.chart)
        found[picture.chart] = svg
    return found


def _fit(svg: str) -> bool:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError):
        return False
    if root.tag != _SVG or root.getroottree().docinfo.doctype:
        return False
    for part in root.iter():
        if not isinstance(part.tag, str):
            continue
        if etree.QName(part).localname in _FORBIDDEN:
            return False
        for name, value in part.attrib.items():
            if etree.QName(str(name)).localname == "href" and not str(value).startswith(_INSIDE):
                return False
    return True
