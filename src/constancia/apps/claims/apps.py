"""What others say: documents, claims, announcements, statements."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "constancia.apps.claims"
    default_auto_field = "django.db.models.BigAutoField"
    marks = ("constancia.apps.claims.marks.of_announcements", "constancia.apps.claims.marks.of_statements")
    """What stands as marks on the charts of figures."""
