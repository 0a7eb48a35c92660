"""The charts of documents: from a content to SVG, in one house style."""

from constancia.apps.publishing.outputs.charts.svg import svg

__all__ = ["svg"]
