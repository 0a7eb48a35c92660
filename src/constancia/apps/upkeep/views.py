"""The page on how the register stands open: read-only, normal, or closed with its key."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.upkeep import queries, services
from constancia.apps.upkeep.forms import CloseForm, ReadOnlyForm
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.infra.modes import Mode
from constancia.infra.spoken import language


@requires(Permission.KEYS_MANAGE)
@require_GET
def mode(request: HttpRequest) -> HttpResponse:
    return _page(request, ReadOnlyForm(), CloseForm())


@requires(Permission.KEYS_MANAGE)
@require_POST
def read_only(request: HttpRequest) -> HttpResponse:
    form = ReadOnlyForm(request.POST)
    if form.is_valid():
        try:
            services.set_mode(acting(request), Mode.READ_ONLY, form.cleaned_data["reason"])
        except InputRefused as refusal:
            form.add_error(None, explain(refusal, language()))
        else:
            return redirect("upkeep:mode")
    return _page(request, form, CloseForm())


@requires(Permission.KEYS_MANAGE)
@require_POST
def normal(request: HttpRequest) -> HttpResponse:
    services.set_mode(acting(request), Mode.NORMAL)
    messages.success(request, _("El registro vuelve a aceptar lo que se escriba."))
    return redirect("upkeep:mode")


@requires(Permission.KEYS_MANAGE)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Says that the site ends, and ends it: the answer is the last page."""
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            services.close(acting(request), form.cleaned_data["password"])
        except (InputRefused, NotAllowed) as refusal:
            form.add_error(None, explain(refusal, language()))
        else:
            response = render(request, "upkeep/closed.html")
            response["Clear-Site-Data"] = '"cache", "storage"'
            return response
    return _page(request, ReadOnlyForm(), form)


def _page(request: HttpRequest, reading: Form, closing: Form) -> HttpResponse:
    by = acting(request)
    context = {
        "state": queries.mode(by),
        "elsewhere": queries.elsewhere(by),
        "reading": reading,
        "closing": closing,
        "ways": queries.ways(by),
        "keys": queries.derived(by, language()),
    }
    return render(
        request, "upkeep/mode.html", context, status=400 if reading.errors or closing.errors else 200
    )
