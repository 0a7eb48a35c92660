"""Addresses of editions, drafts and report texts. Their parameters are numbers and names of files."""

from __future__ import annotations

from django.urls import path

from constancia.apps.publishing.views import (
    approving,
    changes,
    checking,
    drafting,
    editions,
    merging,
    receipts,
    reports,
    texts,
)

app_name = "publishing"

of_drafts = [
    path("ediciones/borradores/nuevo/", drafting.new, name="new"),
    path("ediciones/borradores/<int:draft>/", drafting.draft, name="draft"),
    path("ediciones/borradores/<int:draft>/vista/", drafting.preview, name="preview"),
    path("ediciones/borradores/<int:draft>/comprobar/", checking.check, name="check"),
    path("ediciones/borradores/<int:draft>/proposicion/", checking.mend, name="mend"),
    path("ediciones/borradores/<int:draft>/juntar/", merging.merge, name="merge"),
    path("ediciones/borradores/<int:draft>/aprobar/", approving.approve, name="approve"),
    path("ediciones/borradores/<int:draft>/descartar/", drafting.discard, name="discard"),
]

of_reports = [
    path("ediciones/informes/", reports.reports, name="reports"),
    path("ediciones/informes/<slug:report>/", reports.report, name="report"),
    path("ediciones/informes/<slug:report>/nombres/", texts.names, name="names"),
    path("ediciones/informes/<slug:report>/<path:text>/", texts.text, name="text"),
]

urlpatterns = [
    path("ediciones/", editions.editions, name="editions"),
    path("ediciones/informe.css", editions.style, name="style"),
    *of_drafts,
    *of_reports,
    path("ediciones/<int:edition>/", editions.edition, name="edition"),
    path("ediciones/<int:edition>/informe/", editions.report, name="read"),
    path("ediciones/<int:edition>/graficas/", editions.charts, name="charts"),
    path("ediciones/<int:edition>/graficas/<str:chart>.svg", editions.drawing, name="drawing"),
    path("ediciones/<int:edition>/construir/", editions.build, name="build"),
    path("ediciones/<int:edition>/verificar/", changes.verify, name="verify"),
    path("ediciones/<int:edition>/cambios/", changes.changes, name="changes"),
    path("ediciones/<int:edition>/errata/", approving.erratum, name="erratum"),
    path("expediente/<str:code>/recibo/", receipts.receipt, name="receipt"),
    path("ediciones/<int:edition>/archivos/<path:path>", editions.file, name="file"),
]
