"""The page of backups: when, how, whether they were checked. Nothing can be done from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from constancia.apps.accounts.permissions import Permission, requires
from constancia.apps.keeping import queries
from constancia.domain.catalogue import explain
from constancia.infra import clock, unlocked
from constancia.infra.spoken import language


@requires(Permission.PEOPLE_MANAGE)
@require_safe
def backups(request: HttpRequest) -> HttpResponse:
    """How the house stands with its backups."""
    found = queries.standing(unlocked.home(), clock.now())
    problems = [(one.code, explain(one, language())) for one in found.findings]
    return render(
        request, "keeping/backups.html", {"found": found, "state": found.state, "problems": problems}
    )
