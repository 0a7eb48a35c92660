"""Where each page and file of the site stands, and how one is reached from another.

Paths are relative to the folder of the site, with "/". Links are relative too, so that the site works from
any folder, under any address and from a disk.
"""

from __future__ import annotations

import posixpath
import re
from typing import Literal
from urllib.parse import quote

from constancia.domain.language import Language

Page = Literal["home", "editions", "beside", "methods", "errata", "cite", "check", "feed"]

PAGES: dict[Page, dict[Language, str]] = {
    "home": {"es": "es/index.html", "en": "en/index.html"},
    "editions": {"es": "es/ediciones/index.html", "en": "en/editions/index.html"},
    "beside": {"es": "es/cifras-de-otros.html", "en": "en/others-figures.html"},
    "methods": {"es": "es/metodos.html", "en": "en/methods.html"},
    "errata": {"es": "es/erratas.html", "en": "en/errata.html"},
    "cite": {"es": "es/citar.html", "en": "en/cite.html"},
    "check": {"es": "es/comprobar.html", "en": "en/check.html"},
    "feed": {"es": "es/feed.xml", "en": "en/feed.xml"},
}
SITE_CSS, REPORT_CSS = "estilo/sitio.css", "estilo/informe.css"
FILES, PICTURES = "archivos", "graficos"
CHECKER = "comprobar.html"
"""The verifier as a page: at the site's root, where no other page stands beside it."""
_EDITION: dict[Language, str] = {"es": "es/ediciones/{}.html", "en": "en/editions/{}.html"}
_REPORT: dict[Language, str] = {"es": "es/ediciones/{}-informe.html", "en": "en/editions/{}-report.html"}
_TABLES: dict[Language, str] = {"es": "es/ediciones/{}-desgloses.html", "en": "en/editions/{}-tables.html"}


def edition_path(number: int, language: Language) -> str:
    """The page of an edition; it is there for ever."""
    return _EDITION[language].format(number)


def report_path(number: int, language: Language, part: int = 1) -> str:
    """The report of an edition; a long one goes on in further parts."""
    path = _REPORT[language].format(number)
    return path if part == 1 else path.replace(".html", f"-{part}.html")


def tables_path(number: int, language: Language) -> str:
    """Where the breakdowns of an edition stand if they do not fit on its page."""
    return _TABLES[language].format(number)


def file_path(number: int, name: str) -> str:
    """A file that is offered for download."""
    return f"{FILES}/{number}/{name}"


def bundle_path(number: int) -> str:
    """The whole bundle of an edition; beside its folder of files, which is the same bundle unpacked."""
    return f"{FILES}/constancia-edicion-{number}.zip"


def picture_path(number: int, chart: str, language: Language, *, narrow: bool = False) -> str:
    """The SVG of a chart: "map:held_by_state" of edition 2 is graficos/2/map-held_by_state.es.svg."""
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", chart)
    return f"{PICTURES}/{number}/{name}.{'telefono.' if narrow else ''}{language}.svg"


def link(page: str, to: str) -> str:
    """The relative link from one page to a page or file of the site. `to` may end in "#anchor"."""
    path, _, anchor = to.partition("#")
    found = quote(posixpath.relpath(path, posixpath.dirname(page) or "."))
    return f"{found}#{anchor}" if anchor else found
