"""Addresses of regions' keys."""

from __future__ import annotations

from django.urls import path

from constancia.apps.regions import views

app_name = "regions"

urlpatterns = [
    path("reservado/", views.own, name="own"),
    path("reservado/frase/", views.passphrase, name="passphrase"),
    path("reservado/abrir/", views.open_, name="open"),
    path("reservado/cerrar/", views.close, name="close"),
    path("reservado/dar/", views.give, name="give"),
    path("reservado/responder/", views.answer, name="answer"),
]
