"""Pages from templates: every text escaped, the words of the site at hand, links already relative."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from constancia.apps.publishing.outputs.site.addresses import PAGES, REPORT_CSS, SITE_CSS, Page, link
from constancia.domain.language import Language
from constancia.domain.publishing.characters import plain
from constancia.domain.publishing.wording import phrases, said

TEMPLATES = Path(__file__).parents[2] / "templates" / "publishing" / "site"
MENU: tuple[Page, ...] = ("home", "editions", "beside", "methods", "errata", "cite", "check")
MISSING = "⟦%s⟧"
"""What stands for a word that a template asks for and nobody gave; a test looks for it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to be written: where it stands, in which language, its title, its place in the menu.

    `twin`: the page in the other language. `linked_data`: its JSON-LD. `of`: whose page it is.
    """

    path: str
    twin: str
    language: Language
    title: str
    description: str
    of: str
    section: Page | None = None
    linked_data: dict[str, Any] | None = None


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(TEMPLATES)], autoescape=True, string_if_invalid=MISSING)


@cache
def words(language: Language) -> dict[str, str]:
    """The words of the site that need no filling in."""
    start = "site."
    return {
        key.removeprefix(start): said[language]
        for key, said in phrases().items()
        if key.startswith(start) and "{" not in said[language]
    }


def trusted(markup: str) -> SafeString:
    """Markup that our own writers made; never a text of the register's."""
    return mark_safe(markup)


def page(template: str, sheet: Sheet, /, **values: Any) -> bytes:
    """The page as UTF-8. `values`: strings, lists and mappings of strings, or markup that is trusted."""
    other: Language = "en" if sheet.language == "es" else "es"
    here = sheet.path
    menu = [
        {
            "label": said(f"site.{name}", sheet.language),
            "link": link(here, PAGES[name][sheet.language]),
            "here": name == sheet.section,
        }
        for name in MENU
    ]
    shown = {
        "language": sheet.language,
        "other": other,
        "t": words(sheet.language),
        "title": plain(sheet.title),
        "description": plain(sheet.description),
        "organisation": plain(sheet.of),
        "menu": menu,
        "home": link(here, PAGES["home"][sheet.language]),
        "twin": link(here, sheet.twin),
        "feed": link(here, PAGES["feed"][sheet.language]),
        "styles": [link(here, SITE_CSS), link(here, REPORT_CSS)],
        "linked_data": _inert(sheet.linked_data),
        **values,
    }
    context = Context(shown, use_l10n=False, use_tz=False)
    return _engine().get_template(template).render(context).encode()


def bare(template: str, /, **values: Any) -> bytes:
    """A file that is no page of a language: the entrance, the page for addresses that are not there."""
    context = Context(values, use_l10n=False, use_tz=False)
    return _engine().get_template(template).render(context).encode()


def _inert(data: dict[str, Any] | None) -> SafeString:
    """JSON that cannot end the element it stands in, whatever its texts say."""
    if data is None:
        return trusted("")
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return trusted(text)
