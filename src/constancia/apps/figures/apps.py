from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "constancia.apps.figures"
    label = "figures"
