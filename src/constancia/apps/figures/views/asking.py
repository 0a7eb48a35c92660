"""Reading a question out of an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from constancia.apps.figures import queries
from constancia.apps.figures.forms import BalanceForm, FigureForm
from constancia.apps.figures.present import Present, present
from constancia.domain.figures.definition import definition

DEFAULT_SPAN = timedelta(days=60)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `known_at` a day means its end; `start` is the first day of flows and series."""

    figure: str
    as_of: date
    known_at: date
    start: date
    step: str
    rule: str
    grade: str | None
    by: str

    @property
    def breakdown(self) -> tuple[str, ...]:
        return (self.by,) if self.by else ()


def figure_form(request: HttpRequest) -> FigureForm:
    """The form filled from the address; what is not said there is asked as on opening the page."""
    now = present()
    given = {name: value for name, value in request.GET.items() if value}
    start = {
        "cifra": "held",
        "al": now.day.isoformat(),
        "conocido": given.get("al", now.known.isoformat()),
        "paso": "daily",
        "regla": queries.default_rule(),
    }
    return FigureForm(start | given)


def asked_in(form: FigureForm) -> Asked:
    """The question of a valid form; a breakdown that the figure does not have is left out."""
    given = form.cleaned_data
    as_of: date = given["al"]
    found = definition(given["cifra"])
    return Asked(
        figure=found.name,
        as_of=as_of,
        known_at=min(given["conocido"] or as_of, queries.today()),
        start=given["desde"] or as_of - DEFAULT_SPAN,
        step=given["paso"] or "daily",
        rule=given["regla"],
        grade=given["grado"] or None,
        by=given["por"] if given["por"] in found.breakdowns else "",
    )


def query_without(request: HttpRequest, *names: str) -> str:
    """The address's own parameters, without `names`."""
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()


def page_of(request: HttpRequest) -> int:
    """The page asked for with `p`, 1 if it makes no sense."""
    asked = request.GET.get("p", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def behind(**asked: object) -> str:
    """Where the people behind a figure are shown; parameters as in `figure_form`, days as days."""
    return f"{reverse('figures:counted')}?{urlencode({name: str(value) for name, value in asked.items()})}"


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a balance: `since` as it was known at its own end, `as_of` as known on `known_at`."""

    since: date
    as_of: date
    known_at: date
    rule: str

    @property
    def parameters(self) -> dict[str, str]:
        """As the address says them."""
        return {
            "al": self.as_of.isoformat(),
            "conocido": self.known_at.isoformat(),
            "desde": self.since.isoformat(),
            "regla": self.rule,
        }

    def held(self, **more: object) -> str:
        """Where those held at the end of the balance are shown; `more` narrows to a category or to those
        whose way in or out waits for confirmation."""
        return behind(cifra="held", al=self.as_of, conocido=self.known_at, regla=self.rule, **more)

    @property
    def opening(self) -> str:
        """Where those held at its beginning are shown."""
        return behind(cifra="held", al=self.since, conocido=self.since, regla=self.rule)


def sides_in(form: BalanceForm, now: Present) -> Sides:
    """The sides asked for; the last week where nothing readable is asked."""
    given = form.cleaned_data if form.is_valid() else {}
    as_of = given.get("al") or now.day
    since = given.get("desde") or as_of - WEEK
    return Sides(
        since=min(since, as_of),
        as_of=as_of,
        known_at=min(given.get("conocido") or (now.known if as_of == now.day else as_of), queries.today()),
        rule=given.get("regla") or queries.default_rule(),
    )
