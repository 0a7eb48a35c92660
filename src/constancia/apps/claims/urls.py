"""Addresses of what others say."""

from __future__ import annotations

from django.urls import path

from constancia.apps.claims.views import comparing, correcting, documents, reading, reconciling

app_name = "claims"

of_documents = [
    path("cifras-ajenas/", documents.documents, name="documents"),
    path("cifras-ajenas/nuevo/", documents.new, name="new"),
    path("cifras-ajenas/nuevo/<int:arrival>/", documents.check, name="check"),
    path("cifras-ajenas/nuevo/<int:arrival>/descartar/", documents.discard, name="discard"),
    path("cifras-ajenas/<int:document>/", reading.document, name="document"),
    path("cifras-ajenas/<int:document>/archivo/", documents.file, name="file"),
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

urlpatterns = [*of_documents, *of_comparing]
