"""The text of documents: TXT, HTML, PDF, DOCX. Knows nothing of detentions."""

from constancia.infra.texts.extracted import Extracted
from constancia.infra.texts.extracting import extract
from constancia.infra.texts.tidy import tidy

__all__ = ["Extracted", "extract", "tidy"]
