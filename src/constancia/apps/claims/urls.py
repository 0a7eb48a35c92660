"""Addresses of what others say."""

from __future__ import annotations

from django.urls import path

from constancia.apps.claims.views import announcements, announcing, statements

app_name = "claims"

of_announcements = [
    path("anuncios/", announcements.announcements, name="announcements"),
    path("anuncios/nuevo/", announcing.announce, name="announce"),
    path("anuncios/<int:announcement>/", announcements.announcement, name="announcement"),
    path("anuncios/<int:announcement>/personas/", announcements.people, name="people"),
    path("anuncios/<int:announcement>/corregir/", announcing.correct, name="correct_announcement"),
    path("anuncios/<int:announcement>/retirar/", announcing.withdraw, name="withdraw_announcement"),
    path("anuncios/<int:announcement>/lista/", announcing.add_list, name="list"),
    path("anuncios/<int:announcement>/salida/", announcing.attribute, name="attribute"),
    path("anuncios/nombre/<int:listed>/", announcing.decide, name="decide_name"),
]

of_statements = [
    path("declaraciones/", statements.statements, name="statements"),
    path("declaraciones/nueva/", statements.state, name="state"),
    path("declaraciones/<int:statement>/corregir/", statements.correct, name="correct_statement"),
    path("declaraciones/<int:statement>/retirar/", statements.withdraw, name="withdraw_statement"),
]

urlpatterns = [*of_announcements, *of_statements]
