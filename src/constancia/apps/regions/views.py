"""The page of whoever holds a region's key: opening and closing it, giving it, and answering who asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.regions import queries
from constancia.apps.regions.forms import GiveForm, NewPassphraseForm, OpenForm
from constancia.apps.regions.services import asking, holding, opening
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError, InputRefused, IntegrityBroken, NotAllowed, NotFound
from constancia.domain.vocabulary.deeds import OpeningReason
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.states import state_label
from constancia.infra.spoken import language

_REFUSED = (InputRefused, NotAllowed, NotFound, IntegrityBroken)


@requires(Permission.SOURCE_SEALED)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The keys that one holds or whose cases one sees, and the requests."""
    user = acting(request)
    mine = queries.holder(user)
    lines = queries.lines(user)
    context = {
        "pair": mine,
        "lines": [(one, _give_form(user, one)) for one in lines],
        "holds": any(one.mine for one in lines),
        "opening": OpenForm(),
        "passphrase": NewPassphraseForm(first=mine is None),
        "askings": [(one, label(OpeningReason(one.reason), language())) for one in queries.askings(user)],
    }
    return render(request, "regions/own.html", context)


@requires(Permission.SOURCE_SEALED)
@require_POST
def passphrase(request: HttpRequest) -> HttpResponse:
    """The first passphrase, or another in its place."""
    user = acting(request)
    first = queries.holder(user) is None
    form = NewPassphraseForm(request.POST, first=first)
    if not form.is_valid():
        messages.error(request, _("Falta algo: no se cambió nada."))
    elif form.cleaned_data["new"] != form.cleaned_data["again"]:
        messages.error(request, _("Las dos no son iguales: no se cambió nada."))
    elif first:
        _do(request, lambda: holding.make_pair(user, form.cleaned_data["new"]), _("Su frase quedó puesta."))
    else:
        given = form.cleaned_data
        _do(
            request,
            lambda: holding.change_passphrase(user, given["present"], given["new"]),
            _("Su frase es otra."),
        )
    return redirect("regions:own")


@requires(Permission.SOURCE_SEALED)
@require_POST
def open_(request: HttpRequest) -> HttpResponse:
    """Opens every key that one holds, for a while."""
    user, form = acting(request), OpenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Falta algo: no se abrió nada."))
        return redirect("regions:own")
    given = form.cleaned_data
    lasts = timedelta(hours=given["hours"])
    done = _("Abierto. Cierre cuando termine.")
    _do(request, lambda: opening.open_keys(user, given["passphrase"], lasts), done)
    return redirect("regions:own")


@requires(Permission.SOURCE_SEALED)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Closes the key of a region for everybody."""
    user, region = acting(request), request.POST.get("region", "")[:100]
    _do(request, lambda: opening.close(user, region), _("Cerrado."))
    return redirect("regions:own")


@requires(Permission.SOURCE_SEALED)
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Gives the key of a region, which is open, to somebody else."""
    user, region = acting(request), request.POST.get("region", "")[:100]
    form = GiveForm(request.POST, users=queries.may_be_given(region))
    if not form.is_valid():
        messages.error(request, _("Elija a quién. No se dio nada."))
        return redirect("regions:own")
    other = User.objects.get(username=form.cleaned_data["username"])
    _do(request, lambda: holding.give(user, region, other), _("La llave quedó dada."))
    return redirect("regions:own")


@requires(Permission.SOURCE_SEALED)
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Lets somebody of elsewhere see a case for an hour, or not."""
    user = acting(request)
    said = request.POST.get("peticion", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
    approve = request.POST.get("respuesta") == "aprobar"
    done = _("Aprobado: puede verlo durante una hora.") if approve else _("Quedó respondida.")
    _do(request, lambda: asking.answer(user, number, approve=approve), done)
    return redirect("regions:own")


def _do(request: HttpRequest, deed: Callable[[], object], done: str) -> None:
    try:
        deed()
    except _REFUSED as error:
        messages.error(request, explain(_worded(error), language()))
    else:
        messages.success(request, done)


def _worded(error: ConstanciaError) -> ConstanciaError:
    """The same with the region called as people call it."""
    if "region" in error.params:
        error.params["region"] = state_label(str(error.params["region"]), language())
    return error


def _give_form(user: User, one: queries.KeyLine) -> GiveForm | None:
    if not (one.mine and one.until):
        return None
    users = queries.may_be_given(one.region)
    return (
        GiveForm(users=users, initial={"region": one.region}, auto_id=f"id_{one.number}_%s")
        if users
        else None
    )
