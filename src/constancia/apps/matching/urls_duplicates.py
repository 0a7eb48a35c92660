"""Addresses of the duplicates."""

from __future__ import annotations

from django.urls import path

from constancia.apps.matching.views import duplicates

app_name = "duplicates"

urlpatterns = [
    path("duplicados/", duplicates.queue, name="queue"),
    path("duplicados/decididos/", duplicates.latest, name="latest"),
    path("duplicados/<str:code>/decidir/", duplicates.judge, name="judge"),
    path("duplicados/juicio/<int:seq>/deshacer/", duplicates.undo, name="undo"),
]
