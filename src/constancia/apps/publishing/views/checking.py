"""The check of a draft, and the merging that it proposes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.views.drafting import check_aloud
from constancia.domain.catalogue import explain
from constancia.domain.disclosure.pattern import from_json
from constancia.domain.errors import InputRefused
from constancia.infra.spoken import language


@requires(Permission.EDITION_WORK)
@require_POST
def check(request: HttpRequest, draft: int) -> HttpResponse:
    """Freezes the draft and says what stands in the way."""
    user = acting(request)
    queries.draft(user, draft)
    check_aloud(request, user, draft)
    return redirect("publishing:draft", draft=draft)


@requires(Permission.EDITION_WORK)
@require_POST
def mend(request: HttpRequest, draft: int) -> HttpResponse:
    """Decides the merging that the last check proposed, and checks again."""
    user = acting(request)
    try:
        _mend(user, draft, request.POST.get("sha256", ""))
    except InputRefused as error:
        messages.error(request, explain(error, language()))
    else:
        check_aloud(request, user, draft)
    return redirect("publishing:draft", draft=draft)


def _mend(user: User, draft: int, digest: str) -> None:
    """`digest`: of the content whose check made the proposal that the person saw."""
    found = queries.draft(user, draft).check
    if found is None or found.sha256 != digest:
        raise InputRefused("edition.no_mending")
    for one in found.findings:
        if one["code"] == "mend":
            return services.decide_merges(user, draft, from_json(one["merges"]), one["withheld"])
    raise InputRefused("edition.no_mending")
