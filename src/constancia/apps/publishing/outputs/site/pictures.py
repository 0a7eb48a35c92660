"""How the pages show charts: as images that a telephone gets in its own size, if there is one."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from constancia.apps.publishing.outputs.html import shown
from constancia.apps.publishing.outputs.site.addresses import link, picture_path, report_path
from constancia.apps.publishing.outputs.site.model import SiteEdition
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Picture

_NARROW = "(max-width: 40rem)"

PictureMarkup = Callable[[Picture], str]


def pictures(edition: SiteEdition, language: Language, here: str) -> PictureMarkup:
    """For `outputs.html.fragment`, on the page that stands at the path `here`."""

    def address(chart: str, *, narrow: bool = False) -> str:
        return link(here, picture_path(edition.number, chart, language, narrow=narrow))

    plain = shown(address)

    def markup(picture: Picture) -> str:
        if (picture.chart, language) not in edition.narrow:
            return plain(picture)
        small = escape(address(picture.chart, narrow=True))
        source = f'<source media="{_NARROW}" srcset="{small}">'
        return f'<picture class="fitting">{source}{plain(picture)}</picture>'

    return markup


def report_pictures(edition: SiteEdition, language: Language) -> PictureMarkup:
    """For the fragment of an edition's report: `SiteEdition.report` is made with it. `edition` needs no
    report yet."""
    return pictures(edition, language, report_path(edition.number, language))
