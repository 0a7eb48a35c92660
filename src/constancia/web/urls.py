"""Every address of the staff site. Each app brings its own; the tests walk this list."""

from __future__ import annotations

from django.urls import include, path

from constancia.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("idioma/", views.language, name="language"),
    path("", include("constancia.apps.keeping.urls")),
    path("", include("constancia.apps.accounts.urls")),
    path("", include("constancia.apps.regions.urls")),
    path("", include("constancia.apps.register.urls")),
    path("", include("constancia.apps.trail.urls")),
    path("", include("constancia.apps.imports.urls")),
    path("", include("constancia.apps.figures.urls")),
    path("", include("constancia.apps.claims.urls")),
    path("", include("constancia.apps.matching.urls")),
    path("", include("constancia.apps.publishing.urls")),
    path("", include("constancia.apps.matching.urls_duplicates")),
    path("", include("constancia.apps.upkeep.urls")),
    path("", include("constancia.apps.erasure.urls")),
    path("", include("constancia.apps.approvals.urls")),
]

handler400 = "constancia.web.views.malformed"
handler403 = "constancia.web.views.refused"
handler404 = "constancia.web.views.not_there"
handler500 = "constancia.web.views.broken"
