"""The keys of regions: who holds them, opening them, and asking to see what another region holds."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "constancia.apps.regions"
    default_auto_field = "django.db.models.BigAutoField"
