"""The page on which a document's claims are read and decided, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims import queries, services
from constancia.apps.claims.presenting import Reading, reading
from constancia.apps.claims.standing import Standing
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import ClaimDecision
from constancia.infra.spoken import language

DEEDS: dict[str, Callable[..., None]] = {
    ClaimDecision.CONFIRM.value: services.confirm,
    ClaimDecision.REJECT.value: services.reject,
    ClaimDecision.RETRACT.value: services.retract,
}


@requires(Permission.CLAIMS_READ)
@require_GET
def document(request: HttpRequest, document: int) -> HttpResponse:
    """The text with what is quoted marked, beside the claims."""
    user = acting(request)
    read = reading(queries.document(user, document))
    return render(request, "claims/document.html", _context(user, read))


def _context(user: User, read: Reading) -> dict[str, Any]:
    """`next`: where there is nothing more to decide, the document that waits."""
    done = not read.counts[Standing.PROPOSED.value]
    following = queries.next_document(user, read.page.line.number) if done else None
    return {"reading": read, "page": read.page, "next": following}


@requires(Permission.CLAIMS_READ)
@require_GET
def claim(request: HttpRequest, claim: int) -> HttpResponseBase:
    """One claim's card, for a page that shows others; else the document where it stands."""
    user = acting(request)
    line = queries.claim(user, claim)
    if not is_htmx(request):
        return redirect(_at(line.document, claim))
    return answer(request, reading(queries.document(user, line.document, compared=False)), claim)


@requires(Permission.CLAIMS_WORK)
@require_POST
def decide(request: HttpRequest, claim: int) -> HttpResponseBase:
    """Confirms, rejects, or takes the decision back, as far as the reader saw what stands."""
    user = acting(request)
    line = queries.claim(user, claim)
    deed = DEEDS.get(request.POST.get("verdict", ""))
    problem = ""
    if deed is not None:
        try:
            deed(user, claim, seen=seen(request))
        except InputRefused as error:
            problem = explain(error, language())
    read = reading(queries.document(user, line.document, compared=False))
    if is_htmx(request):
        return answer(request, read, claim, whole=line.supersedes is not None, problem=problem)
    place = read.place(claim)
    if problem:
        messages.error(request, problem)
    stay = problem or deed is services.retract
    return redirect(_at(line.document, place if stay else read.following(place) or place))


def seen(request: HttpRequest) -> int | None:
    """The number of the last decision that the page showed, 0 for none; None where it does not say."""
    number = request.POST.get("seen", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None


@requires(Permission.CLAIMS_WORK)
@require_POST
def read_again(request: HttpRequest, document: int) -> HttpResponseBase:
    """Has the document read anew; proposes only what nobody has proposed."""
    try:
        new = services.read_again(acting(request), document)
    except InputRefused as error:
        messages.error(request, explain(error, language()))
        return redirect("claims:document", document=document)
    words = ngettext("Se propone %(count)s cifra más.", "Se proponen %(count)s cifras más.", new)
    messages.info(request, words % {"count": new} if new else _("Leído otra vez: nada nuevo."))
    return redirect("claims:document", document=document)


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", None))


def answer(
    request: HttpRequest, read: Reading, claim: int, *, whole: bool = False, problem: str = ""
) -> HttpResponse:
    """What has changed on the page: the claim's card (or all of them, where a correction moved others), the
    counts, and the lines of the text in which the quotation stands. `problem` stands on its card alone."""
    place = read.place(claim)
    card = read.card(claim)
    whole = whole or card is None
    changed = {block.start: block for block in (*read.upon(claim), *read.upon(place))}
    if card and card.corrects:
        changed |= {block.start: block for block in read.upon(card.corrects.number)}
    context = {
        **_context(acting(request), read),
        "card": card,
        "whole": whole,
        "changed": changed.values(),
        "problem": problem,
        "troubled": place,
    }
    response = render(request, "claims/changed.html", context)
    if whole:
        response["HX-Retarget"], response["HX-Reswap"] = "#cifras", "innerHTML settle:0ms"
    return response


def _at(document: int, claim: int) -> str:
    return f"{reverse('claims:document', kwargs={'document': document})}#c{claim}"
