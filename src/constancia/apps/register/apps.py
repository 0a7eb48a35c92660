from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "constancia.apps.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
