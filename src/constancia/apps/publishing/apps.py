"""What is published: report texts, drafts, editions, errata, and the files made from them."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "constancia.apps.publishing"
    default_auto_field = "django.db.models.BigAutoField"
