"""Saying a claim better than the reader did, and adding one that it did not see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims import queries, services, wording
from constancia.apps.claims.forms import ClaimForm
from constancia.apps.claims.presenting import claimants, reading
from constancia.apps.claims.queries import ClaimLine, DocumentPage
from constancia.apps.claims.standing import Standing
from constancia.apps.claims.views.reading import answer, is_htmx, seen
from constancia.domain.catalogue import explain
from constancia.domain.claims.claim import ARTICLE, Claim
from constancia.domain.claims.claimants import claimants as known_claimants
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import ClaimUnit, Qualifier, Said
from constancia.infra.spoken import language


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, claim: int) -> HttpResponseBase:
    """Puts a better claim in the place of this one, and confirms it."""
    user = acting(request)
    line = queries.claim(user, claim)
    page = queries.document(user, line.document, compared=False)
    form = ClaimForm(page.text, line.claim, request.POST or None, number=claim)
    told = seen(request)

    def keep(better: Claim, note: str) -> int:
        return services.correct(user, claim, better, note=note, seen=told)

    return _worked(request, page, form, keep, {"line": line, "better": _better(page, line)})


def _better(page: DocumentPage, line: ClaimLine) -> ClaimLine | None:
    """What was put in the place of a claim, if anything was."""
    if line.standing is not Standing.CORRECTED:
        return None
    place = reading(page).place(line.number)
    return next(one for one in page.claims if one.number == place)


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, document: int) -> HttpResponseBase:
    """A claim that stands in the text and that nobody proposed; confirmed by being entered."""
    user = acting(request)
    page = queries.document(user, document, compared=False)
    last = next((line for line in reversed(page.claims) if line.proposed_by == "person"), None)
    start: dict[str, Any] = {
        "qualifier": Qualifier.EXACT.value,
        "unit": ClaimUnit.PERSONS.value,
        "about": Said.HELD.value,
        "claimant": wording.claimant(last.claim.claimant if last else ARTICLE),
    }
    form = ClaimForm(page.text, None, request.POST or None, initial=start)

    def keep(new: Claim, note: str) -> int:
        return services.add_claim(user, document, new, note=note)

    return _worked(request, page, form, keep, {})


def _worked(
    request: HttpRequest,
    page: DocumentPage,
    form: ClaimForm,
    keep: Callable[[Claim, str], int],
    more: dict[str, Any],
) -> HttpResponseBase:
    user, document = acting(request), page.line.number
    if request.method == "POST" and form.is_valid():
        try:
            number = keep(form.claim(), form.cleaned_data["note"])
        except InputRefused as error:
            _say(form, error)
        else:
            if is_htmx(request):
                read = reading(queries.document(user, document, compared=False))
                return answer(request, read, number, whole=True)
            return redirect(f"{reverse('claims:document', kwargs={'document': document})}#c{number}")
    named = [*queries.claimants_named(user), *(one.name for one in known_claimants().values())]
    context = {"form": form, "page": page, "claimants": claimants(page.claims, named), **more}
    if is_htmx(request):
        return render(request, "claims/claim_form.html", context)
    return _page(request, context, form)


def _page(request: HttpRequest, context: dict[str, Any], form: ClaimForm) -> HttpResponse:
    context["reading"] = reading(context["page"])
    return render(request, "claims/claim.html", context, status=400 if form.errors else 200)


def _say(form: ClaimForm, error: InputRefused) -> None:
    fields = {
        "claim.quote": "quote",
        "claim.quote_not_found": "quote",
        "claim.number": "value",
        "claim.claimant": "claimant",
        "claim.period": "period_start",
    }
    form.add_error(fields.get(error.code), explain(error, language()))
