"""Addresses of what others say."""

from __future__ import annotations

from django.urls import path

from constancia.apps.claims.views import (
    amending,
    announcements,
    announcing,
    comparing,
    correcting,
    documents,
    reading,
    reconciling,
    statements,
)

app_name = "claims"

of_documents = [
    path("cifras-ajenas/", documents.documents, name="documents"),
    path("cifras-ajenas/nuevo/", documents.new, name="new"),
    path("cifras-ajenas/nuevo/<int:arrival>/", documents.check, name="check"),
    path("cifras-ajenas/nuevo/<int:arrival>/descartar/", documents.discard, name="discard"),
    path("cifras-ajenas/<int:document>/", reading.document, name="document"),
    path("cifras-ajenas/<int:document>/archivo/", documents.file, name="file"),
    path("cifras-ajenas/<int:document>/corregir/", amending.correct, name="correct_document"),
    path("cifras-ajenas/<int:document>/retirar/", amending.withdraw, name="withdraw_document"),
    path("cifras-ajenas/<int:document>/leer/", reading.read_again, name="read_again"),
    path("cifras-ajenas/<int:document>/cifra/", correcting.add, name="add"),
    path("cifras-ajenas/cifra/<int:claim>/", reading.claim, name="claim"),
    path("cifras-ajenas/cifra/<int:claim>/decidir/", reading.decide, name="decide"),
    path("cifras-ajenas/cifra/<int:claim>/corregir/", correcting.correct, name="correct"),
]

of_comparing = [
    path("cifras-ajenas/lado-a-lado/", comparing.compare, name="compare"),
    path("cifras-ajenas/conciliar/", reconciling.reconcile, name="reconcile"),
]

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

urlpatterns = [*of_documents, *of_comparing, *of_announcements, *of_statements]
