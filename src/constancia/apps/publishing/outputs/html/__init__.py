"""The report as HTML: a page of its own, and a part of another page."""

from constancia.apps.publishing.outputs.html.fragment import fragment
from constancia.apps.publishing.outputs.html.page import html_page
from constancia.apps.publishing.outputs.html.pictures import drawn, shown
from constancia.apps.publishing.outputs.html.stylesheet import report_css

__all__ = ["drawn", "fragment", "html_page", "report_css", "shown"]
