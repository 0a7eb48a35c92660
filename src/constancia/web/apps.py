"""The staff site: addresses, base templates, style, charts, and the words around numbers and dates."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "constancia.web"
    label = "web"
