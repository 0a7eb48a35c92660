"""The announcements, one of them with what came of it, and the people behind its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.claims import queries
from constancia.apps.claims.promising import CaseForm, KnownForm
from constancia.apps.claims.queries import AnnouncementLine, AnnouncementPage
from constancia.apps.claims.queries.lists import Outcome
from constancia.apps.figures import wording
from constancia.apps.figures.queries import default_rule, zone
from constancia.apps.figures.views.asking import page_of, query_without
from constancia.apps.register import queries as register
from constancia.apps.register.views.errors import say
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.figures.periods import instant_of, microseconds
from constancia.domain.figures.rule import rule
from constancia.domain.matching.shapes import Mention
from constancia.infra.spoken import language

SIZE = 50
NAMES = 6
"""Names shown at once: for each, the register is asked whom it may be."""
AFTER = timedelta(days=7)
"""Days drawn after the last change."""
MOST_ORDERS = 200
MOST_RELEASES, MOST_STEPS = 60, 60
"""Releases shown on the page itself, the latest ones; steps from which only the last of each day is shown."""
TOLD = 12
"""Steps that are told to somebody who does not see the chart; of more, the first and the last."""

OUTCOMES = {
    Outcome.UNDECIDED: later("sin decidir"),
    Outcome.RELEASED: later("en el registro: salieron, verificado"),
    Outcome.REPORTED: later("en el registro: salida reportada, por verificar"),
    Outcome.HELD: later("en el registro: siguen presas. Autorizado y no cumplido"),
    Outcome.ELSEWHERE: later("en el registro: fuera desde antes, o no se sabe"),
    Outcome.REPEATED: later("repetidos: la misma persona que otro nombre"),
    Outcome.OTHER_REASONS: later("detenidas por otras razones"),
    Outcome.NOT_IN_REGISTER: later("no están en el registro"),
    Outcome.STRUCK: later("tachados: no estaban en la lista, no cuentan"),
}
WHICH = {
    "verified": later("salidas verificadas"),
    "reported": later("salidas reportadas que esperan confirmación"),
    "by_hand": later("atribuidas por una persona"),
}


@requires(Permission.CLAIMS_READ)
@require_GET
def announcements(request: HttpRequest) -> HttpResponse:
    """All that stand, the latest first, each with a bar."""
    form = KnownForm(request.GET or None)
    known_at = form.known_at()
    user = acting(request)
    return render(
        request,
        "claims/announcements.html",
        {
            "lines": queries.announcements(user, known_at),
            "known_at": known_at,
            "form": form,
            "rule": _rule(),
            "may_work": may(user, Permission.CLAIMS_WORK),
            "withdrawn": queries.withdrawn_announcements(user, known_at),
        },
        status=400 if form.errors else 200,
    )


@requires(Permission.CLAIMS_READ)
@require_http_methods(["GET", "POST"])
def announcement(request: HttpRequest, announcement: int) -> HttpResponseBase:
    """One announcement: the promise, what came of it, the names of its list, its history.

    By POST, which changes nothing, with the case whose release somebody wants to attribute: no code of a case
    stands in this address.
    """
    user = acting(request)
    form = KnownForm(request.GET or None)
    known_at = form.known_at()
    try:
        page = queries.announcement(user, announcement, known_at)
    except NotFound as error:
        if error.code != "announcement.not_yet":
            raise
        messages.error(request, explain(error, language()))
        return redirect("claims:announcement", announcement=announcement)
    context: dict[str, Any] = {
        "page": page,
        "line": page.line,
        "traits": traits(page.line.filters),
        "known_at": known_at,
        "now": known_at is None,
        "form": form,
        "rule": _rule(),
        "people": may(user, Permission.PEOPLE_BEHIND),
        "may_work": may(user, Permission.CLAIMS_WORK) and known_at is None,
        "may_read_names": may(user, Permission.IDENTITY_READ),
    }
    if page.line.progress is not None:
        context |= _progress(page, known_at)
    if context["now"]:
        context["orders"] = _orders(user, page.line)
        context |= _attributing(request, user, context["may_work"])
    context |= _list(request, user, page, context["may_work"])
    return render(request, "claims/announcement.html", context, status=400 if form.errors else 200)


@requires(Permission.PEOPLE_BEHIND)
@require_GET
def people(request: HttpRequest, announcement: int) -> HttpResponse:
    """Who stands behind a number of an announcement, at a step of its line too."""
    user = acting(request)
    known_at = KnownForm(request.GET or None).known_at()
    which = request.GET.get("cuales", "verified")
    page = queries.announcement(user, announcement, known_at)
    at = _instant(request.GET.get("paso", ""))
    persons = queries.announced_people(user, announcement, known_at, at=at, which=which)
    shown = page_of(request)
    start = (shown - 1) * SIZE
    return render(
        request,
        "claims/announced_people.html",
        {
            "line": page.line,
            "title": WHICH[which],
            "total": len(persons),
            "lines": register.lines_of(user, persons[start : start + SIZE], "announced"),
            "page": shown,
            "more": len(persons) > start + SIZE,
            "query": query_without(request, "p"),
            "back": _back(announcement, known_at),
            "known_at": at or page.moment.known_at,
        },
    )


def _back(number: int, known_at: date | None) -> str:
    address = reverse("claims:announcement", args=[number])
    return f"{address}?conocido={known_at.isoformat()}" if known_at else address


def _instant(text: str) -> datetime | None:
    """The instant of a step as the address says it, in microseconds. Raises InputRefused."""
    if not text:
        return None
    try:
        return instant_of(int(text)) if text.isascii() and text.isdigit() and len(text) < 20 else _refuse()
    except OverflowError:
        return _refuse()


def _refuse() -> datetime:
    raise InputRefused("announcement.instant")


def _rule() -> str:
    return wording.own(rule(default_rule()).label)


def traits(filters: Mapping[str, str]) -> list[str]:
    """Of whom, as far as it is said in traits."""
    return [
        f"{_('País') if name == 'country' else wording.dimension(name)}: "
        f"{value if name == 'country' else wording.category(name, value)}"
        for name, value in filters.items()
    ]


def _progress(page: AnnouncementPage, known_at: date | None) -> dict[str, Any]:
    line, came = page.line, page.line.came
    steps = _by_day([(instant_of(step.known_at), step.verified) for step in came.steps])
    address = reverse("claims:people", args=[line.number])
    asked = f"conocido={known_at.isoformat()}&" if known_at else ""
    before = [0, *(number for _at, number in steps)]
    return {
        "came": came,
        "steps": [
            {
                "known_at": at,
                "verified": number,
                "change": number - before[order],
                "address": f"{address}?{asked}paso={microseconds(at)}",
            }
            for order, (at, number) in enumerate(steps)
        ],
        "chart": steps,
        "releases": page.releases[-MOST_RELEASES:],
        "span": _span(page, [at.astimezone(zone()).date() for at, _number in steps]),
        "title": _("Salidas verificadas, según se fueron conociendo"),
        "description": _description(steps),
        "behind": {which: f"{address}?{asked}cuales={which}" for which in WHICH},
    }


def _by_day(steps: list[tuple[datetime, int]]) -> list[tuple[datetime, int]]:
    """The steps, or where they are many the last of each day."""
    if len(steps) <= MOST_STEPS:
        return steps
    return list({at.astimezone(zone()).date(): (at, number) for at, number in steps}.values())


def _span(page: AnnouncementPage, days: list[date]) -> tuple[date, date]:
    """The days that the chart shows: from the announcement, or before, to a week after the last change."""
    line = page.line
    first = min([line.announced_on, line.window_start, *days])
    last = max([line.announced_on, *days, *([line.ends] if line.ends else [])]) + AFTER
    return first, max(first, *days, min(last, page.moment.day))


def _description(steps: list[tuple[datetime, int]]) -> str:
    """What somebody who does not see the chart is told of it."""
    if not steps:
        return _("Ninguna salida verificada hasta ahora.")
    numbers = [str(number) for _at, number in steps]
    if len(numbers) > TOLD:
        numbers = [*numbers[: TOLD - 1], "…", numbers[-1]]
    return _("Salidas verificadas en cada momento: %(numbers)s.") % {"numbers": ", ".join(numbers)}


def _orders(user: User, line: AnnouncementLine) -> list[Any]:
    """Release orders given since the promise that nobody has obeyed, among the cases of the user."""
    since = min(line.window_start, line.announced_on)
    return [(day, case) for day, case in register.due(user, MOST_ORDERS) if day >= since]


def _attributing(request: HttpRequest, user: User, may_work: bool) -> dict[str, Any]:
    """The case whose release somebody wants to attribute, and its releases."""
    if not may_work:
        return {}
    form = CaseForm(request.POST if request.POST.get("caso") else None)
    found: dict[str, Any] = {"case_form": form}
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["caso"]
        try:
            found |= {"case_releases": queries.case_releases(user, code), "case": register.anchor(user, code)}
        except NotFound as error:
            say(form, error, "caso")
    return found


def _list(request: HttpRequest, user: User, page: AnnouncementPage, may_work: bool) -> dict[str, Any]:
    """The groups of the list, and a few names of the one asked for."""
    if not page.listed:
        return {"groups": []}
    groups = [
        {
            "name": outcome.value,
            "words": words,
            "count": page.counts.by.get(outcome, 0),
            "counts": outcome is not Outcome.STRUCK,
        }
        for outcome, words in OUTCOMES.items()
    ]
    first = next((group["name"] for group in groups if group["count"]), Outcome.UNDECIDED.value)
    chosen = request.GET.get("grupo", "") or str(first)
    lines = [line for line in page.listed if line.outcome == chosen]
    shown = page_of(request)
    start = (shown - 1) * NAMES
    here = lines[start : start + NAMES]
    ask = [line for line in here if line.name] if may_work and chosen == Outcome.UNDECIDED else []
    near = dict(zip(ask, register.alike_each(user, [Mention(line.name) for line in ask]), strict=True))
    return {
        "groups": groups,
        "group": chosen,
        "group_words": OUTCOMES.get(Outcome(chosen)) if chosen in set(Outcome) else "",
        "names": [(line, near.get(line, ())) for line in here],
        "page_number": shown,
        "more": len(lines) > start + NAMES,
        "query": query_without(request, "p"),
    }
