"""What one person alone does not do: asked for by one, answered by another, used once."""

from django.apps import AppConfig

from constancia.apps.accounts.keeper import kept_by


class ApprovalsConfig(AppConfig):
    name = "constancia.apps.approvals"
    label = "approvals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        kept_by("constancia.apps.approvals.services")
