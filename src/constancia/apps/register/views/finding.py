"""The register's front: search, filters, and the same list as CSV."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.register import exporting, queries
from constancia.apps.register.forms import SearchForm
from constancia.apps.register.queries import Filters
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotAllowed, StoreRefused
from constancia.infra import clock
from constancia.infra.spoken import language


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
    """What asking for the list that the sent form finds means, and for what it is; with a reason, it is asked
    for. The form comes by POST, because what one searches for is somebody's name."""
    user = acting(request)
    form = SearchForm(request.POST, states=queries.regions_of_cases(user))
    text, filters, _page = _asked(request, form)
    context = {"form": form, "count": exporting.counted(user, text, filters), "problem": ""}
    if "reason" in request.POST:
        try:
            number = exporting.ask(user, text, filters, request.POST["reason"])
        except InputRefused as error:
            if "number" in error.params:
                messages.info(request, explain(error, language()))
                return redirect("approvals:request", approval=error.params["number"])
            context["problem"] = explain(error, language())
        else:
            return redirect("approvals:request", approval=number)
    return render(request, "register/export.html", context, status=400 if context["problem"] else 200)


@requires(Permission.CASE_EXPORT)
@require_POST
def export_approved(request: HttpRequest, approval: int) -> HttpResponseBase:
    """The file that somebody else approved, once."""
    try:
        rows = exporting.leaving(acting(request), approval)
    except (InputRefused, NotAllowed, StoreRefused) as error:
        messages.error(request, explain(error, language()))
        return redirect("approvals:request", approval=approval)
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    stamp = clock.now().strftime("%Y%m%d-%H%M")
    response["Content-Disposition"] = f'attachment; filename="registro-{stamp}-{approval}.csv"'
    return response


def _asked(request: HttpRequest, form: SearchForm) -> tuple[str, Filters, int]:
    if request.method != "POST" or not form.is_valid():
        return "", Filters(), 1
    page = request.POST.get("page", "1")
    whole = page.isascii() and page.isdigit() and len(page) < 6
    return form.cleaned_data["text"], form.filters, int(page) if whole else 1
