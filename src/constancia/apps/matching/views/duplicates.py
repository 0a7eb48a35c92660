"""The queue of probable duplicates: two people side by side, and what a person judges."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.figures.views.asking import page_of
from constancia.apps.matching.duplicates import queries, services
from constancia.apps.matching.duplicates.comparing import Row, rows
from constancia.apps.matching.duplicates.queries import Shelf, Suggestion
from constancia.apps.register import queries as register
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.vocabulary.terms import IdentityVerdict
from constancia.infra.spoken import language

SHELVES = {"dudas": Shelf.UNSURE, "contradicciones": Shelf.CONTRADICTED}
"""The shelves by their name in the address; without one it is the queue of what nobody has looked at."""
REASON = 1000


@dataclass(frozen=True, slots=True)
class Card:
    """A suggestion as the page shows it. `error`: why what was sent was refused, beside what was sent."""

    pair: Suggestion
    rows: list[Row]
    error: str = ""
    verdict: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was sent for two people, and why it was not recorded."""

    codes: frozenset[str]
    error: str
    verdict: str
    reason: str


@requires(Permission.CASE_REVIEW)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The likeliest pairs first; `lista` chooses the doubts or the contradictions."""
    return _page(request, acting(request), request.GET.get("lista", ""), page_of(request))


@requires(Permission.CASE_REVIEW)
@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """What was judged and holds, the last first, each with a way back."""
    return render(request, "matching/duplicates_latest.html", {"lines": queries.latest(acting(request))})


@requires(Permission.CASE_REVIEW)
@require_POST
def judge(request: HttpRequest, code: str) -> HttpResponseBase:
    """The verdict on the case called `code` and `other`; refused, the page comes back with what was sent."""
    user = acting(request)
    one = register.anchor(user, code).code
    shelf, other = request.POST.get("lista", ""), request.POST.get("other", "")[:40]
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")[:REASON]
    try:
        if verdict not in set(IdentityVerdict):
            raise InputRefused("identity.needs_verdict")
        fact = services.judge(user, one, other, IdentityVerdict(verdict), reason)
    except InputRefused as error:
        told = explain(error, language())
        refused = _Refused(frozenset((one, other)), told, verdict, reason)
        return _page(request, user, shelf, 1, refused)
    except NotFound as error:
        messages.error(request, explain(error, language()))
        return redirect(_address(shelf))
    messages.success(request, _said(IdentityVerdict(verdict)) % {"one": one, "other": other, "fact": fact})
    request.session[LAST] = fact
    return redirect(_address(shelf) + "#decidir")


LAST = "duplicates.last"
"""The fact that the user recorded last here: the page offers to undo it."""


@requires(Permission.CASE_REVIEW)
@require_POST
def undo(request: HttpRequest, seq: int) -> HttpResponseBase:
    """Takes a judgement back; figures count the two apart again from now on."""
    user = acting(request)
    register.fact(user, seq)
    try:
        services.undo(user, seq, request.POST.get("reason", "")[:REASON])
    except (InputRefused, NotFound) as error:
        messages.error(request, explain(error, language()))
    else:
        messages.success(
            request, _("El juicio quedó deshecho: desde ahora es como si nadie lo hubiera dicho.")
        )
    if request.session.get(LAST) == seq:
        del request.session[LAST]
    latest_ = request.POST.get("back") == "decididos"
    return redirect(reverse("duplicates:latest") if latest_ else reverse("duplicates:queue") + "#decidir")


def _page(
    request: HttpRequest, user: User, name: str, page: int, refused: _Refused | None = None
) -> HttpResponse:
    shelf = SHELVES.get(name, Shelf.OPEN)
    found = queries.queue(user, shelf, page)
    cards = [_card(pair, refused) for pair in found.suggestions]
    if refused and not any(card.error for card in cards):
        messages.error(request, refused.error)
    context = {
        "queue": found,
        "cards": cards,
        "shelf": shelf.value,
        "name": name if name in SHELVES else "",
        "counts": {one.value: count for one, count in found.counts.items()},
        "verdicts": [verdict.value for verdict in IdentityVerdict],
        "last": request.session.get(LAST),
    }
    return render(request, "matching/duplicates.html", context, status=400 if refused else 200)


def _card(pair: Suggestion, refused: _Refused | None) -> Card:
    told = rows(pair)
    if refused is None or refused.codes != {pair.one.code, pair.other.code}:
        return Card(pair, told)
    return Card(pair, told, refused.error, refused.verdict, refused.reason)


def _address(name: str) -> str:
    return reverse("duplicates:queue") + (f"?lista={name}" if name in SHELVES else "")


def _said(verdict: IdentityVerdict) -> str:
    return {
        IdentityVerdict.SAME: _(
            "%(one)s y %(other)s cuentan desde ahora como una sola persona (juicio n.º %(fact)s)."
        ),
        IdentityVerdict.DIFFERENT: _(
            "%(one)s y %(other)s son personas distintas: no se volverá a preguntar (juicio n.º %(fact)s)."
        ),
        IdentityVerdict.UNSURE: _("%(one)s y %(other)s pasan a la lista de dudas (juicio n.º %(fact)s)."),
    }[verdict]
