"""The ledger: a commitment to everything recorded, sealed into trees whose checkpoints are published."""

from django.apps import AppConfig

from constancia.infra.writer import before_writing


class LedgerConfig(AppConfig):
    name = "constancia.apps.ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        before_writing("constancia.apps.ledger.standing.refuse_unless_ours")
