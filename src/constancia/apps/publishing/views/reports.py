"""The folders of reports: which there are, what is in one, and beginning one from the template."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims.views.doing import done
from constancia.apps.publishing import queries, services
from constancia.apps.publishing.forms import ReportForm, TextNameForm
from constancia.domain.errors import NotFound
from constancia.domain.publishing.plan import FILE


@requires(Permission.EDITION_WORK)
@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest) -> HttpResponseBase:
    """Every report; by POST a new one out of the template."""
    user = acting(request)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"].strip()
        if done(form, lambda: services.start_report(user, name)):
            return redirect("publishing:report", report=name)
    context = {
        "form": form,
        "reports": [(name, len(queries.report_texts(user, name))) for name in queries.reports(user)],
    }
    return render(request, "publishing/reports.html", context, status=400 if form.errors else 200)


@requires(Permission.EDITION_WORK)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, report: str) -> HttpResponseBase:
    """The files of a report; by POST on to the editor of one that is not there yet."""
    user = acting(request)
    texts = queries.report_texts(user, report)
    if not texts:
        raise NotFound("edition.no_text")
    form = TextNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"].strip().removesuffix(".md")
        return redirect("publishing:text", report=report, text=f"{form.cleaned_data['language']}/{name}.md")
    context = {
        "form": form,
        "report": report,
        "plan": next((one for one in texts if one.path == FILE), None),
        "languages": [
            (language, [one for one in texts if one.path.startswith(f"{language}/")])
            for language in ("es", "en")
        ],
    }
    return render(request, "publishing/report.html", context, status=400 if form.errors else 200)
