"""Addresses of what needs two people."""

from __future__ import annotations

from django.urls import path

from constancia.apps.approvals import views

app_name = "approvals"

urlpatterns = [
    path("aprobaciones/", views.requests, name="requests"),
    path("aprobaciones/<int:approval>/", views.request_, name="request"),
    path("aprobaciones/<int:approval>/rol/", views.give_role, name="give_role"),
]
