"""The file itself: the house's template opened, and a document closed to the same bytes every time."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx as python_docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from constancia.apps.publishing.outputs.characters import printable
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import Document

_TAG = {"es": "es-VE", "en": "en-GB"}
_PAPER = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4)}
_LONGEST = 255
"""Characters of a core property, as the standard has it."""
_FIRST_YEAR = 1980
"""A zip file knows no earlier one."""


def opened(language: Language, paper: str) -> WordDocument:
    """An empty document in the house's styles, in a language and on a paper ("a4", "us-letter")."""
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name, data in _files(resources.files(__package__).joinpath("template"), ""):
            file.writestr(name, data)
    packed.seek(0)
    word = python_docx.Document(packed)
    tag = _TAG[language]
    for spoken in word.styles.element.xpath("./w:docDefaults//w:lang"):
        spoken.set(qn("w:val"), tag)
        spoken.set(qn("w:eastAsia"), tag)
    for spoken in word.settings.element.xpath("./w:themeFontLang"):
        spoken.set(qn("w:val"), tag)
    if language == "en":
        word.settings.element.xpath("./w:decimalSymbol")[0].set(qn("w:val"), ".")
        word.settings.element.xpath("./w:listSeparator")[0].set(qn("w:val"), ",")
    section = word.sections[0]
    width, height = _PAPER[paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    return word


def describe(word: WordDocument, document: Document, made_at: datetime) -> None:
    """What the file says of itself: title, author, language and days."""
    at = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    said = word.core_properties
    said.title = _short(document.title)
    said.subject = _short(document.subtitle)
    said.author = said.last_modified_by = _short(document.organisation)
    said.comments = _short(document.dates)
    said.identifier = _short(document.number)
    said.language = _TAG[document.language]
    said.created = said.modified = at
    said.revision = 1
    if document.draft:
        said.content_status = "Draft"


def closed(word: WordDocument, made_at: datetime) -> bytes:
    """The bytes of the file: names in order, every time of day `made_at`, in UTC."""
    loose = BytesIO()
    word.save(loose)
    at = max(made_at.astimezone(UTC), datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC))
    packed = BytesIO()
    with ZipFile(loose) as old, ZipFile(packed, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, at.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.create_system = 3  # else it tells which machine it was made on
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name), compresslevel=9)
    return packed.getvalue()


def _files(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    """(name inside the package, bytes), in order."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{above}{entry.name}"
        found += _files(entry, f"{name}/") if entry.is_dir() else [(name, entry.read_bytes())]
    return found


def _short(words: str) -> str:
    return printable(words)[:_LONGEST]
