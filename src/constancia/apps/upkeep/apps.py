from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "constancia.apps.upkeep"
    label = "upkeep"
    default_auto_field = "django.db.models.BigAutoField"
