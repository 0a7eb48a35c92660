"""The register's front: search, filters, and the same list as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.register import noting, queries, wording
from constancia.apps.register.forms import SearchForm
from constancia.apps.register.policy import zone
from constancia.apps.register.queries import CaseLine, Filters
from constancia.infra import clock, csv_out


@requires(Permission.CASE_BROWSE)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The cases last worked on, or those that the sent form finds."""
    user = acting(request)
    form = SearchForm(request.POST or None, states=queries.regions_of_cases(user))
    text, filters, page = _asked(request, form)
    found = queries.search(user, text, filters, page)
    context = {"form": form, "found": found, "asked": bool(text or filters), "now": clock.now()}
    only_list = bool(getattr(request, "htmx", None)) and request.method == "POST"
    return render(request, "register/results.html" if only_list else "register/search.html", context)


@requires(Permission.CASE_EXPORT)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """What the sent form finds, whole, as CSV that no spreadsheet takes for formulas."""
    user = acting(request)
    form = SearchForm(request.POST, states=queries.regions_of_cases(user))
    text, filters, _page = _asked(request, form)
    rows = csv_out.lines(_rows(user, text, filters))
    leaving = noting.leaving(user, "cases", noting.asked_for(text, asdict(filters)), rows)
    response = StreamingHttpResponse(leaving, content_type="text/csv; charset=utf-8")
    stamp = clock.now().strftime("%Y%m%d-%H%M")
    response["Content-Disposition"] = f'attachment; filename="registro-{stamp}.csv"'
    return response


def _asked(request: HttpRequest, form: SearchForm) -> tuple[str, Filters, int]:
    if request.method != "POST" or not form.is_valid():
        return "", Filters(), 1
    page = request.POST.get("page", "1")
    whole = page.isascii() and page.isdigit() and len(page) < 6
    return form.cleaned_data["text"], form.filters, int(page) if whole else 1


def _rows(user: User, text: str, filters: Filters) -> Iterator[list[object]]:
    """A list says how things stand, as known now: both dates stand in every row."""
    now = clock.now()
    dates = [now.astimezone(zone()).date().isoformat(), now.isoformat(timespec="seconds")]
    yield [
        _("código"),
        _("nombre"),
        _("custodia"),
        _("custodia según lo reportado"),
        _("causa"),
        _("estado"),
        _("lugar"),
        _("perfil"),
        _("desde"),
        _("por revisar"),
        _("otros identificadores"),
        _("consentimiento para la lista"),
        _("al"),
        _("según lo conocido el"),
    ]
    allowed = queries.consents(now, now)
    for line in queries.found_one_by_one(user, text, filters):
        yield [*_row(line), wording.term("ConsentTier", allowed.get(line.pk, "")), *dates]


def _row(line: CaseLine) -> list[object]:
    return [
        line.code,
        line.name,
        wording.term("Custody", line.custody),
        wording.term("Custody", line.reported_custody),
        wording.term("CaseState", line.case_state),
        wording.state(line.state),
        line.place,
        wording.term("Profile", line.profile),
        line.since.isoformat() if line.since else "",
        line.pending,
        "; ".join(f"{scheme}: {value}" for scheme, value in line.external_ids),
    ]
