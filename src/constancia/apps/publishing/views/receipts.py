"""A family's receipt on screen, to be looked at, written down or printed: nothing on it says whose it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.publishing import queries
from constancia.apps.publishing.telling_cases import counted_words
from constancia.apps.register.queries import anchor
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.infra.spoken import language


@requires(Permission.CASE_BROWSE)
@require_POST
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipts of a case in a built edition: `edicion` by its number, else the newest. By POST alone, so
    that it is in no history and under no link."""
    user = acting(request)
    anchor(user, code)
    built = [line for line in queries.editions(user) if line.built]
    asked = request.POST.get("edicion", "")
    chosen = next((line for line in built if not asked or str(line.number) == asked), None)
    if asked and chosen is None:
        raise NotFound("edition.not_found")
    context: dict[str, Any] = {"code": code, "editions": built, "chosen": chosen, "receipts": ()}
    if chosen is not None:
        try:
            found = queries.receipts(user, code, chosen.number)
        except InputRefused as refused:
            context["refused"] = explain(refused, language())
        else:
            content = queries.edition(user, chosen.number).content
            context["receipts"] = [
                {
                    "rows": str(one.receipt).split("\n"),
                    "counted": bool(one.counted),
                    "cells": counted_words(content, one.counted),
                }
                for one in found
            ]
    return render(request, "publishing/receipt.html", context)
