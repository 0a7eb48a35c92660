"""The language of the command line: Spanish in the source, English from this package's own catalogue.

Kept apart from Django's translations so that help and refusals cost no start of the framework.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from pathlib import Path

from constancia.domain.language import Language

LOCALE = Path(__file__).with_name("locale")
LIBRARY_DOMAIN = "library"  # the words of the command line library itself, English in its source
_chosen: list[Language] = ["es"]


def wanted(arguments: Sequence[str]) -> Language:
    """The language asked for by `--lang`, else by CONSTANCIA_LANG, else Spanish."""
    asked = os.environ.get("CONSTANCIA_LANG", "")
    for here, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if here == "--":
            break
        if here == "--lang":
            asked = following
        elif here.startswith("--lang="):
            asked = here.removeprefix("--lang=")
    return "en" if asked.lower().startswith("en") else "es"


def use(language: Language) -> None:
    """Settles the language of everything said from now on, the library's own words included."""
    _chosen[0] = language
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(LIBRARY_DOMAIN, str(LOCALE))
    gettext.textdomain(LIBRARY_DOMAIN)


def language() -> Language:
    return _chosen[0]


def say(text: str) -> str:
    """`text` (Spanish) in the settled language."""
    if _chosen[0] == "es":
        return text
    return gettext.translation("django", str(LOCALE), languages=["en"], fallback=True).gettext(text)


def later(text: str) -> str:
    """Marks `text` for translation where it is shown, not where it is written."""
    return text
