"""What follows if the confirmed claims are all true, and which of them cannot be."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims import ladder, queries, reconciling
from constancia.apps.claims.forms_comparing import ReconcileForm
from constancia.apps.figures import queries as figures
from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.claimants import ORGANISATION, claimants, printed
from constancia.domain.claims.reconcile.assertion import TOLERANCE
from constancia.infra.spoken import language


@requires(Permission.CLAIMS_READ)
@require_GET
def reconcile(request: HttpRequest) -> HttpResponse:
    """Without parameters: every claimant by itself."""
    user = acting(request)
    lines = queries.confirmed(user)
    who = {line.claimant_key: _named(line) for line in lines if line.claimant_key != ARTICLE}
    form = ReconcileForm(request.GET or None, claimants=sorted(who.items(), key=lambda pair: pair[1]))
    given = form.cleaned_data if form.is_valid() else {}
    margin = given.get("margen")
    found = reconciling.report_shape(
        user,
        given.get("conocido"),
        [given["quien"]] if given.get("quien") else (),
        bool(given.get("nuestras")),
        TOLERANCE if margin is None else margin / 100,
        bool(given.get("juntas")),
        language(),
    )
    documents = {str(line.number): line.document for line in lines}
    quotes = {str(line.number): line.claim.quote for line in lines}
    follows = [_bound(one, found, documents) for one in found["bounds"]]
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "percent": round(100 * found["tolerance"]),
        "known_at": given.get("conocido") or figures.today(),
        "conflicts": [_conflict(one, found, documents) for one in found["conflicts"]],
        "follows": [one for one in follows if one["kind"] != "verified_between"],
        "between": [one for one in follows if one["kind"] == "verified_between"],
        "not_used": [
            {**one, "quote": quotes.get(one["id"], ""), "address": _address(one["id"], documents)}
            for one in found["not_used"]
        ],
        "assumed": [one for one in found["assertions"] if one["assumed"]],
    }
    return render(request, "claims/reconcile.html", context, status=400 if form.errors else 200)


def _named(line: queries.ClaimLine) -> str:
    """An organisation by its name; an office as its claim calls it, in the claim's language."""
    known = claimants().get(line.claimant_key)
    if known is not None and known.kind == ORGANISATION:
        return printed(line.claimant_key)
    return ladder.claimant_named(line.claim.claimant)


def _conflict(one: dict[str, Any], found: dict[str, Any], documents: dict[str, int]) -> dict[str, Any]:
    """A contradiction with its claims in words, each leading to where it was read."""
    return {**one, "claims": _told(one["claims"], found, documents), "repairs": one["repairs"][:3]}


def _bound(one: dict[str, Any], found: dict[str, Any], documents: dict[str, int]) -> dict[str, Any]:
    """What follows, with the claims that it follows from."""
    implied_by = dict.fromkeys([*one["lowest_claims"], *one["highest_claims"]])
    return {**one, "claims": _told(list(implied_by), found, documents)}


def _told(ids: list[str], found: dict[str, Any], documents: dict[str, int]) -> list[dict[str, str]]:
    words = {assertion["id"]: assertion["words"] for assertion in found["assertions"]}
    return [{"words": words[id], "address": _address(id, documents)} for id in ids]


def _address(number: str, documents: dict[str, int]) -> str:
    """The claim on its document's page; "" for a count of ours."""
    if number not in documents:
        return ""
    return f"{reverse('claims:document', kwargs={'document': documents[number]})}#c{number}"
