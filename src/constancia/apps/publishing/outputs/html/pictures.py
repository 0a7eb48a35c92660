"""How a chart gets into a page: drawn in it, or shown from an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from constancia.apps.publishing.outputs.characters import printable
from constancia.apps.publishing.outputs.html.svg import inline
from constancia.domain.errors import IntegrityBroken
from constancia.domain.publishing.blocks import Picture

PictureMarkup = Callable[[Picture], str]
"""From a picture to trusted markup: an `svg` or `img` element that says `picture.alt`."""


def drawn(pictures: Mapping[str, str]) -> PictureMarkup:
    """From {chart: SVG} to drawings inside the page.

    What it returns raises IntegrityBroken `publishing.picture_missing` for a chart that is not among them,
    `publishing.picture_broken` for one that is no SVG.
    """

    def markup(picture: Picture) -> str:
        svg = pictures.get(picture.chart)
        if svg is None:
            raise IntegrityBroken("publishing.picture_missing", chart=picture.chart)
        return inline(svg, chart=picture.chart, prefix=f"{picture.key}_", alt=picture.alt)

    return markup


def shown(address: Callable[[str], str]) -> PictureMarkup:
    """From the address of a chart's file to an image that is loaded from there."""

    def markup(picture: Picture) -> str:
        where, alt = escape(address(picture.chart)), escape(printable(picture.alt))
        return f'<img src="{where}" alt="{alt}">'

    return markup
