"""The trail as pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.ledger.queries import trail_checking
from constancia.apps.register import wording as terms
from constancia.apps.register.policy import zone
from constancia.apps.trail import monthly, queries, wording
from constancia.apps.trail.forms import WantedForm
from constancia.apps.trail.queries import EventLine, TrailPage, Wanted
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.vocabulary.deeds import Outcome
from constancia.infra import clock
from constancia.infra.spoken import language

MONTH = re.compile(r"(2[01][0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Item:
    """An event as the page words it."""

    line: EventLine
    deed: str
    said: str
    refused: bool


@requires(Permission.TRAIL_READ)
@require_http_methods(["GET", "POST"])
def events(request: HttpRequest) -> HttpResponse:
    """What was done, the latest first, and whether the chain holds."""
    user = acting(request)
    form = WantedForm(request.POST or None, actors=queries.actors(user))
    wanted = form.wanted() if request.method == "POST" and form.is_valid() else Wanted()
    try:
        found = queries.events(user, wanted, _number(request.POST.get("page")))
    except (InputRefused, NotFound) as error:
        form.add_error(None, explain(error, language()))
        found = TrailPage((), 1, False)
    context = {
        "form": form,
        "found": found,
        "items": _items(found),
        "asked": wanted != Wanted(),
        "same_as": wanted.same_as,
        "checked": trail_checking.check_trail(whole="comprobar" in request.GET),
        "whole": "comprobar" in request.GET,
    }
    return render(request, "trail/events.html", context, status=400 if form.errors else 200)


@requires(Permission.OWN_ACCOUNT)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What oneself did, as whoever watches sees it."""
    found = queries.own(acting(request), _number(request.GET.get("p")))
    return render(request, "trail/own.html", {"found": found, "items": _items(found)})


@requires(Permission.TRAIL_READ)
@require_GET
def openings(request: HttpRequest) -> HttpResponse:
    """The openings of a month by user, the unusual first."""
    month = _month(request.GET.get("mes", ""))
    told = [
        (
            one,
            terms.term("Role", one.role),
            [(terms.term("Deed", deed), n) for deed, n in one.deeds.items()],
            [(terms.term("OpeningReason", reason), n) for reason, n in one.reasons.items()],
        )
        for one in monthly.openings_of(acting(request), month)
    ]
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return render(request, "trail/openings.html", {"told": told, "month": month, "before": before})


def _items(found: TrailPage) -> list[Item]:
    return [
        Item(line, terms.term("Deed", line.deed), wording.said(line.said), line.outcome is Outcome.REFUSED)
        for line in found.lines
    ]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


def _month(text: str) -> date:
    """The month asked for as 2026-11; this one where that is none."""
    found = MONTH.fullmatch(text)
    if found:
        return date(int(found[1]), int(found[2]), 1)
    return clock.now().astimezone(zone()).date().replace(day=1)
