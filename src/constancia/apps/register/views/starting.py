"""A new case: first whether the register already holds the person, then what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.register import queries, services
from constancia.apps.register.forms import NewCaseForm
from constancia.apps.register.mentioning import mentioned
from constancia.apps.register.policy import zone
from constancia.apps.register.queries import Alike
from constancia.apps.register.views.errors import say
from constancia.domain.errors import DateRefused, InputRefused
from constancia.domain.matching.shapes import Mention
from constancia.infra import clock

SHORTEST = 3
"""Characters of a name before anybody is looked for."""


@requires(Permission.CASE_RECORD)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Records after the person saw whom the register may already hold, and said that it is nobody of them."""
    user = acting(request)
    started = "prefill" in request.POST  # sent from another page: a name stands in no address
    form = NewCaseForm(initial=request.POST.dict()) if started else NewCaseForm(request.POST or None)
    alike: list[Alike] = []
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen") == "yes"
        alike = [] if seen else _alike(user, request.POST, queries.to_be_asked_about)
        if not alike:
            try:
                person = services.new_case(user, facts=form.facts(), source=form.source())
            except DateRefused as error:
                say(form, error, "when")
            except InputRefused as error:
                say(form, error)
            else:
                return _recorded(request, user, person.code)
    status = 400 if form.errors else 200
    return render(request, "register/new.html", {"form": form, "alike": alike}, status=status)


@requires(Permission.CASE_RECORD)
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """While somebody types a name: who of the register may be meant."""
    return render(
        request, "register/alike.html", {"alike": _alike(acting(request), request.POST, queries.alike)}
    )


def _alike(user: User, given: Mapping[str, str], ask: Callable[[User, Mention], list[Alike]]) -> list[Alike]:
    """Nobody is shown to those who do not browse: an answer would tell them who is in the register."""
    mention = mentioned(given, clock.now().astimezone(zone()).date())
    if not may(user, Permission.CASE_BROWSE) or len(mention.name) < SHORTEST:
        return []
    return ask(user, mention)


def _recorded(request: HttpRequest, user: User, code: str) -> HttpResponse:
    if may(user, Permission.CASE_BROWSE):
        messages.success(request, _("El caso quedó anotado con el código %(code)s.") % {"code": code})
        return redirect("register:case", code=code)
    messages.success(
        request, _("Quedó anotado con el código %(code)s. La mesa lo revisará.") % {"code": code}
    )
    return redirect("register:new")
