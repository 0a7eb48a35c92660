"""Whether an edition still holds, and what differs from another edition or from what is known today."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.figures import wording as figures
from constancia.apps.publishing import presenting, queries, wording
from constancia.apps.publishing.queries import Explained
from constancia.apps.register.queries import lines_of
from constancia.domain.errors import NotFound

MOST = 500
"""People named on one page."""


@requires(Permission.EDITION_READ)
@require_GET
def verify(request: HttpRequest, edition: int) -> HttpResponse:
    """Every step of the verification, in words. What exactly differs is for those who work on editions."""
    user = acting(request)
    line = queries.edition(user, edition).line
    found = queries.verify(user, edition)
    works = may(user, Permission.EDITION_WORK)
    context = {
        "line": line,
        "steps": [
            {"words": wording.STEPS[one.name], "held": one.held, "details": one.details if works else ()}
            for one in found
        ],
        "holds": all(one.held is not False for one in found),
    }
    template = "publishing/verified.html" if request.htmx else "publishing/verify.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@requires(Permission.EDITION_READ)
@require_GET
def changes(request: HttpRequest, edition: int) -> HttpResponse:
    """From this edition to another (`con`, its number), or to what is known today of the same day."""
    user = acting(request)
    page = queries.edition(user, edition)
    others = [line for line in queries.editions(user) if line.number != edition]
    asked = request.GET.get("con", "")
    other = next((line.number for line in others if str(line.number) == asked), None)
    if asked and other is None:
        raise NotFound("edition.not_found")
    found = queries.explain(user, edition, other)
    people = may(user, Permission.PEOPLE_BEHIND)
    context: dict[str, Any] = {
        "line": page.line,
        "content": page.content,
        "others": others,
        "other": other,
        "found": found,
        "rows": presenting.balance_rows(
            found.balance, page.content.rule, found.known_at, found.as_of, people=False
        ),
        "people": people,
        "groups": _people(user, found) if people else [],
    }
    return render(request, "publishing/changes.html", context)


def _people(user: User, found: Explained) -> list[dict[str, Any]]:
    """Those whose case the user may open, by cause, as lines of the register."""
    moved = (found.people or [])[:MOST]
    lines = {line.pk: line for line in lines_of(user, [one["person"] for one in moved], "changes")}
    ordered = sorted(moved, key=_why)
    return [
        {
            "side": side,
            "words": figures.cause(side, cause),
            "kind": figures.kind(kind) if kind else "",
            "lines": [lines[one["person"]] for one in some if one["person"] in lines],
        }
        for (side, cause, kind), some in groupby(
            ordered, lambda one: (one["side"], one["cause"], one["kind"])
        )
    ]


def _why(moved: dict[str, Any]) -> tuple[str, str, str]:
    return moved["side"], moved["cause"], moved["kind"] or ""
