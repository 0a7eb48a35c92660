"""How the pages show charts: as images that a telephone gets in its own size, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection

from constancia.apps.publishing.outputs.html import shown
from constancia.apps.publishing.outputs.site.addresses import link, picture_path, report_path
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Picture

PictureMarkup = Callable[[Picture], str]


def pictures(number: int, language: Language, here: str, narrow: Collection[str] = ()) -> PictureMarkup:
    """For `outputs.html.fragment`: the charts of edition `number`, on the page that stands at `here`.

    `narrow`: the charts that are there in a telephone's size too.
    """

    def address(chart: str) -> str:
        return link(here, picture_path(number, chart, language))

    def smaller(chart: str) -> str:
        return link(here, picture_path(number, chart, language, narrow=True))

    desk, both = shown(address), shown(address, smaller)

    def markup(picture: Picture) -> str:
        return both(picture) if picture.chart in narrow else desk(picture)

    return markup


def report_pictures(number: int, language: Language, narrow: Collection[str] = ()) -> PictureMarkup:
    """For the fragment of an edition's report, which `SiteEdition.report` is given."""
    return pictures(number, language, report_path(number, language), narrow)
