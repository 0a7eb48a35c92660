"""The explorer: any figure, as of any day, as known on any day, over time and broken down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.figures import queries, wording
from constancia.apps.figures.views.asking import Asked, asked_in, behind, figure_form, query_without
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.domain.figures.definition import Definition, definition
from constancia.domain.figures.rule import rule
from constancia.infra import csv_out
from constancia.infra.spoken import language

MOST_CATEGORIES = 60


@requires(Permission.FIGURES_READ)
@require_GET
def explore(request: HttpRequest) -> HttpResponse:
    """Without parameters: how many are held, over the last two months."""
    form = figure_form(request)
    context: dict[str, Any] = {"form": form, "query": query_without(request, "categoria", "p")}
    if form.is_valid():
        asked = asked_in(form)
        try:
            context |= _answer(acting(request), asked)
        except InputRefused as error:
            form.add_error(None, explain(error, language()))
    return render(request, "figures/explore.html", context, status=400 if form.errors else 200)


@requires(Permission.FIGURES_READ)
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The series and breakdown on the page, as CSV with the figure's definition in every row."""
    form = figure_form(request)
    if not form.is_valid():
        raise InputRefused("figure.asked")
    asked = asked_in(form)
    rows = list(_csv(acting(request), asked))
    response = StreamingHttpResponse(csv_out.lines(rows), content_type="text/csv; charset=utf-8")
    name = f"{asked.figure}-{asked.as_of.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _figure(user: User, asked: Asked, found: Definition) -> dict[str, Any]:
    start = asked.start if found.measure == "flow" else None
    return queries.figure(
        user,
        asked.figure,
        as_of=asked.as_of,
        known_at=asked.known_at,
        rule=asked.rule,
        grade=asked.grade,
        by=asked.breakdown,
        start=start,
    )


def _series(user: User, asked: Asked) -> list[dict[str, Any]]:
    found = queries.series(
        user, asked.figure, asked.start, asked.as_of, asked.step, asked.known_at, asked.rule, asked.grade
    )
    points: list[dict[str, Any]] = found["series"]
    return points


def _answer(user: User, asked: Asked) -> dict[str, Any]:
    found = definition(asked.figure)
    figure, series = _figure(user, asked, found), _series(user, asked)
    counted_by = rule(asked.rule)
    if may(user, Permission.PEOPLE_BEHIND):
        series = [point | {"address": _behind(asked, point)} for point in series]
    return {
        "asked": asked,
        "figure": figure,
        "grade": " / ".join(str(wording.GRADES[part]) for part in figure["grade"].split("/")),
        "series": series,
        "is_flow": found.measure == "flow",
        "label": found.title(language()),
        "meaning": wording.own(found.meaning),
        "rule": {"label": wording.own(counted_by.label), "meaning": wording.own(counted_by.meaning)},
        "stacks": [{"label": found.title(language()), "counts": [point["value"] for point in series]}],
        "days": [point["as_of"] for point in series],
        "description": _description(series),
        "breakdown": _breakdown(figure, asked.by),
        "breakdown_title": wording.dimension(asked.by) if asked.by else "",
    }


def _behind(asked: Asked, point: dict[str, Any]) -> str:
    """Where the people behind one point of the series are shown."""
    more = {"grado": asked.grade} if asked.grade else {}
    since = {"desde": point["start"]} if "start" in point else {}
    return behind(
        cifra=asked.figure, al=point["as_of"], conocido=asked.known_at, regla=asked.rule, **since, **more
    )


def _description(series: list[dict[str, Any]]) -> str:
    """What somebody who does not see the chart is told of it."""
    if not series:
        return ""
    values = [point["value"] for point in series]
    return _("De %(first)s el %(start)s a %(last)s el %(end)s; el menor es %(low)s y el mayor %(high)s.") % {
        "first": values[0],
        "start": series[0]["as_of"],
        "last": values[-1],
        "end": series[-1]["as_of"],
        "low": min(values),
        "high": max(values),
    }


def _breakdown(figure: dict[str, Any], by: str) -> list[dict[str, Any]]:
    if not by:
        return []
    categories = figure["by"][by]
    return [
        {
            "label": wording.category(by, name),
            "category": name,
            "colour": 3 if name == "not_known" else (order if order < 3 else 4),
            **count,
        }
        for order, (name, count) in enumerate(list(categories.items())[:MOST_CATEGORIES])
    ]


def _csv(user: User, asked: Asked) -> Iterator[list[object]]:
    found = definition(asked.figure)
    figure = _figure(user, asked, found)
    fixed: list[object] = [asked.figure, found.version, figure["rule"], figure["grade"], figure["unit"]]
    known = figure["known_at"]
    yield [
        "figure",
        "version",
        "rule",
        "grade",
        "unit",
        "as_of",
        "known_at",
        "dimension",
        "category",
        "value",
        "lowest",
        "highest",
    ]
    for point in _series(user, asked):
        yield [*fixed, point["as_of"], known, "", "", point["value"], point["lowest"], point["highest"]]
    for row in _breakdown(figure, asked.by):
        counts = [row["value"], row["lowest"], row["highest"]]
        yield [*fixed, figure["as_of"], known, asked.by, row["category"], *counts]
