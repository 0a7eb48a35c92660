"""Addresses of importing. No file name stands in one."""

from __future__ import annotations

from django.urls import path

from constancia.apps.imports.views import judging, sending

app_name = "imports"

urlpatterns = [
    path("importar/", sending.start, name="start"),
    path("importar/<int:upload>/", sending.preview, name="preview"),
    path("importar/<int:upload>/columnas/", sending.columns, name="columns"),
    path("importar/<int:upload>/mapeo/", sending.mapping, name="mapping"),
    path("importar/<int:upload>/rechazos/", sending.refusals, name="refusals"),
    path("importar/<int:upload>/descartar/", sending.discard, name="discard"),
    path("importacion/<int:batch>/", judging.batch, name="batch"),
    path("importacion/<int:batch>/retirar/", judging.withdraw, name="withdraw"),
    path("importacion/<int:batch>/revisar/", judging.review, name="review"),
]
