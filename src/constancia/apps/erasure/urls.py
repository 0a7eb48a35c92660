"""Addresses of erasure."""

from __future__ import annotations

from django.urls import path

from constancia.apps.erasure import views

app_name = "erasure"

urlpatterns = [
    path("borrados/", views.requests, name="requests"),
    path("borrados/<int:erasure>/", views.request_, name="request"),
    path("borrados/<int:erasure>/menciones/", views.mentions, name="mentions"),
    path("borrados/hecho/<int:seq>/", views.ask_words, name="ask_words"),
]
