"""Addresses of figures. Their parameters are days and names of figures, nothing personal."""

from __future__ import annotations

from django.urls import path

from constancia.apps.figures.views import behind, explorer, home

app_name = "figures"

urlpatterns = [
    path("balance/", home.balance, name="balance"),
    path("balance/personas/", behind.moved, name="moved"),
    path("cifras/", explorer.explore, name="explore"),
    path("cifras/csv/", explorer.export, name="export"),
    path("cifras/personas/", behind.counted, name="counted"),
    path("cifras/entre-reglas/", behind.between, name="between"),
]
