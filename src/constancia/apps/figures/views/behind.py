"""The people behind a number, for those who may see them: only cases that are theirs to open."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.figures import queries, wording
from constancia.apps.figures.forms import BalanceForm, BetweenForm
from constancia.apps.figures.present import present
from constancia.apps.figures.views.asking import asked_in, figure_form, page_of, query_without, sides_in
from constancia.apps.register.queries import lines_of
from constancia.domain.errors import InputRefused
from constancia.domain.figures.definition import definition
from constancia.infra.spoken import language

SIZE = 50
WHICH = {
    "value": "",
    "pending_in": later("entradas reportadas que esperan confirmación"),
    "pending_out": later("salidas reportadas que esperan confirmación"),
}
"""Whom a page may show of a figure: who is counted, or whose way in or out waits for confirmation."""


@requires(Permission.PEOPLE_BEHIND)
@require_GET
def counted(request: HttpRequest) -> HttpResponse:
    """Who is counted in a figure, in one category of a breakdown of it, or waits to be."""
    form = figure_form(request)
    if not form.is_valid():
        raise InputRefused("figure.asked")
    asked = asked_in(form)
    found = definition(asked.figure)
    category = request.GET.get("categoria", "")[:200]
    within = {asked.by: category} if asked.by and category else None
    which = request.GET.get("cuales", "value")
    if which not in WHICH:
        raise InputRefused("figure.asked")
    user = acting(request)
    wanted: dict[str, Any] = {
        "as_of": asked.as_of,
        "known_at": asked.known_at,
        "rule": asked.rule,
        "grade": asked.grade,
        "within": within,
        "start": asked.start if found.measure == "flow" else None,
        "which": which,
    }
    persons = queries.people_behind(user, asked.figure, **wanted)
    erased = queries.erased_behind(user, asked.figure, **wanted)
    title = found.title(language())
    if WHICH[which]:
        title += f", {WHICH[which]}"
    if within:
        title += f": {wording.category(asked.by, category).lower()}"
    back = f"{reverse('figures:explore')}?{query_without(request, 'categoria', 'cuales', 'p')}"
    return _page(request, persons, title, back, _("Cifras"), asked.as_of, asked.known_at, erased)


@requires(Permission.PEOPLE_BEHIND)
@require_GET
def moved(request: HttpRequest) -> HttpResponse:
    """Who stands behind one term of a balance."""
    sides = sides_in(BalanceForm(request.GET), present())
    side, _dot, cause = request.GET.get("causa", "").partition(".")
    if side not in ("in", "out"):
        raise InputRefused("figure.cause", cause=cause[:40])
    found = queries.explain(
        acting(request), (sides.since, None), (sides.as_of, sides.known_at), sides.rule, causes=(cause,)
    )
    persons = [one["person"] for one in found["people"] if one["side"] == side]
    title = wording.cause("in" if side == "in" else "out", cause)
    back = f"{reverse('figures:balance')}?{query_without(request, 'causa', 'p')}"
    return _page(request, persons, title, back, _("Balance"), sides.as_of, sides.known_at, found["erased"])


@requires(Permission.PEOPLE_BEHIND)
@require_GET
def between(request: HttpRequest) -> HttpResponse:
    """Whom one difference between two rules takes out of a count, or brings in."""
    form = BetweenForm(request.GET)
    if not form.is_valid():
        raise InputRefused("figure.asked")
    asked = form.cleaned_data
    as_of, known_at = asked["al"], asked["conocido"] or asked["al"]
    came, went = queries.people_between(
        acting(request), asked["regla"], asked["a"], asked["paso"], as_of, known_at
    )
    title = _("Personas que una regla cuenta y la otra no")
    back = (
        f"{reverse('figures:explore')}?{urlencode({'al': as_of, 'conocido': known_at, 'regla': asked['a']})}"
    )
    return _page(request, came + went, title, back, _("Cifras"), as_of, known_at)


def _page(
    request: HttpRequest,
    persons: list[int],
    title: str,
    back: str,
    back_words: str,
    as_of: date,
    known_at: date,
    erased: int = 0,
) -> HttpResponse:
    page = page_of(request)
    start = (page - 1) * SIZE
    context: dict[str, Any] = {
        "title": title,
        "back": back,
        "back_words": back_words,
        "total": len(persons),
        "erased": erased,
        "lines": lines_of(acting(request), persons[start : start + SIZE], "behind"),
        "page": page,
        "more": len(persons) > start + SIZE,
        "query": query_without(request, "p"),
        "as_of": as_of,
        "known_at": known_at,
    }
    return render(request, "figures/behind.html", context)
