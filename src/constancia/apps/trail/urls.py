"""Addresses of the trail. What is looked for never stands in one."""

from __future__ import annotations

from django.urls import path

from constancia.apps.trail import views

app_name = "trail"

urlpatterns = [
    path("auditoria/", views.events, name="events"),
    path("auditoria/aperturas/", views.openings, name="openings"),
    path("cuenta/actividad/", views.own, name="own"),
]
