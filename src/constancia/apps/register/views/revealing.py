"""Opening what is closed on a case, with a reason; and the openings that a session has made."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.register import queries, revealing
from constancia.apps.register.forms import AskRegionForm, RevealForm
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.deeds import OpeningReason
from constancia.domain.vocabulary.terms import Tier
from constancia.infra.spoken import language

KEPT = "openings"
MOST = 40
"""Openings that a session remembers; in fifteen minutes nobody reads more cases."""


@requires(Permission.IDENTITY_READ)
@require_POST
def reveal(request: HttpRequest, code: str) -> HttpResponse:
    """Notes the opening and goes back to the case, which shows it for a while."""
    user, form = acting(request), RevealForm(request.POST)
    code = queries.code_of(user, code)
    if not form.is_valid():
        messages.error(request, _("Elija qué se abre y por qué. No se abrió nada."))
        return redirect("register:case", code=code)
    given = form.cleaned_data
    try:
        number = revealing.reveal(
            user, code, Tier(given["tier"]), OpeningReason(given["reason"]), given["words"]
        )
    except InputRefused as error:
        messages.error(request, explain(error, language()))
    else:
        request.session[KEPT] = [*request.session.get(KEPT, ()), number][-MOST:]
    return redirect("register:case", code=code)


@requires(Permission.SOURCE_SEALED)
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Asks whoever holds a region's key to show what it holds of the case."""
    user, form = acting(request), AskRegionForm(request.POST)
    code = queries.code_of(user, code)
    if not form.is_valid():
        messages.error(request, _("Elija por qué. No se pidió nada."))
        return redirect("register:case", code=code)
    try:
        revealing.ask_region(user, code, OpeningReason(form.cleaned_data["reason"]))
    except InputRefused as error:
        messages.error(request, explain(error, language()))
    else:
        messages.success(request, _("Pedido. Lo verá aquí cuando respondan, durante una hora."))
    return redirect("register:case", code=code)


def of_session(request: HttpRequest) -> tuple[int, ...]:
    """The openings made in this session; which of them still open something, the queries say."""
    return tuple(request.session.get(KEPT, ()))
