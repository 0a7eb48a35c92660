"""What was said in public: the list, and adding, correcting, withdrawing one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.claims import promising, queries, services
from constancia.apps.claims.promising import StatementForm
from constancia.apps.claims.views.doing import done, told


@requires(Permission.CLAIMS_READ)
@require_GET
def statements(request: HttpRequest) -> HttpResponse:
    """All that stand, the latest first, each with how it read before; then those withdrawn."""
    user = acting(request)
    versions = queries.statement_versions(user)
    lines = [(line, versions[line.number][:-1][::-1]) for line in queries.statements(user)[::-1]]
    withdrawn = [those[-1] for those in versions.values() if those[-1].withdrawn]
    context = {"lines": lines, "withdrawn": withdrawn, "may_work": may(user, Permission.CLAIMS_WORK)}
    return render(request, "claims/statements.html", context)


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest) -> HttpResponseBase:
    """A new statement."""
    user = acting(request)
    form = StatementForm(user, request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: services.add_statement(user, form.given()))
    ):
        return redirect("claims:statements")
    return _form(request, form, _("Una declaración nueva"))


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, statement: int) -> HttpResponseBase:
    """Another version of a statement."""
    user = acting(request)
    old = queries.statement(user, statement)
    form = StatementForm(user, request.POST or None, initial=promising.of_statement(old))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: services.correct_statement(user, statement, form.given()))
    ):
        return redirect("claims:statements")
    return _form(request, form, _("Corregir la declaración"))


def _form(request: HttpRequest, form: StatementForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "claims/state.html", context, status=400 if form.errors else 200)


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, statement: int) -> HttpResponseBase:
    """Says that a statement was entered in error."""
    user = acting(request)
    line = queries.statement(user, statement)
    if request.method == "POST":
        told(
            request,
            lambda: services.withdraw_statement(user, statement),
            _("La declaración quedó retirada."),
        )
        return redirect("claims:statements")
    return render(request, "claims/withdraw_statement.html", {"line": line})
