"""Pages of what needs two people: what waits, what one asked for, and one request with its answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.approvals import queries, roles, services, wording
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotAllowed, StoreRefused
from constancia.domain.vocabulary.approvals import ApprovalStage
from constancia.infra.spoken import language


@requires(Permission.SECOND_PERSON)
def requests(request: HttpRequest) -> HttpResponseBase:
    """What waits for an answer of one's own, what one asked for, and the rest."""
    lines = [(one, wording.kind(one), wording.stage(one)) for one in queries.listed(acting(request))]
    context = {
        "mine_to_answer": [line for line in lines if line[0].answerable],
        "asked": [line for line in lines if line[0].own],
        "others": [line for line in lines if not line[0].own and not line[0].answerable],
    }
    return render(request, "approvals/requests.html", context)


@requires(Permission.SECOND_PERSON)
@require_http_methods(["GET", "POST"])
def request_(request: HttpRequest, approval: int) -> HttpResponseBase:
    """How one request stands; by POST it is approved, refused or taken back."""
    user = acting(request)
    one = queries.shown(user, approval)
    if request.method == "POST":
        said = request.POST.get("respuesta")
        if said not in ("aprobar", "rechazar"):
            return redirect("approvals:request", approval=approval)
        if (approve := said == "aprobar") and not request.POST.get("leido"):
            messages.error(request, _("Marque que lo leyó. No quedó aprobado."))
            return redirect("approvals:request", approval=approval)
        try:
            services.answer(user, approval, approve=approve)
        except (InputRefused, NotAllowed, StoreRefused) as error:
            messages.error(request, explain(error, language()))
        return redirect("approvals:request", approval=approval)
    usable = one.own and one.stage is ApprovalStage.APPROVED
    context = {
        "one": one,
        "title": _("Petición %(number)s: %(kind)s") % {"number": one.number, "kind": wording.kind(one)},
        "what": wording.what(one),
        "standing": wording.standing(one),
        "carry": reverse(one.page, args=[one.number]) if usable and one.page else "",
        "by_command": usable and not one.page,
        "withdrawable": one.own and one.stage is ApprovalStage.WAITING,
    }
    return render(request, "approvals/request.html", context)


@requires(Permission.PEOPLE_MANAGE)
@require_POST
def give_role(request: HttpRequest, approval: int) -> HttpResponseBase:
    """Gives the role that was approved."""
    try:
        user = roles.give(acting(request), approval)
    except (InputRefused, NotAllowed, StoreRefused) as error:
        messages.error(request, explain(error, language()))
        return redirect("approvals:request", approval=approval)
    messages.success(request, _("El rol quedó dado. Si la cuenta es nueva, cree ahora su enlace de entrada."))
    return redirect("accounts:person", username=user.username)
