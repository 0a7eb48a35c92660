"""Drafts: a new one, its terms, what it would look like, and the end of one that becomes nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims.views.doing import done, told
from constancia.apps.publishing import queries, services, wording
from constancia.apps.publishing.forms import DraftForm
from constancia.apps.publishing.previewing import typed_in
from constancia.apps.publishing.queries import DraftPage
from constancia.apps.publishing.views.asking import seen
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused
from constancia.infra.spoken import language


@requires(Permission.EDITION_WORK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """The terms of a new draft."""
    user = acting(request)
    form = _form(request, user)
    if request.method == "POST" and form.is_valid():
        made: list[int] = []
        if done(form, lambda: made.append(services.new_draft(user, form.given()))):
            return redirect("publishing:draft", draft=made[0])
    return render(request, "publishing/new.html", {"form": form}, status=400 if form.errors else 200)


@requires(Permission.EDITION_WORK)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, draft: int) -> HttpResponseBase:
    """A draft: its terms, how far it has come, what the check found. By POST its terms change."""
    user = acting(request)
    page = queries.draft(user, draft)
    form = _form(request, user, page)
    if request.method == "POST" and form.is_valid():
        changed = form.differs()
        if not changed or done(form, lambda: services.amend_draft(user, draft, form.given())):
            return _saved(request, user, draft, changed)
    context = _context(user, page) | {"form": form}
    return render(request, "publishing/draft.html", context, status=400 if form.errors else 200)


def _saved(request: HttpRequest, user: User, draft: int, changed: bool) -> HttpResponse:
    """Back to the draft, checked if that was asked for too."""
    if request.POST.get("hacer") == "comprobar":
        check_aloud(request, user, draft)
    else:
        messages.success(request, _("Guardado.") if changed else _("No había nada que cambiar."))
    return redirect("publishing:draft", draft=draft)


def check_aloud(request: HttpRequest, user: User, draft: int) -> None:
    """Checks the draft; the outcome stands on the next page."""
    try:
        checked = services.check(user, draft)
    except InputRefused as error:
        messages.error(request, explain(error, language()))
        return
    if checked.passed:
        messages.success(request, _("Pasó la comprobación. Falta que otra persona lo lea y lo apruebe."))
    else:
        messages.error(request, _("No pasó la comprobación. Abajo dice por qué y cómo se arregla."))


def _form(request: HttpRequest, user: User, page: DraftPage | None = None) -> DraftForm:
    return DraftForm(
        request.POST or None,
        reports=queries.reports(user),
        first=not queries.editions(user),
        old=page,
    )


def _context(user: User, page: DraftPage) -> dict[str, Any]:
    context: dict[str, Any] = {"page": page, "line": page.line, "steps": steps(page)}
    if page.line.standing in ("draft", "refused", "checked"):
        context["approvers"] = queries.approvers(user, page.line.number)
    check = page.check
    if check is not None:
        content = check.content
        context |= {
            "check": check,
            "found": wording.found(content, check.findings, page.merges, page.withheld),
            "typed": [one for spoken in content.languages for one in typed_in(content, spoken)],
            "decided": wording.merging(content, page.merges, page.withheld, page.merges, page.withheld),
        }
    return context


def steps(page: DraftPage) -> list[dict[str, Any]]:
    """The four steps of an edition, each done, present or to come."""
    standing = page.line.standing
    present = {"draft": 1, "refused": 1, "checked": 2, "approved": 3}.get(standing, 0)
    names = (_("Términos"), _("Comprobación"), _("Aprobación"), _("Construcción"))
    return [
        {
            "number": place + 1,
            "name": name,
            "state": "done" if place < present else "now" if place == present else "later",
            "refused": standing == "refused" and place == 1,
        }
        for place, name in enumerate(names)
    ]


@requires(Permission.EDITION_WORK)
@require_GET
def preview(request: HttpRequest, draft: int) -> HttpResponse:
    """The report as the draft would have it now; with `de=comprobacion`, as it was checked."""
    user = acting(request)
    page = queries.draft(user, draft)
    of_check = request.GET.get("de") == "comprobacion" and page.check is not None
    context = {
        "here": reverse("publishing:preview", args=[draft]),
        "back": reverse("publishing:draft", args=[draft]),
        "back_words": page.line.title,
        "query": "&de=comprobacion" if of_check else "",
        "report": page.line.report,
    }
    try:
        content = page.check.content if of_check and page.check else queries.preview_content(user, draft)
        return seen(request, content, context, draft=True)
    except InputRefused as error:
        context["why"] = explain(error, language())
        template = "publishing/seen.html" if request.htmx else "publishing/preview.html"  # type: ignore[attr-defined]
        return render(request, template, context)


@requires(Permission.EDITION_WORK)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, draft: int) -> HttpResponseBase:
    """Ends a draft; it stays readable."""
    user = acting(request)
    page = queries.draft(user, draft)
    if request.method == "POST":
        told(request, lambda: services.discard_draft(user, draft), _("El borrador quedó descartado."))
        return redirect("publishing:editions")
    return render(request, "publishing/discard.html", {"line": page.line})
