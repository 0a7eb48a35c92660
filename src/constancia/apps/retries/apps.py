"""Retries: what is sent again after a cut is answered, and recorded once."""

from django.apps import AppConfig

from constancia.infra.writer import with_writing


class RetriesConfig(AppConfig):
    name = "constancia.apps.retries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        with_writing("constancia.apps.retries.services.keep")
