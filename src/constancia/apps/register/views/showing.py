"""The case file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.register import queries


@requires(Permission.CASE_BROWSE)
@require_GET
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One case as of a day, as known on a day."""
    found = queries.anchor(acting(request), code)
    return render(request, "register/case.html", {"case": found})
