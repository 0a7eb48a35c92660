"""How the pages show charts: as images that a telephone gets in its own size, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from html import escape

from constancia.apps.publishing.outputs.html import shown
from constancia.apps.publishing.outputs.site.addresses import link, picture_path, report_path
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Picture

_NARROW = "(max-width: 40rem)"

PictureMarkup = Callable[[Picture], str]


def pictures(number: int, language: Language, here: str, narrow: Collection[str] = ()) -> PictureMarkup:
    """For `outputs.html.fragment`: the charts of edition `number`, on the page that stands at `here`.

    `narrow`: the charts that are there in a telephone's size too.
    """

    def address(chart: str) -> str:
        return link(here, picture_path(number, chart, language))

    plain = shown(address)

    def markup(picture: Picture) -> str:
        if picture.chart not in narrow:
            return plain(picture)
        small = escape(link(here, picture_path(number, picture.chart, language, narrow=True)))
        source = f'<source media="{_NARROW}" srcset="{small}">'
        return f'<picture class="fitting">{source}{plain(picture)}</picture>'

    return markup


def report_pictures(number: int, language: Language, narrow: Collection[str] = ()) -> PictureMarkup:
    """For the fragment of an edition's report, which `SiteEdition.report` is given."""
    return pictures(number, language, report_path(number, language), narrow)
