"""Lists of names beside the register: who is who, as a person decides; duplicates; two registers."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "constancia.apps.matching"
    default_auto_field = "django.db.models.BigAutoField"
