"""The report's folder as the content froze it: which sections, in which order, in which files.

Of `informe.toml` only `[report] sections` and `subtitle` are read here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.characters import plain, unix_lines
from constancia.domain.publishing.content import Content, Words
from constancia.domain.publishing.texts.problem import shown

PLAN = "informe.toml"
_STEM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Section:
    """One section in one language; `text` None: the file is not there."""

    stem: str
    file: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Folder:
    sections: tuple[str, ...]
    subtitle: Words


def folder(content: Content) -> Folder:
    """The order of the sections and the subtitle.

    Raises InputRefused `edition.folder_plan`, `edition.folder_toml`, `edition.folder_sections`,
    `edition.folder_section` or `edition.folder_subtitle`.
    """
    report = _report(content)
    sections = report.get("sections")
    if not isinstance(sections, list) or not sections or not all(isinstance(one, str) for one in sections):
        raise InputRefused("edition.folder_sections", file=PLAN)
    for place, stem in enumerate(sections):
        if not _STEM.fullmatch(stem) or len(stem) > _LONGEST or stem in sections[:place]:
            raise InputRefused("edition.folder_section", file=PLAN, name=shown(stem))
    return Folder(tuple(sections), _subtitle(report.get("subtitle", {"es": "", "en": ""})))


def section(content: Content, stem: str, language: Language) -> Section:
    """The file of a section in the language."""
    path = f"{language}/{stem}.md"
    return Section(stem, path, _text(content, path))


def _text(content: Content, path: str) -> str | None:
    return next((unix_lines(one.text) for one in content.texts if one.path == path), None)


def _report(content: Content) -> dict[str, Any]:
    text = _text(content, PLAN)
    if text is None:
        raise InputRefused("edition.folder_plan", file=PLAN)
    try:
        plan = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers of too many digits
        found = re.search(r"at line (\d+)", str(error))
        raise InputRefused("edition.folder_toml", file=PLAN, line=found.group(1) if found else "?") from None
    report = plan.get("report")
    if not isinstance(report, dict):
        raise InputRefused("edition.folder_sections", file=PLAN)
    return report


def _subtitle(given: Any) -> Words:
    if not isinstance(given, dict) or not all(isinstance(given.get(key), str) for key in ("es", "en")):
        raise InputRefused("edition.folder_subtitle", file=PLAN)
    return Words(es=plain(given["es"]), en=plain(given["en"]))
