from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class RegisterConfig(AppConfig):
    name = "constancia.apps.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The policies are made from the models, which can be imported only now.
        put_up = import_string("constancia.apps.register.barring.put_up")
        post_migrate.connect(put_up, sender=self, dispatch_uid="constancia.barring")
