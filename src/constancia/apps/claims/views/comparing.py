"""Everybody's figures side by side, and why two of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.claims import comparing, ladder
from constancia.apps.claims.forms_comparing import CompareForm
from constancia.apps.figures import queries as figures
from constancia.apps.figures import wording as figure_words
from constancia.apps.figures.present import present
from constancia.apps.figures.views.asking import behind
from constancia.domain.claims.comparable import day_of
from constancia.domain.figures.rule import rule as rule_named
from constancia.domain.vocabulary.terms import Said

CHART_DAYS = 92


@dataclass(frozen=True, slots=True)
class Asked:
    """`first` None: about one day."""

    about: Said
    last: date
    first: date | None
    known_at: date | None
    traits: dict[str, str]

    def parameters(self) -> list[tuple[str, str]]:
        """As the address says them."""
        return [
            ("que", self.about.value),
            ("al", self.last.isoformat()),
            ("desde", self.first.isoformat() if self.first else ""),
            ("conocido", self.known_at.isoformat() if self.known_at else ""),
            ("parte", ":".join(next(iter(self.traits.items()), ()))),
        ]


@requires(Permission.CLAIMS_READ)
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Without parameters: people held, on the last day of which anybody said something."""
    user = acting(request)
    form = CompareForm(request.GET or None)
    asked = _asked(user, form)
    found = comparing.compare(user, asked.about, asked.last, asked.first, asked.known_at, asked.traits)
    context: dict[str, Any] = {
        "form": form if form.errors else CompareForm(initial=dict(asked.parameters())),
        "asked": asked,
        "found": found,
        "known_at": asked.known_at or figures.today(),
        "rows": [_row(user, claim) for claim in found["claims"]],
        "period": asked.first is not None,
        "hidden": [(name, value) for name, value in asked.parameters() if value],
    }
    if asked.about is Said.HELD and not asked.traits:
        context |= {"chart": _chart(user, asked), "bridge": _bridge(user, form, asked, found["claims"])}
    return render(request, "claims/compare.html", context, status=400 if form.errors else 200)


def _asked(user: User, form: CompareForm) -> Asked:
    given = form.cleaned_data if form.is_valid() else {}
    dimension, _colon, category = (given.get("parte") or "").partition(":")
    known_at = given.get("conocido")
    last = given.get("al") or _last_said(user) or present().day
    first = given.get("desde")
    return Asked(
        about=Said(given.get("que") or Said.HELD),
        last=last,
        first=min(first, last) if first else None,
        known_at=known_at,
        traits={dimension: category} if category else {},
    )


def _last_said(user: User) -> date | None:
    """The last day of which somebody said how many are held; days to come are left out."""
    days = [
        day
        for line in comparing.lines_confirmed(user)
        if line.claim.about is Said.HELD and (day := day_of(line.claim, line.published))
    ]
    return max((day for day in days if day <= figures.today()), default=None)


def _row(user: User, claim: dict[str, Any]) -> dict[str, Any]:
    """A claim with the words of its rule, and where the people behind our counts are shown."""
    row = {
        **claim,
        "rule_words": figure_words.own(rule_named(claim["rule"]).label) if claim["rule"] else "",
        "address": reverse("claims:document", kwargs={"document": claim["document"]})
        + f"#c{claim['number']}",
        "who": ladder.claimant(claim),
        "why_not": ladder.why_not(claim["not_comparable"]),
    }
    if may(user, Permission.PEOPLE_BEHIND):
        for side in ("ours", "restated", "then"):
            if claim[side]:
                row[f"{side}_address"] = _behind(claim[side])
    return row


def _behind(count: dict[str, Any]) -> str:
    within = next(iter(count["within"].items()), None)
    more = {"por": within[0], "categoria": within[1]} if within else {}
    if count.get("start"):
        more["desde"] = count["start"]
    return behind(
        cifra=count["figure"],
        al=count["as_of"],
        conocido=count["known_at"][:10],
        regla=count["rule"],
        **more,
    )


def _chart(user: User, asked: Asked) -> dict[str, Any]:
    first = asked.first or asked.last - timedelta(days=CHART_DAYS - 1)
    found = comparing.over_time(user, first, asked.last, asked.known_at)
    said = sum(len(one["points"]) for one in found["claimants"])
    for one in found["claimants"]:
        one["who"] = ladder.claimant_named(one["name"])
    found["description"] = _(
        "Nuestra cuenta diaria con sus límites, y %(points)s cifras de otros %(claimants)s."
    ) % {"points": said, "claimants": len(found["claimants"])}
    return found


def _bridge(
    user: User, form: CompareForm, asked: Asked, claims: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """The bridge between the two claims asked for; between the first two claimants where none is."""
    able = comparing.bridgeable(claims)
    numbers = [claim["number"] for claim in able]
    given = form.cleaned_data if form.is_valid() else {}
    first, second = given.get("de"), given.get("a")
    if first is None or second is None or first == second or not {first, second} <= set(numbers):
        keys: dict[str, int] = {claim["claimant_key"]: claim["number"] for claim in able}
        if len(keys) < 2:
            return None
        first, second = list(keys.values())[-2:]
    found = comparing.bridge(user, first, second, asked.known_at)
    return {**found, "rows": _rows(user, found), "able": able, "de": first, "a": second}


def _rows(user: User, found: dict[str, Any]) -> list[dict[str, Any]]:
    """The rungs of the bridge with where the people behind them are shown."""
    rows = []
    for row in ladder.rungs(found):
        address = ""
        if may(user, Permission.PEOPLE_BEHIND):
            if row["kind"] == "ours":
                address = _behind(row["count"])
            elif row["kind"] == "term":
                address = _between(found, row["term"])
        rows.append({**row, "address": address})
    return rows


def _between(found: dict[str, Any], term: dict[str, Any]) -> str:
    """Where the people behind a term are shown: those of a rule's difference, or of the days between."""
    if not term["change"]:
        return ""
    one, other = found["first"], found["second"]
    known = found["known_at"][:10]
    if "step" in term:
        query = {
            "regla": one["rule"],
            "a": other["rule"],
            "paso": term["step"],
            "al": other["restated"]["as_of"],
            "conocido": known,
        }
        return f"{reverse('figures:between')}?{urlencode(query)}"
    if term["term"] == "days":
        days = {"desde": term["from"], "al": term["to"], "conocido": known, "regla": one["rule"]}
        return f"{reverse('figures:balance')}?{urlencode(days)}"
    return ""
