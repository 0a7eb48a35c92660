"""What a document gives: its text and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TXT = "text/plain"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document, one paragraph, list item or table row per line, cells parted by tabs; of a PDF
    read by its lines, a form feed between pages.

    `media`: what the content is (TXT, HTML, PDF, DOCX). `language`: "es", "en" or "" (neither, or not to
    be told). `title`, `publisher`, `address` ("" where it says none) and `published` are what the document
    says of itself: offered to a person, never believed. `notes`: codes of the catalogue, what a person
    should know before trusting the text.
    """

    text: str
    media: str
    title: str = ""
    publisher: str = ""
    language: str = ""
    published: date | None = None
    address: str = ""
    notes: tuple[str, ...] = ()
