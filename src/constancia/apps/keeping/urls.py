"""Addresses about the backups."""

from __future__ import annotations

from django.urls import path

from constancia.apps.keeping import views

app_name = "keeping"

urlpatterns = [path("respaldos/", views.backups, name="backups")]
