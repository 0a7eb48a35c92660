"""Erasing a person: two people, a ground, and everything that says a word about them, wherever it lies."""

from django.apps import AppConfig


class ErasureConfig(AppConfig):
    name = "constancia.apps.erasure"
    default_auto_field = "django.db.models.BigAutoField"
