"""Addresses of erasure."""

from __future__ import annotations

from django.urls import path

from constancia.apps.erasure import views

app_name = "erasure"

urlpatterns = [
    path("borrados/", views.requests, name="requests"),
    path("borrados/<int:erasure>/", views.request_, name="request"),
]
