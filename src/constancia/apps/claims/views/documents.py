"""Documents: those there are, taking one in, and the file it came as."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims import queries, services
from constancia.apps.claims.forms_documents import DocumentForm, NewDocumentForm
from constancia.apps.claims.standing import Standing
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.infra.spoken import language
from constancia.infra.texts.extracted import DOCX, HTML, PDF, TXT

ENDINGS = {PDF: "pdf", TXT: "txt", HTML: "html", DOCX: "docx"}


@requires(Permission.CLAIMS_READ)
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """Everything taken in, the youngest first, with how much of it is decided."""
    lines = queries.documents(acting(request))
    waiting = [line for line in lines if line.counts[Standing.PROPOSED]]
    context = {
        "lines": lines,
        "waiting": sum(line.counts[Standing.PROPOSED] for line in waiting),
        "next": waiting[0] if waiting else None,
    }
    return render(request, "claims/documents.html", context)


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """A text that is pasted, or a file, which is looked at first."""
    user = acting(request)
    form = NewDocumentForm(request.POST or None, request.FILES or None)
    there = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            if isinstance(sent, UploadedFile):
                return redirect("claims:check", arrival=_receive(request, form, sent))
            added = services.add_document(user, form.given(), again="again" in request.POST)
        except InputRefused as error:
            there = _say(form, error)
        else:
            return _done(request, added)
    context = {"form": form, "there": there}
    return render(request, "claims/new.html", context, status=400 if form.errors else 200)


def _receive(request: HttpRequest, form: NewDocumentForm, sent: UploadedFile[bytes]) -> int:
    return services.receive(
        acting(request),
        sent.read(),
        name=sent.name or "",
        media=sent.content_type or "",
        typed=form.typed(),
    )


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, arrival: int) -> HttpResponseBase:
    """What a file says of itself, only proposed, and its text to be looked over."""
    user = acting(request)
    found = services.arrival(user, arrival)
    start = found | {"language": found["language"] or language()}
    form = DocumentForm(request.POST or None, initial=start)
    there = None
    if request.method == "POST" and form.is_valid():
        try:
            added = services.keep(user, arrival, form.given(), again="again" in request.POST)
        except InputRefused as error:
            there = _say(form, error)
        else:
            return _done(request, added, told=found["notes"])
    context = {
        "form": form,
        "there": there,
        "arrival": arrival,
        "notes": [explain(InputRefused(code), language()) for code in found["notes"]],
        "alike": queries.alike(user, str(found["text"])),
    }
    return render(request, "claims/check.html", context, status=400 if form.errors else 200)


@requires(Permission.CLAIMS_WORK)
@require_POST
def discard(request: HttpRequest, arrival: int) -> HttpResponseBase:
    """Takes the file away without keeping it."""
    with suppress(NotFound):  # gone already: that is what was wanted
        services.discard(acting(request), arrival)
    messages.success(request, _("El archivo se descartó. No se guardó nada."))
    return redirect("claims:documents")


def _say(form: Form, error: InputRefused) -> int | None:
    """Puts the sentence on the form; returns the document that has the same words, if that is why."""
    fields = {
        "claims.title": "title",
        "claims.address": "address",
        "claims.document_empty": "text",
        "claims.text_too_long": "text",
    }
    form.add_error(fields.get(error.code), explain(error, language()))
    return int(error.params["number"]) if error.code == "claims.document_there" else None


def _done(request: HttpRequest, added: services.Added, told: Collection[str] = ()) -> HttpResponseBase:
    """`told`: what was said of the text before it was kept."""
    for code in added.notes:
        if code not in told:
            messages.warning(request, explain(InputRefused(code), language()))
    if not added.proposed:
        messages.info(request, _("El documento quedó guardado. No se leyó ninguna cifra en él."))
    return redirect("claims:document", document=added.document)


@requires(Permission.CLAIMS_READ)
@require_GET
def file(request: HttpRequest, document: int) -> HttpResponse:
    """The file as it came, as an attachment named by a number: never rendered here."""
    media, content = queries.file_of(acting(request), document)
    response = HttpResponse(content, content_type="application/octet-stream")
    name = f"documento-{document}.{ENDINGS.get(media, 'bin')}"
    response["Content-Disposition"] = f"attachment; filename={name}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
