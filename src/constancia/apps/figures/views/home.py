"""The balance: the page that the day begins with."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.figures import queries, wording
from constancia.apps.figures.forms import BalanceForm
from constancia.apps.figures.marks import Mark, marks
from constancia.apps.figures.present import present
from constancia.apps.figures.remembered import remembered
from constancia.apps.figures.views.asking import Sides, behind, sides_in
from constancia.apps.register import queries as register
from constancia.domain.figures.definition import definition
from constancia.domain.figures.rule import rule as rule_named

SHOWN_DAYS = 60
DUE = 6
APART = ("under_measures", "full")
"""Ways out of prison that are stacked apart; the others make one stack together."""
QUIET = frozenset({"other", "not_known", "police", "dual"})
"""Categories that are left out of a pair while nobody stands in them."""


@requires(Permission.FIGURES_READ)
@require_GET
def balance(request: HttpRequest) -> HttpResponse:
    """Without parameters: held today, and what changed in a week."""
    user = acting(request)
    form = BalanceForm(request.GET or None)
    sides = sides_in(form, present())
    rule = rule_named(sides.rule)
    held = remembered(
        ("pairs", sides), lambda: queries.pairs(user, "held", sides.as_of, sides.known_at, sides.rule)
    )
    start = {"al": sides.as_of, "conocido": sides.known_at, "desde": sides.since, "regla": sides.rule}
    context = {
        "as_of": sides.as_of,
        "known_at": sides.known_at,
        "held": held,
        "change": _change(user, sides),
        "pairs": _pairs(held["pairs"], held["value"], sides),
        "behind": _addresses(sides) if may(user, Permission.PEOPLE_BEHIND) else {},
        "releases": _releases(user, sides, _marks(user, sides, form)),
        "trend": _trend(user, sides),
        "work": _work(user),
        "rule": {"label": wording.own(rule.label), "meaning": wording.own(rule.meaning)},
        "form": form if form.errors else BalanceForm(initial=start),
        "asked": bool(form.errors),
    }
    return render(request, "figures/balance.html", context)


def _change(user: User, sides: Sides) -> dict[str, Any]:
    found = remembered(
        ("balance", sides),
        lambda: queries.balance(user, sides.since, None, sides.as_of, sides.known_at, sides.rule),
        definition("held").entry_grade,
    )
    open_people = may(user, Permission.PEOPLE_BEHIND)
    terms = [
        *_terms("in", found["in"]["causes"], 1, sides, open_people),
        *_terms("out", found["out"]["causes"], -1, sides, open_people),
    ]
    opening, closing = found["opening"], found["closing"]
    return {
        "by": closing - opening,
        "since": sides.since,
        "opening": opening,
        "closing": closing,
        "terms": terms,
    }


def _terms(
    side: Literal["in", "out"], causes: dict[str, Any], sign: int, sides: Sides, open_people: bool
) -> list[dict[str, Any]]:
    return [
        {
            "words": wording.cause(side, cause),
            "value": sign * term["value"],
            "kinds": [{"words": wording.kind(kind), "value": value} for kind, value in term["by"].items()],
            "address": _behind(sides, f"{side}.{cause}") if open_people else "",
        }
        for cause, term in causes.items()
        if term["value"]
    ]


def _behind(sides: Sides, cause: str) -> str:
    """Where the people behind a term are shown."""
    return f"{reverse('figures:moved')}?{urlencode(sides.parameters | {'causa': cause})}"


def _addresses(sides: Sides) -> dict[str, str]:
    """Where the people behind the numbers of the headline and of the balance are shown."""
    return {
        "held": sides.held(),
        "opening": sides.opening,
        **{which: sides.held(cuales=which) for which in ("pending_in", "pending_out")},
    }


def _pairs(pairs: list[dict[str, Any]], total: int, sides: Sides) -> list[dict[str, Any]]:
    """The pairs whose parts are known of anybody; parts that nobody stands in are left out."""
    shown = []
    for pair in pairs:
        parts = [
            {
                "label": wording.category(pair["dimension"], part["category"]),
                "value": part["value"],
                "colour": colour,
                "address": sides.held(por=pair["dimension"], categoria=part["category"]),
            }
            for colour, part in _coloured(pair["categories"])
            if part["value"] or part["category"] not in QUIET
        ]
        unknown = sum(part["value"] for part in pair["categories"] if part["category"] == "not_known")
        if parts and unknown < total:
            shown.append({"title": wording.dimension(pair["dimension"]), "parts": parts})
    return shown


def _coloured(parts: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Each part with its colour; "not known" always has the palest."""
    return [(3 if part["category"] == "not_known" else order % 3, part) for order, part in enumerate(parts)]


def _marks(user: User, sides: Sides, form: BalanceForm) -> list[Mark]:
    """What was said on the days of the daily chart: as known at the balance's known time where one is asked
    for, else as known now."""
    known_at = sides.known_at if form.is_bound and form.data.get("conocido") else None
    return marks(user, _first_day(sides), sides.as_of, known_at)


def _first_day(sides: Sides) -> date:
    return sides.as_of - timedelta(days=SHOWN_DAYS - 1)


def _releases(user: User, sides: Sides, said: list[Mark]) -> dict[str, Any]:
    points = _daily(user, "released", sides, ("kind",))
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in (*APART, "")}
    for point in points:
        for kind, count in point["by"]["kind"].items():
            counts[kind if kind in APART else ""][point["as_of"]] += count["value"]
    days = [point["as_of"] for point in points]
    stacks: list[dict[str, Any]] = [
        {
            "label": wording.category("kind", kind) if kind else _("De otro modo"),
            "counts": [per_day[day] for day in days],
        }
        for kind, per_day in counts.items()
        if per_day.total() or kind
    ]
    total = sum(sum(stack["counts"]) for stack in stacks)
    return {
        "title": _("Salidas de prisión por día"),
        "description": _("%(total)s salidas en los últimos %(days)s días; el día con más tuvo %(most)s.")
        % {"total": total, "days": len(days), "most": max((point["value"] for point in points), default=0)},
        "days": days,
        "stacks": stacks,
        "marks": [{"day": mark.day, "words": f"{mark.who}: {mark.words}", "mark": mark} for mark in said],
        "rows": [
            {
                "day": day,
                "counts": [stack["counts"][index] for stack in stacks],
                "address": behind(
                    cifra="released", desde=day, al=day, conocido=sides.known_at, regla=sides.rule
                ),
            }
            for index, day in enumerate(days)
            if any(stack["counts"][index] for stack in stacks)
        ],
        "totals": [sum(stack["counts"]) for stack in stacks],
    }


def _trend(user: User, sides: Sides) -> list[dict[str, Any]]:
    """How many were held on each of the last days, all as known at the balance's known time."""
    return _daily(user, "held", sides, ())


def _daily(user: User, figure: str, sides: Sides, by: tuple[str, ...]) -> list[dict[str, Any]]:
    """The points of a daily series over the days that the page shows."""
    found = remembered(
        ("daily", figure, sides, by),
        lambda: queries.series(
            user, figure, _first_day(sides), sides.as_of, "daily", sides.known_at, sides.rule, by=by
        ),
        definition(figure).entry_grade,
    )
    points: list[dict[str, Any]] = found["series"]
    return points


def _work(user: User) -> dict[str, Any]:
    """What waits for this user; empty for those who only read figures."""
    if not may(user, Permission.CASE_BROWSE):
        return {}
    overdue: list[tuple[date, Any]] = register.due(user, DUE)
    ending: list[tuple[date, Any]] = register.consents_due(user, DUE)
    return {"waiting": register.waiting(user), "due": overdue, "ending": ending}
