"""A document as PDF: `pdf` and, for previews, `page_pictures`."""

from constancia.apps.publishing.outputs.pdf.writing import Paper, page_pictures, pdf

__all__ = ["Paper", "page_pictures", "pdf"]
