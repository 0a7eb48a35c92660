"""The report as a document that an editor can go on working in (OOXML, as Word and LibreOffice read it)."""

from constancia.apps.publishing.outputs.docx.writing import docx

__all__ = ["docx"]
