"""Pages of erasure: the requests, asking for one, and one request with its two answers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.erasure import queries, services, wording
from constancia.apps.erasure.queries import Stage
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotAllowed, NotFound, StoreRefused
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.terms import ErasureGround
from constancia.infra.spoken import language


def _grounds() -> list[tuple[str, str]]:
    return [(one.value, label(one, language())) for one in ErasureGround]


class AskForm(forms.Form):
    code = forms.CharField(label=later("Código del caso"), max_length=40)
    ground = forms.ChoiceField(label=later("Motivo"), choices=_grounds)


@requires(Permission.ERASE_ASK)
@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> HttpResponseBase:
    """Every request; by POST a new one."""
    user = acting(request)
    form = AskForm(request.POST or None, initial={"code": request.GET.get("caso", "")[:40]})
    if request.method == "POST" and form.is_valid():
        try:
            number = services.ask(user, form.cleaned_data["code"], form.cleaned_data["ground"])
        except (InputRefused, NotFound) as error:
            form.add_error(None, explain(error, language()))
        else:
            messages.success(request, _("La petición quedó anotada. Falta que otra persona la apruebe."))
            return redirect("erasure:request", erasure=number)
    lines = [(one, wording.stage(one), label(one.ground, language())) for one in queries.listed(user)]
    return render(request, "erasure/requests.html", {"form": form, "lines": lines})


@requires(Permission.ERASE_ASK)
@require_http_methods(["GET", "POST"])
def request_(request: HttpRequest, erasure: int) -> HttpResponseBase:
    """How one request stands; by POST it is approved or refused."""
    user = acting(request)
    one = queries.status(user, erasure)
    if request.method == "POST":
        approve = request.POST.get("respuesta") == "aprobar"
        if approve and not request.POST.get("leido"):
            messages.error(request, _("Marque que entiende que no se puede deshacer. No se borró nada."))
            return redirect("erasure:request", erasure=erasure)
        try:
            services.answer(user, erasure, approve=approve)
        except (InputRefused, NotAllowed, StoreRefused) as error:
            messages.error(request, explain(error, language()))
        return redirect("erasure:request", erasure=erasure)
    context = {
        "one": one,
        "title": _("Petición de borrado %(number)s") % {"number": one.number},
        "sentences": wording.sentences(one),
        "waiting": one.stage is Stage.ASKED and may(user, Permission.ERASE_APPROVE),
    }
    return render(request, "erasure/request.html", context)
