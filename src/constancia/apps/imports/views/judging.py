"""One import afterwards: what it recorded, its review, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.imports import queries, services
from constancia.apps.imports.forms import BatchReviewForm, WithdrawForm
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra.spoken import language


@requires(Permission.IMPORT_RUN)
@require_GET
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """What an import recorded, by what mapping, and who has looked at it."""
    return render(request, "imports/batch.html", {"batch": queries.batch(acting(request), batch)})


@requires(Permission.IMPORT_RUN)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, batch: int) -> HttpResponseBase:
    """Takes a whole import back, with the reason."""
    user = acting(request)
    found = queries.batch(user, batch)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.withdraw(user, batch, form.cleaned_data["reason"])
        except InputRefused as error:
            form.add_error("reason", explain(error, language()))
        else:
            words = ngettext("Se retiró %(count)s hecho.", "Se retiraron %(count)s hechos.", count)
            messages.success(request, words % {"count": count})
            return redirect("imports:batch", batch=batch)
    context = {"form": form, "batch": found}
    return render(request, "imports/withdraw.html", context, status=400 if form.errors else 200)


@requires(Permission.IMPORT_RUN)
@require_POST
def review(request: HttpRequest, batch: int) -> HttpResponseBase:
    """A verdict on the whole import, by somebody who did not run it."""
    user = acting(request)
    queries.batch(user, batch)
    form = BatchReviewForm(request.POST)
    if form.is_valid():
        verdict, note = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["note"]
        try:
            services.review_batch(user, batch, verdict, note)
        except InputRefused as error:
            messages.error(request, explain(error, language()))
        else:
            messages.success(request, _("La revisión quedó anotada."))
    return redirect("imports:batch", batch=batch)
