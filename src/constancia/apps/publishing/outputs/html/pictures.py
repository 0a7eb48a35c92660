"""How a chart gets into a page: drawn in it, or shown from an address; for a desk, and for a telephone.

A chart that has only one size keeps it on a telephone, and is moved under the finger in a region of its own:
its letters stay large enough to be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from constancia.apps.publishing.outputs.html.inline import text
from constancia.apps.publishing.outputs.html.svg import inline
from constancia.apps.publishing.outputs.spoken import plain
from constancia.domain.errors import IntegrityBroken
from constancia.domain.publishing.blocks import Picture

PictureMarkup = Callable[[Picture], str]
"""From a picture to trusted markup that says `picture.alt`."""

_TELEPHONE = "(max-width: 40rem)"
"""As `report.css` has it."""


def drawn(pictures: Mapping[str, str], narrow: Mapping[str, str] | None = None) -> PictureMarkup:
    """From {chart: SVG} to drawings inside the page. `narrow`: the same charts made for a telephone.

    What it returns raises IntegrityBroken `publishing.picture_missing` for a chart that is not in `pictures`,
    `publishing.picture_broken` for one that is no SVG.
    """

    def markup(picture: Picture) -> str:
        chart, alt = picture.chart, picture.alt
        if chart not in pictures:
            raise IntegrityBroken("publishing.picture_missing", chart=chart)
        desk = inline(pictures[chart], chart=chart, prefix=f"{picture.key}_", alt=alt)
        if narrow is None or chart not in narrow:
            return _moved(desk, picture)
        telephone = inline(narrow[chart], chart=chart, prefix=f"{picture.key}_n_", alt=alt)
        return f'<div class="on-desk">{desk}</div><div class="on-telephone">{telephone}</div>'

    return markup


def shown(address: Callable[[str], str], narrow: Callable[[str], str] | None = None) -> PictureMarkup:
    """From the address of a chart's file to an image that is loaded from there, or from `narrow`'s."""

    def markup(picture: Picture) -> str:
        image = f'<img src="{text(address(picture.chart))}" alt="{text(picture.alt)}">'
        if narrow is None:
            return _moved(image, picture)
        small = text(narrow(picture.chart))
        return f'<picture><source media="{_TELEPHONE}" srcset="{small}">{image}</picture>'

    return markup


def _moved(markup: str, picture: Picture) -> str:
    """The drawing in a frame that keyboard and finger move. No landmark: two may have one name."""
    label = text(plain(picture.title) or picture.alt)
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{label}">{markup}</div>'
