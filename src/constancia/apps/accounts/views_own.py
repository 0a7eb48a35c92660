"""One's own account: password, second factors, open sessions, travel."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts import entering, factors, passkeys, services, sessions, travel
from constancia.apps.accounts.factors import ASKED_FOR_A_PASSKEY, Kind
from constancia.apps.accounts.forms import (
    ROLE_WORDS,
    CodeForm,
    ConfirmForm,
    PasskeyForm,
    PasswordForm,
    TravelForm,
)
from constancia.apps.accounts.marks import CEREMONY, MAY_SET_PASSWORD, SECRET
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, fully_in, requires
from constancia.apps.accounts.views_door import origin, say, words
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock, session_file

ISSUER = "Constancia"
AWAY = timedelta(days=14)


@requires(Permission.OWN_ACCOUNT, early=True)
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponseBase:
    """One's own role, and a new password. Who has none yet is not asked for the present one."""
    user = acting(request)
    by_link = bool(request.session.get(MAY_SET_PASSWORD))
    first = by_link or not user.has_usable_password()
    form = PasswordForm(request.POST or None)
    status = 200
    if first:
        del form.fields["present"]
    if request.method == "POST" and form.is_valid():
        try:
            user = _new_password(user, form, first)
        except (InputRefused, NotAllowed) as error:
            status = say(form, error)
        else:
            entering.renew(request, user)
            messages.success(request, _("La contraseña quedó cambiada."))
            return redirect("home" if by_link else "accounts:own")
    key = session_file.mark(request.session.session_key or "")
    context = {
        "form": form,
        "by_link": by_link,
        "role": ROLE_WORDS[Role(user.role)],
        "person": user,
        "inside": fully_in(request),
        "factors": factors.of(user),
        "codes_left": factors.codes_left(user),
        "ask_passkey": _ask_passkey(user),
        "visits": [_seen(visit, key) for visit in sessions.open_sessions(user)],
        "travel": TravelForm(initial={"until": _today() + AWAY}),
    }
    return render(request, "accounts/own.html", context, status=status)


def _new_password(user: User, form: Form, first: bool) -> User:
    if form.cleaned_data["new"] != form.cleaned_data["again"]:
        raise InputRefused("account.password_mismatch")
    if not first:
        _right_password(user, form.cleaned_data["present"])
    return services.set_password(user, form.cleaned_data["new"])


def _right_password(user: User, password: str) -> None:
    try:
        services.authenticate(user.username, password)
    except InputRefused:
        raise InputRefused("account.password_wrong") from None


def freshly(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view is there within five minutes of the password or a factor; otherwise it is asked for again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if entering.fresh(request):
            return view(request, *args, **kwargs)
        return redirect("accounts:confirm")

    return guarded


@requires(Permission.OWN_ACCOUNT, early=True)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponseBase:
    """The password once more, before anything about the factors changes. Who has none yet sets one first."""
    user = acting(request)
    if not user.has_usable_password():
        return redirect("accounts:own")
    form = ConfirmForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _right_password(user, form.cleaned_data["password"])
        except (InputRefused, NotAllowed) as error:
            status = say(form, error)
        else:
            entering.renew(request, user)
            return redirect("accounts:factors")
    return render(request, "accounts/confirm.html", {"form": form}, status=status)


@requires(Permission.OWN_ACCOUNT, early=True)
def enrolment(request: HttpRequest) -> HttpResponseBase:
    """The second factors one has, and how to get one."""
    user = acting(request)
    if request.session.get(MAY_SET_PASSWORD):
        return redirect("accounts:own")
    context = {
        "factors": factors.of(user),
        "codes_left": factors.codes_left(user),
        "ask_passkey": _ask_passkey(user),
        "inside": fully_in(request),
    }
    return render(request, "accounts/factors.html", context)


@requires(Permission.OWN_ACCOUNT, early=True)
@require_http_methods(["GET", "POST"])
@freshly
def application(request: HttpRequest) -> HttpResponseBase:
    """An authenticator application: its secret as QR code, link and letters, until a code confirms it."""
    user = acting(request)
    secret = request.session.get(SECRET)
    if not secret:
        secret = request.session[SECRET] = factors.new_secret()
    form = CodeForm(request.POST or None)
    form.fields["code"].label = _("El código de seis cifras que muestra la aplicación")
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            codes = factors.set_up_codes(user, secret, form.cleaned_data["code"])
        except (InputRefused, NotAllowed) as error:
            status = say(form, error)
        else:
            return _added(request, user, Kind.CODE, codes)
    address = factors.address(user, secret, ISSUER)
    context = {
        "form": form,
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#1d1b18"),
        "address": address,
        "letters": [secret[at : at + 4] for at in range(0, len(secret), 4)],
        "replaces": any(factor.type == Kind.CODE for factor in factors.of(user)),
    }
    return render(request, "accounts/application.html", context, status=status)


@requires(Permission.OWN_ACCOUNT, early=True)
@require_http_methods(["GET", "POST"])
@freshly
def passkey(request: HttpRequest) -> HttpResponseBase:
    """A passkey, made by the browser with the telephone's own lock or a key on a stick."""
    user = acting(request)
    form = PasskeyForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        state = request.session.pop(CEREMONY, None) or {}
        try:
            codes = passkeys.add(
                user, origin(request), state, request.POST.get("answer", ""), form.cleaned_data["name"]
            )
        except InputRefused as error:
            status = say(form, error)
        else:
            return _added(request, user, Kind.PASSKEY, codes)
    options, request.session[CEREMONY] = passkeys.begin_adding(user, origin(request))
    context = {"form": form, "options": json.dumps(options)}
    return render(request, "accounts/passkey.html", context, status=status)


@requires(Permission.OWN_ACCOUNT, early=True)
@require_POST
@freshly
def new_codes(request: HttpRequest) -> HttpResponseBase:
    """Ten new recovery codes in the answer itself: they cannot be shown again."""
    user = acting(request)
    if not factors.has_any(user):
        return redirect("accounts:factors")
    codes = factors.new_codes(user)
    entering.renew(request, user)
    return render(request, "accounts/codes.html", {"codes": _grouped(codes), "first": False})


@requires(Permission.OWN_ACCOUNT)
@require_POST
@freshly
def remove_factor(request: HttpRequest) -> HttpResponseBase:
    user = acting(request)
    try:
        factors.remove(user, request.POST.get("factor", ""), needed=not settings.CONSTANCIA_DEMONSTRATION)
    except InputRefused as error:
        messages.error(request, words(error))
        return redirect("accounts:factors")
    entering.renew(request, user)
    messages.success(request, _("Se quitó. Sus otras sesiones se cerraron."))
    return redirect("accounts:factors")


@requires(Permission.OWN_ACCOUNT)
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponseBase:
    """Ends one of one's own sessions, or all others."""
    user, mark = acting(request), request.POST.get("session", "")
    if mark:
        sessions.end_one(user, mark)
        messages.success(request, _("La sesión quedó cerrada."))
    else:
        sessions.end_others(user, request.session.session_key or "")
        messages.success(request, _("Sus otras sesiones quedaron cerradas."))
    return redirect("accounts:own")


@requires(Permission.OWN_ACCOUNT, early=True)
@require_POST
def begin_travel(request: HttpRequest) -> HttpResponseBase:
    """Switches one's own account off. The answer is the last page it gives."""
    user, form = acting(request), TravelForm(request.POST)
    if not form.is_valid():
        raise InputRefused("account.travel_until")
    away = travel.begin(user, user, form.cleaned_data["until"], _today())
    logout(request)
    response = render(request, "accounts/away.html", {"until": away.away_until})
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _added(request: HttpRequest, user: User, kind: Kind, codes: list[str]) -> HttpResponseBase:
    """A new session for the page at hand, and the recovery codes if they are the first."""
    entering.renew(request, user, factor=kind.value)
    if codes:
        return render(request, "accounts/codes.html", {"codes": _grouped(codes), "first": True})
    messages.success(request, _("Quedó añadido. Sus otras sesiones se cerraron."))
    return redirect(reverse("accounts:factors"))


def _ask_passkey(user: User) -> bool:
    """Whether this role is asked for a passkey and has none."""
    kinds = {factor.type for factor in factors.of(user)}
    return Role(user.role) in ASKED_FOR_A_PASSKEY and Kind.PASSKEY not in kinds


def _grouped(codes: list[str]) -> list[str]:
    return [" ".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


def _seen(visit: session_file.Visit, present: str) -> dict[str, Any]:
    return {
        "mark": visit.mark,
        "began": clock.instant(visit.began),
        "seen": clock.instant(visit.seen),
        "browser": visit.browser,
        "here": visit.mark == present,
    }


def _today() -> Any:
    return clock.now().astimezone(ZoneInfo(settings.CONSTANCIA_ZONE)).date()
