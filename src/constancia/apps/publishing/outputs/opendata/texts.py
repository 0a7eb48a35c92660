"""What goes with the data in words: how to read them, how to cite them, under which licence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import get_args
from zoneinfo import ZoneInfo

from constancia.apps.publishing.outputs.opendata.describing import instant
from constancia.apps.publishing.outputs.opendata.licence import Licence
from constancia.domain.language import Language
from constancia.domain.publishing.canonical import sha256
from constancia.domain.publishing.codebook import Resource, passage, sentence
from constancia.domain.publishing.content import Content

LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES = {"es": ("LEAME.md", "cita.es.txt"), "en": ("README.md", "citation.en.txt")}


def described(content: Content, encoded: bytes, licence: Licence) -> dict[str, str]:
    """ "title_es", "description_es", "citation_es", "licence_es" and the same in English."""
    found = {}
    for language in LANGUAGES:
        given = {
            "number": content.number,
            "title": _line(content.title.in_language(language)),
            "organisation": _line(content.organisation),
            "as_of": content.as_of.isoformat(),
            "known_at": instant(content),
            "sha256": sha256(encoded),
            "licence": licence.title,
            "address": licence.address,
        }
        for name in ("title", "description", "citation", "licence"):
            template = sentence("package", name).in_language(language)
            found[f"{name}_{language}"] = template.format(**given)
    return found


def texts(
    content: Content,
    encoded: bytes,
    described: Mapping[str, str],
    licence: Licence,
    written: Mapping[Resource, bytes],
    named: bool,
) -> dict[str, bytes]:
    """File name → bytes of everything that is neither data nor description."""
    found = {
        "LICENSE.txt": "\n\n".join(
            (f"{licence.code}\n{licence.address}", described["licence_es"], described["licence_en"] + "\n")
        ),
        "CITATION.cff": _cff(content, described, licence),
    }
    for language in LANGUAGES:
        readme, citation = NAMES[language]
        found[readme] = _readme(content, encoded, described, written, named, language)
        found[citation] = described[f"citation_{language}"] + "\n"
    return {name: text.encode() for name, text in found.items()}


def _readme(
    content: Content,
    encoded: bytes,
    described: Mapping[str, str],
    written: Mapping[Resource, bytes],
    named: bool,
    language: Language,
) -> str:
    counted = content.named if named else None
    list_of_names = passage("named").in_language(language).format(**counted.model_dump()) if counted else ""
    return (
        passage("readme")
        .in_language(language)
        .lstrip()
        .format(
            **{name.removesuffix(f"_{language}"): text for name, text in described.items()},
            rule=content.rule,
            zone=content.zone,
            software=_line(content.software),
            sha256=sha256(encoded),
            protection=content.protection.meaning.in_language(language),
            named=list_of_names,
            resources="\n".join(
                f"- `{resource.name}.csv`: {resource.meaning.in_language(language)}" for resource in written
            ),
        )
    )


def _cff(content: Content, described: Mapping[str, str], licence: Licence) -> str:
    """CITATION.cff 1.2.0. Every value is a quoted string, so that no text can become more than that."""
    entries = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": described["title_es"],
        "message": described["citation_es"],
        "abstract": described["description_es"],
        "version": str(content.number),
        "date-released": content.known_at.astimezone(ZoneInfo(content.zone)).date().isoformat(),
        "license": licence.code,
    }
    lines = [f"{name}: {_quoted(text)}" for name, text in entries.items()]
    return "\n".join([*lines, "authors:", f"  - name: {_quoted(_line(content.organisation))}", ""])


def _quoted(text: str) -> str:
    """A text between quotes as YAML has it: what is not printed is escaped."""
    whole = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in whole)


def _line(text: str) -> str:
    """A text of the edition that is to stand within a line."""
    return " ".join(text.split())
