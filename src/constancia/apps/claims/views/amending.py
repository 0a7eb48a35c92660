"""Correcting what a document says of itself, and withdrawing one that was entered in error."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims import queries, services
from constancia.apps.claims.amended import OF_ITSELF
from constancia.apps.claims.forms_documents import CorrectDocumentForm
from constancia.apps.claims.promising import ReasonForm
from constancia.apps.claims.views.doing import done


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, document: int) -> HttpResponseBase:
    """What a document says of itself, to be said better; what it said before stays readable."""
    user = acting(request)
    page = queries.document(user, document, compared=False)
    start = {name: getattr(page.line, name) for name in OF_ITSELF}
    form = CorrectDocumentForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said, reason = form.said(), form.cleaned_data["reason"]
        if done(form, lambda: services.correct_document(user, document, said, note=reason)):
            messages.success(request, _after(page.line, said))
            return redirect("claims:document", document=document)
    context = {"form": form, "page": page}
    return render(request, "claims/correct_document.html", context, status=400 if form.errors else 200)


def _after(before: queries.DocumentLine, said: services.DocumentSaid) -> str:
    """What changes the reading of a text is worth reading it again for."""
    words = _("Quedó corregido. Lo que decía antes sigue a la vista, al pie.")
    old = (before.published, before.language, before.publisher, before.address)
    if (said.published, said.language, said.publisher, said.address) == old:
        return words
    return words + " " + _("Las cifras se leyeron con lo anterior: pulse «Leer otra vez».")


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, document: int) -> HttpResponseBase:
    """Says that a document was entered in error, and why."""
    user = acting(request)
    page = queries.document(user, document, compared=False)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: services.withdraw_document(user, document, note=reason)):
            return redirect("claims:document", document=document)
    context = {"form": form, "page": page}
    return render(request, "claims/withdraw_document.html", context, status=400 if form.errors else 200)
