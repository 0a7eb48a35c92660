"""Files behind a fact: put beside it, and given back as an attachment, never rendered here."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.register import evidence, queries, wording
from constancia.apps.register.forms import EvidenceForm
from constancia.apps.register.views.errors import say
from constancia.domain.errors import InputRefused

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "text/plain": "txt"}


@requires(Permission.CASE_RECORD)
@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, seq: int) -> HttpResponseBase:
    """Keeps a file beside the fact it backs."""
    user = acting(request)
    old = queries.fact(user, seq)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        assert isinstance(sent, UploadedFile)
        try:
            if (sent.size or 0) > evidence.LARGEST:
                raise InputRefused("evidence.too_large", megabytes=evidence.LARGEST // 2**20)
            evidence.attach(user, seq, form.cleaned_data["title"], sent.read())
        except InputRefused as error:
            say(form, error, "file")
        else:
            messages.success(request, _("El archivo quedó guardado junto al hecho."))
            return redirect("register:case", code=old.code)
    context = {"old": old, "form": form, "words": wording.kind(old.kind)}
    return render(request, "register/attach.html", context, status=400 if form.errors else 200)


@requires(Permission.IDENTITY_READ)
@require_GET
def download(request: HttpRequest, number: int) -> HttpResponse:
    """The file as it came, as an attachment named by its hash: no name of ours or theirs in a header."""
    line, content = evidence.content_of(acting(request), number)
    response = HttpResponse(content, content_type="application/octet-stream")
    name = f"{line.sha256[:16]}.{ENDINGS.get(line.media_type, 'bin')}"
    response["Content-Disposition"] = f"attachment; filename={quote(name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
