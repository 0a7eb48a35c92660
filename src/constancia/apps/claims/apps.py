"""What others say: documents, claims, announcements, statements."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "constancia.apps.claims"
    default_auto_field = "django.db.models.BigAutoField"
