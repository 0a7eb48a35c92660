"""Editions as they were published: the list, one of them whole, its report, its files."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.publishing import presenting, queries, services, wording
from constancia.apps.publishing.outputs.charts import svg
from constancia.apps.publishing.outputs.charts.house import Size
from constancia.apps.publishing.outputs.html import report_css, shown
from constancia.apps.publishing.outputs.html.pictures import PictureMarkup
from constancia.apps.publishing.previewing import drawings
from constancia.apps.publishing.views.asking import language_in, seen
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, IntegrityBroken, NotFound
from constancia.domain.language import Language
from constancia.domain.publishing.manifest import KEY, MANIFEST, SIGNATURE
from constancia.infra.spoken import language

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".pem": "application/x-pem-file",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""What a file is sent as, by its ending; anything else as bytes."""

SHUT = "default-src 'none'; sandbox"
"""The content policy of a file that a browser shows after all."""


@requires(Permission.EDITION_READ)
@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition; for those who work on them, drafts too."""
    user = acting(request)
    works = may(user, Permission.EDITION_WORK)
    drafts = queries.drafts(user) if works else []
    context = {
        "editions": queries.editions(user),
        "may_work": works,
        "open": [(line, wording.STANDING[line.standing]) for line in drafts if line.standing not in _CLOSED],
        "closed": [(line, wording.STANDING[line.standing]) for line in drafts if line.standing in _CLOSED],
    }
    return render(request, "publishing/editions.html", context)


_CLOSED = ("approved", "discarded")


@requires(Permission.EDITION_READ)
@require_GET
def edition(request: HttpRequest, edition: int) -> HttpResponse:
    """One edition: its numbers, what was corrected of it, its files."""
    user = acting(request)
    page = queries.edition(user, edition)
    content = page.content
    context: dict[str, Any] = {
        "page": page,
        "line": page.line,
        "held": content.figure("held"),
        **presenting.numbers_of(content, may(user, Permission.PEOPLE_BEHIND)),
        "rule": next((one for one in content.rules if one.name == content.rule), None),
        "may_work": may(user, Permission.EDITION_WORK),
        "may_approve": may(user, Permission.EDITION_APPROVE),
        "missing": queries.missing_files(user, edition),
        "signed": (MANIFEST, SIGNATURE, KEY) if page.line.built else (),
    }
    return render(request, "publishing/edition.html", context)


@requires(Permission.EDITION_READ)
@require_GET
def report(request: HttpRequest, edition: int) -> HttpResponse:
    """The report of an edition, with every erratum of it so far."""
    page = queries.edition(acting(request), edition)
    context = {
        "here": reverse("publishing:read", args=[edition]),
        "back": reverse("publishing:edition", args=[edition]),
        "back_words": page.content.title.in_language(language()),
        "query": "",
    }
    return seen(
        request,
        page.content,
        context,
        draft=False,
        errata=page.errata,
        pictures=lambda spoken: _loaded(edition, spoken),
    )


@requires(Permission.EDITION_READ)
@require_GET
def charts(request: HttpRequest, edition: int) -> HttpResponse:
    """The charts of an edition, each with the numbers behind it."""
    page = queries.edition(acting(request), edition)
    spoken = language_in(request, page.content)
    context = {
        "line": page.line,
        "spoken": spoken,
        "html": drawings(page.content, spoken, _loaded(edition, spoken)),
    }
    template = "publishing/drawings.html" if request.htmx else "publishing/charts.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _loaded(edition: int, spoken: Language) -> PictureMarkup:
    """Charts as pictures that are loaded by themselves: a page with all of them in it would be heavy."""
    return shown(
        lambda name: _drawing(edition, name, spoken, "page"),
        lambda name: _drawing(edition, name, spoken, "phone"),
    )


def _drawing(edition: int, name: str, spoken: Language, size: Size) -> str:
    query = urlencode({"lengua": spoken, "tamano": size})
    return f"{reverse('publishing:drawing', args=[edition, name])}?{query}"


@requires(Permission.EDITION_READ)
@require_GET
def drawing(request: HttpRequest, edition: int, chart: str) -> HttpResponse:
    """One chart of an edition as SVG; `tamano=phone` as it is drawn for a telephone."""
    content = queries.edition(acting(request), edition).content
    size: Size = "phone" if request.GET.get("tamano") == "phone" else "page"
    found = svg(content, chart, language_in(request, content), size)
    return HttpResponse(found, content_type=TYPES[".svg"], headers={"Content-Security-Policy": SHUT})


@requires(Permission.EDITION_WORK)
@require_POST
def build(request: HttpRequest, edition: int) -> HttpResponseBase:
    """Makes and signs the files of an edition."""
    user = acting(request)
    line = queries.edition(user, edition).line
    try:
        if not line.built or queries.missing_files(user, edition):
            services.build(user, edition)
    except (InputRefused, IntegrityBroken) as error:
        messages.error(request, explain(error, language()))
    else:
        messages.success(request, _("Los archivos están hechos y firmados."))
    return redirect(f"{reverse('publishing:edition', args=[edition])}#archivos")


@requires(Permission.EDITION_READ)
@require_GET
def file(request: HttpRequest, edition: int, path: str) -> HttpResponse:
    """One file of an edition as it was signed, to be kept."""
    try:
        data = queries.file_of(acting(request), edition, path)
    except InputRefused as error:  # not built yet
        raise NotFound(error.code) from None
    name = PurePosixPath(path)
    response = HttpResponse(data, content_type=TYPES.get(name.suffix.lower(), "application/octet-stream"))
    kept = f"edicion-{edition}-{'-'.join(name.parts)}"
    response["Content-Disposition"] = f'attachment; filename="{_plain(kept)}"'
    response["Content-Security-Policy"] = SHUT
    return response


def _plain(name: str) -> str:
    """A file's name in letters that every system keeps."""
    return "".join(one if one.isascii() and (one.isalnum() or one in "-._") else "_" for one in name)


@requires(Permission.EDITION_READ)
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """The stylesheet of reports, for previews."""
    return HttpResponse(report_css(), content_type=TYPES[".css"])
