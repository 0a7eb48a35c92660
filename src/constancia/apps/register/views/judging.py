"""The review queue, and the verdict on one fact."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.register import queries, services
from constancia.apps.register.forms import ReviewForm
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Verdict
from constancia.infra.spoken import language


@requires(Permission.CASE_REVIEW)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits longest first; what one recorded oneself is shown but cannot be judged."""
    user = acting(request)
    asked = request.GET.get("p", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    lines, more = queries.review_queue(user, page)
    context = {
        "lines": lines,
        "more": more,
        "page": page,
        "waiting": queries.waiting(user),
        "batches": queries.batches(user),
    }
    return render(request, "register/reviews.html", context)


@requires(Permission.CASE_ASSIGN)
@require_POST
def assign(request: HttpRequest, code: str) -> HttpResponseBase:
    """Gives the case to a lawyer, or takes it back; both stay on record."""
    user = acting(request)
    queries.anchor(user, code)
    username = request.POST.get("lawyer", "")
    if username:
        active = request.POST.get("active") != "no"
        services.assign(user, code, queries.lawyer(user, username), active=active)
        messages.success(request, _("La defensa quedó anotada."))
    return redirect("register:case", code=code)


@requires(Permission.CASE_REVIEW)
@require_POST
def review(request: HttpRequest, seq: int) -> HttpResponseBase:
    """Confirms, doubts or retracts; goes back to where the button was."""
    user = acting(request)
    queries.fact(user, seq)
    form = ReviewForm(request.POST)
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("register:reviews")
    if form.is_valid():
        try:
            services.review(user, seq, Verdict(form.cleaned_data["verdict"]), form.cleaned_data["note"])
        except InputRefused as error:
            messages.error(request, explain(error, language()))
        else:
            messages.success(request, _("La revisión quedó anotada."))
    return redirect(back)
