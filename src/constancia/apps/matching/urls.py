"""Addresses of lists of names. No name and no code of a case stands in any of them."""

from __future__ import annotations

from django.urls import path

from constancia.apps.matching.views import accepting, deciding, sending

app_name = "matching"

urlpatterns = [
    path("listas/", sending.lists, name="lists"),
    path("listas/nueva/", sending.new, name="new"),
    path("listas/<int:of_list>/", deciding.show, name="list"),
    path("listas/<int:of_list>/recibo/", sending.receipt, name="receipt"),
    path("listas/<int:of_list>/anotar/", accepting.accept, name="accept"),
    path("listas/<int:of_list>/deshacer/", accepting.undo_list, name="undo_list"),
    path("listas/<int:of_list>/cambios/", accepting.changes, name="changes"),
    path("listas/entrada/<int:entry>/decidir/", deciding.decide, name="decide"),
    path("listas/entrada/<int:entry>/deshacer/", accepting.undo, name="undo"),
]
