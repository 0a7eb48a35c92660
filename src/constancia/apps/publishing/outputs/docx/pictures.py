"""A chart in a document: PNG for every reader, SVG beside it for those that draw it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import count

from docx.document import Document as WordDocument
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Twips

from constancia.apps.publishing.outputs.characters import printable
from constancia.apps.publishing.outputs.docx.elements import Element, element
from constancia.domain.errors import IntegrityBroken
from constancia.domain.publishing.blocks import Picture

_TALLEST = 11_000
"""Twips: a picture stays on one page with its title."""
_UNREADABLE = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    ValueError,
    KeyError,
    ZeroDivisionError,
)


class Pictures:
    """Puts charts into the document. `drawings`: the same charts as SVG, where they are to be had."""

    def __init__(
        self, word: WordDocument, pictures: Mapping[str, bytes], drawings: Mapping[str, str] | None
    ) -> None:
        self._word = word
        self._pictures = pictures
        self._drawings = drawings or {}
        self._drawn: dict[str, str] = {}
        self._numbers = count(1)

    def inline(self, picture: Picture, width: int) -> Element:
        """The run that shows it, at most `width` twips wide.

        Raises IntegrityBroken `publishing.picture_missing` or `publishing.picture_broken`.
        """
        chart = picture.chart
        if chart not in self._pictures:
            raise IntegrityBroken("publishing.picture_missing", chart=chart)
        part = self._word.part
        try:
            _, image = part.get_or_add_image(BytesIO(self._pictures[chart]))
            ratio = image.px_height / image.px_width
            wide = min(width, int(_TALLEST / ratio))
            shape = part.new_pic_inline(BytesIO(self._pictures[chart]), Twips(wide), Twips(int(wide * ratio)))
        except _UNREADABLE:
            raise IntegrityBroken("publishing.picture_broken", chart=chart) from None
        said = shape.xpath("./wp:docPr")[0]
        said.set("id", str(next(self._numbers)))
        said.set("name", printable(picture.key))
        said.set("descr", printable(picture.alt))
        shape.xpath(".//pic:cNvPr")[0].set("name", printable(picture.key))
        if chart in self._drawings:
            self._beside(shape, chart)
        return element("w:r", None, element("w:drawing", None, shape))

    def _beside(self, shape: Element, chart: str) -> None:
        """The extension in which Word looks for the SVG of a picture."""
        if chart not in self._drawn:
            name = PackURI(f"/word/media/drawing{len(self._drawn) + 1}.svg")
            svg = Part(name, "image/svg+xml", self._drawings[chart].encode(), self._word.part.package)
            self._drawn[chart] = self._word.part.relate_to(svg, RELATIONSHIP_TYPE.IMAGE)
        blip = shape.xpath(".//a:blip")[0]
        blip.append(
            parse_xml(
                '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
                '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
                '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
                'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
                f'r:embed="{self._drawn[chart]}"/></a:ext></a:extLst>'
            )
        )
