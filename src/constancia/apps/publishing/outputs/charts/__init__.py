"""The charts of documents: from a content to SVG and PNG, in one house style."""

from constancia.apps.publishing.outputs.charts.png import png
from constancia.apps.publishing.outputs.charts.svg import svg

__all__ = ["png", "svg"]
