"""The people of the house: who they are, what they may do, and letting them in again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts import factors, queries, services, sessions, travel
from constancia.apps.accounts.entering import BACKEND
from constancia.apps.accounts.forms import ROLE_WORDS, NewPersonForm, RoleForm
from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.accounts.views_door import say, words
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.domain.vocabulary.states import state_label
from constancia.domain.vocabulary.terms import Role
from constancia.infra.spoken import language

__all__ = ["BACKEND"]


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
            say(form, error)
        except NotAllowed as error:
            return _asked(request, error)
        else:
            return _show_link(request, user)
    return render(request, "accounts/add.html", {"form": form})


@requires(Permission.PEOPLE_MANAGE)
def person(request: HttpRequest, username: str) -> HttpResponse:
    """One person: role, regions, and what they were allowed over time."""
    user = queries.person(acting(request), username)
    start = {"role": user.role, "regions": ", ".join(map(state_name, user.regions or ()))}
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
            say(form, error)
        except NotAllowed as error:
            return _asked(request, error)
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
        messages.error(request, words(error))
    except NotAllowed as error:
        return _asked(request, error)
    return redirect("accounts:person", username=user.username)


@requires(Permission.PEOPLE_MANAGE)
@require_POST
def new_link(request: HttpRequest, username: str) -> HttpResponse:
    return _show_link(request, queries.person(acting(request), username))


@requires(Permission.PEOPLE_MANAGE)
@require_POST
def reset_factors(request: HttpRequest, username: str) -> HttpResponse:
    """A link that takes the second factors away when its person uses it; never for oneself."""
    user = queries.person(acting(request), username)
    try:
        return _show_link(request, user, resets_factors=True)
    except (InputRefused, NotAllowed) as error:
        messages.error(request, words(error))
    return redirect("accounts:person", username=user.username)


@requires(Permission.PEOPLE_MANAGE)
@require_POST
def end_sessions(request: HttpRequest, username: str) -> HttpResponse:
    """Ends every session of somebody whose telephone or laptop is in other hands."""
    user = queries.person(acting(request), username)
    count = sessions.end_all(acting(request), user)
    messages.success(request, _("Sesiones cerradas: %(count)s.") % {"count": count})
    return redirect("accounts:person", username=user.username)


@requires(Permission.PEOPLE_MANAGE)
@require_POST
def end_travel(request: HttpRequest, username: str) -> HttpResponse:
    """Lets somebody in again who came back."""
    user = queries.person(acting(request), username)
    try:
        travel.end(acting(request), user)
    except NotAllowed as error:
        messages.error(request, words(error))
    return redirect("accounts:person", username=user.username)


def _asked(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    """To the request that a second person has to answer. Any other refusal is what it was."""
    if "number" not in error.params:
        raise error
    messages.info(request, words(error))
    return redirect("approvals:request", approval=error.params["number"])


def _show_link(request: HttpRequest, user: User, *, resets_factors: bool = False) -> HttpResponse:
    """Shows the link in the answer itself: it is kept nowhere, and cannot be shown again."""
    token = services.issue_link(acting(request), user, resets_factors=resets_factors)
    address = request.build_absolute_uri(reverse("accounts:link", args=[token]))
    return render(
        request, "accounts/new_link.html", {"person": user, "address": address, "resets": resets_factors}
    )


def _person_page(request: HttpRequest, user: User, form: RoleForm) -> HttpResponse:
    changes = [(change, ROLE_WORDS[Role(change.role)]) for change in queries.history(acting(request), user)]
    context = {
        "person": user,
        "form": form,
        "changes": changes,
        "role": ROLE_WORDS[Role(user.role)],
        "factors": factors.of(user),
        "oneself": user.pk == acting(request).pk,
    }
    return render(request, "accounts/person.html", context, status=400 if form.errors else 200)


def state_name(code: str) -> str:
    """The name of a region as people write it."""
    return state_label(code, language())
