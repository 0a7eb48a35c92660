"""Signing in and out, one's own account, and the people of the house."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts import queries, services
from constancia.apps.accounts.forms import ROLE_WORDS, NewPersonForm, PasswordForm, RoleForm, SignInForm
from constancia.apps.accounts.middleware import BEGAN, SEEN
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, public, requires
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError, InputRefused, NotAllowed, NotFound
from constancia.domain.vocabulary.states import state_label
from constancia.domain.vocabulary.terms import Role
from constancia.infra import clock
from constancia.infra.spoken import language

BACKEND = "constancia.apps.accounts.backend.HouseBackend"
MAY_SET_PASSWORD = "sets_password"


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
            _say(form, error)
            status = 429 if isinstance(error, NotAllowed) else 400
        else:
            _enter(request, user)
            return redirect(_inside(request, wanted))
    context = {"form": form, "next": wanted, "ended": request.GET.get("sesion", "")}
    return render(request, "accounts/sign_in.html", context, status=status)


@public
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link. Opening it asks; only the button uses it up, so that a preview does not."""
    if request.method == "GET":
        return render(request, "accounts/link.html")
    try:
        used = services.redeem_link(token)
    except NotFound as error:
        return render(request, "accounts/link.html", {"error": _words(error)}, status=404)
    _enter(request, used.user)
    if used.sets_password:
        request.session[MAY_SET_PASSWORD] = True
        return redirect("accounts:own")
    return redirect("home")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session and asks the browser to forget what it kept."""
    logout(request)
    response = redirect("accounts:sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@requires(Permission.OWN_ACCOUNT)
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
            _say(form, error)
            status = 429 if isinstance(error, NotAllowed) else 400
        else:
            _enter(request, user)
            messages.success(request, _("La contraseña quedó cambiada."))
            return redirect("home" if by_link else "accounts:own")
    context = {"form": form, "by_link": by_link, "role": ROLE_WORDS[Role(user.role)], "person": user}
    return render(request, "accounts/own.html", context, status=status)


def _new_password(user: User, form: Form, first: bool) -> User:
    if form.cleaned_data["new"] != form.cleaned_data["again"]:
        raise InputRefused("account.password_mismatch")
    if not first:
        try:
            services.authenticate(user.username, form.cleaned_data["present"])
        except InputRefused:
            raise InputRefused("account.password_wrong") from None
    return services.set_password(user, form.cleaned_data["new"])


@requires(Permission.PEOPLE_MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of the house, with role and regions."""
    everybody = [(user, ROLE_WORDS[Role(user.role)]) for user in queries.people(acting(request))]
    return render(request, "accounts/people.html", {"people": everybody})


@requires(Permission.PEOPLE_MANAGE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new person, who gets in by the link shown once afterwards."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = services.create_user(
                acting(request),
                given["username"],
                given["display_name"],
                form.role_wanted(),
                form.regions_wanted(),
            )
        except InputRefused as error:
            _say(form, error)
        else:
            return _show_link(request, user)
    return render(request, "accounts/add.html", {"form": form})


@requires(Permission.PEOPLE_MANAGE)
def person(request: HttpRequest, username: str) -> HttpResponse:
    """One person: role, regions, and what they were allowed over time."""
    user = queries.person(acting(request), username)
    start = {"role": user.role, "regions": ", ".join(map(state_name, user.regions))}
    return _person_page(request, user, RoleForm(initial=start))


@requires(Permission.PEOPLE_MANAGE)
@require_POST
def change_role(request: HttpRequest, username: str) -> HttpResponse:
    user = queries.person(acting(request), username)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            services.set_role(acting(request), user, form.role_wanted(), form.regions_wanted())
        except InputRefused as error:
            _say(form, error)
        else:
            messages.success(request, _("El rol quedó cambiado."))
            return redirect("accounts:person", username=user.username)
    return _person_page(request, user, form)


@requires(Permission.PEOPLE_MANAGE)
@require_POST
def change_active(request: HttpRequest, username: str) -> HttpResponse:
    """Disables or enables, as the button says."""
    user = queries.person(acting(request), username)
    change = services.enable if request.POST.get("active") == "yes" else services.disable
    try:
        change(acting(request), user)
    except InputRefused as error:
        messages.error(request, _words(error))
    return redirect("accounts:person", username=user.username)


@requires(Permission.PEOPLE_MANAGE)
@require_POST
def new_link(request: HttpRequest, username: str) -> HttpResponse:
    return _show_link(request, queries.person(acting(request), username))


def _show_link(request: HttpRequest, user: User) -> HttpResponse:
    """Shows the link in the answer itself: it is kept nowhere, and cannot be shown again."""
    token = services.issue_link(acting(request), user)
    address = request.build_absolute_uri(reverse("accounts:link", args=[token]))
    return render(request, "accounts/new_link.html", {"person": user, "address": address})


def _person_page(request: HttpRequest, user: User, form: RoleForm) -> HttpResponse:
    changes = [(change, ROLE_WORDS[Role(change.role)]) for change in queries.history(acting(request), user)]
    context = {"person": user, "form": form, "changes": changes, "role": ROLE_WORDS[Role(user.role)]}
    return render(request, "accounts/person.html", context, status=400 if form.errors else 200)


def _enter(request: HttpRequest, user: User) -> None:
    """A fresh session, with the two times that limit it."""
    login(request, user, backend=BACKEND)
    request.session.pop(MAY_SET_PASSWORD, None)
    request.session[BEGAN] = request.session[SEEN] = clock.now().timestamp()


def _inside(request: HttpRequest, wanted: str) -> str:
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and safe else reverse("home")


def state_name(code: str) -> str:
    """The name of a region as people write it."""
    return state_label(code, language())


def _words(error: ConstanciaError) -> str:
    return explain(error, language())


def _say(form: Form, error: ConstanciaError) -> None:
    """Puts the error's sentence above the form."""
    form.add_error(None, _words(error))
