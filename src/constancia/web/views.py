"""The front door: where one lands, the language one reads in, and what is said when something fails."""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.views.decorators.http import require_POST

from constancia.apps.accounts.permissions import Permission, public, requires
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError
from constancia.domain.language import language as known_language
from constancia.infra import reserve
from constancia.web import refusals
from constancia.web.context import page

LANGUAGE_YEAR = 365 * 24 * 3600


@requires(Permission.OWN_ACCOUNT)
def home(request: HttpRequest) -> HttpResponseBase:
    """Sends each to the first room they may enter: the balance, or for a volunteer the new case."""
    rooms = page(request)["rooms"]
    return redirect(rooms[0]["address"] if rooms else "accounts:own")


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language in a cookie and goes back to the page it was chosen on."""
    wanted = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        wanted = "/"
    response = HttpResponseRedirect(wanted)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        known_language(request.POST.get("language")),
        max_age=LANGUAGE_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer for what does not exist and for what is not yours."""
    return render(request, "web/404.html", status=404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A permission refused outside the declared ones: said as if it did not exist."""
    return not_there(request)


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from this site, or was left open too long."""
    refusals.note_forged(request)
    return render(request, "web/csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own failure: in the words of the house where it has some (a damaged store, a full disk).

    Renders without the database, for it may be what failed.
    """
    problem, spoken = sys.exception(), known_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    if problem is not None and not isinstance(problem, ConstanciaError):
        problem = reserve.eased(problem)
    sentence = explain(problem, spoken) if problem is not None else ""
    with override(spoken):
        return render(None, "web/500.html", {"sentence": sentence}, status=500)
