"""Addresses of the page on mode and key."""

from __future__ import annotations

from django.urls import path

from constancia.apps.upkeep import views

app_name = "upkeep"

urlpatterns = [
    path("modo/", views.mode, name="mode"),
    path("modo/solo-lectura/", views.read_only, name="read_only"),
    path("modo/normal/", views.normal, name="normal"),
    path("modo/cerrar/", views.close, name="close"),
]
