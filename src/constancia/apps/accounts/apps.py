"""Who works here, and what each may do."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "constancia.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
