"""Backups: made, logged, checked, put back; and what the house is told of them."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "constancia.apps.keeping"
