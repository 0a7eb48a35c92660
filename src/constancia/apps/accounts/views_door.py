"""The door: name and password or a one-time link, then the second factor; and the way out."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts import entering, factors, passkeys, services
from constancia.apps.accounts.factors import Kind
from constancia.apps.accounts.forms import CodeForm, SignInForm
from constancia.apps.accounts.marks import CEREMONY
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import public
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError, InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import trail
from constancia.infra.spoken import language


@public
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; the same sentence for whatever was wrong."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            user = services.authenticate(form.cleaned_data["username"], form.cleaned_data["password"])
        except (InputRefused, NotAllowed) as error:
            status = say(form, error)
        else:
            inside = entering.first_step(request, user, wanted)
            return redirect(_inside(request, wanted) if inside else "accounts:second_step")
    context = {"form": form, "next": wanted, "ended": request.GET.get("sesion", "")}
    return render(request, "accounts/sign_in.html", context, status=status)


@public
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code, a recovery code or a passkey, within ten minutes of the password."""
    held = entering.pending(request)
    if held is None:
        late = {"form": SignInForm(), "next": "", "ended": "espera"}
        return render(request, "accounts/sign_in.html", late)
    user, given = held
    form = CodeForm(request.POST if "code" in request.POST else None)
    status, fault = 200, ""
    if request.method == "POST":
        try:
            kind = _second_factor(request, user, form)
        except (InputRefused, NotAllowed) as error:
            status, fault = (429 if isinstance(error, NotAllowed) else 400), words(error)
        else:
            if kind is not None:
                return _through(request, user, kind, given)
    kinds = {factor.type for factor in factors.of(user)}
    options = ""
    if passkeys.here(user, origin(request)):
        asked, request.session[CEREMONY] = passkeys.begin_asking(user, origin(request))
        options = json.dumps(asked)
    context = {"form": form, "options": options, "by_code": Kind.CODE in kinds, "fault": fault}
    return render(request, "accounts/second_step.html", context, status=status)


def _second_factor(request: HttpRequest, user: User, form: CodeForm) -> Kind | None:
    if "answer" in request.POST:
        state = request.session.pop(CEREMONY, None) or {}
        return passkeys.check(user, origin(request), state, request.POST["answer"])
    return factors.check_code(user, form.cleaned_data["code"]) if form.is_valid() else None


def _through(request: HttpRequest, user: User, kind: Kind, given: dict[str, object]) -> HttpResponse:
    sets_password = bool(given["sets_password"])
    entering.enter(request, user, factor=kind.value, sets_password=sets_password)
    if kind is Kind.RECOVERY:
        left = factors.codes_left(user)
        messages.warning(
            request,
            _("Entró con un código de reserva. Le quedan %(left)s: si perdió el teléfono, prepare otro.")
            % {"left": left},
        )
    return redirect("accounts:own" if sets_password else _inside(request, str(given["next"])))


@public
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link. Opening it asks; only the button uses it up, so that a preview does not."""
    if request.method == "GET":
        return render(request, "accounts/link.html")
    try:
        used = services.redeem_link(token)
    except NotFound as error:
        return render(request, "accounts/link.html", {"error": words(error)}, status=404)
    if not entering.first_step(request, used.user, "", sets_password=used.sets_password):
        return redirect("accounts:second_step")
    return redirect("accounts:own" if used.sets_password else "home")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and asks the browser to forget what it kept."""
    if isinstance(request.user, User):
        trail.note(request.user.pk, Deed.SIGN_OUT, "user", request.user.pk)
    logout(request)
    response = redirect("accounts:sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def origin(request: HttpRequest) -> str:
    """Where this page stands, as browsers write it: what a passkey must have been asked by."""
    return f"{request.scheme}://{request.get_host()}"


def _inside(request: HttpRequest, wanted: str) -> str:
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and safe else reverse("home")


def words(error: ConstanciaError) -> str:
    return explain(error, language())


def say(form: Form, error: ConstanciaError) -> int:
    """Puts the error's sentence above the form; the status of the answer."""
    form.add_error(None, words(error))
    return 429 if isinstance(error, NotAllowed) else 400
