"""What a second person does: approve what was checked, and correct what was published."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.claims.views.doing import done
from constancia.apps.publishing import presenting, queries, services, wording
from constancia.apps.publishing.forms import ErratumForm
from constancia.apps.publishing.views.drafting import steps
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotAllowed
from constancia.infra.spoken import language


@requires(Permission.EDITION_APPROVE)
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, draft: int) -> HttpResponseBase:
    """Exactly what was checked, for somebody who did not write it; by POST, with its SHA-256, approved."""
    user = acting(request)
    page = queries.draft(user, draft)
    if page.line.standing != "checked" or page.check is None:
        if page.line.edition:
            return redirect("publishing:edition", edition=page.line.edition)
        refusal = InputRefused(
            "edition.refused" if page.check else "edition.unchecked",
            number=draft,
            findings=len(page.check.findings) if page.check else 0,
        )
        messages.error(request, explain(refusal, language()))
        return redirect("publishing:draft", draft=draft)
    if request.method == "POST":
        if not request.POST.get("leido"):
            messages.error(request, _("Marque que leyó lo que se va a publicar. No se aprobó nada."))
            return redirect("publishing:approve", draft=draft)
        try:
            number = services.approve(user, draft, request.POST.get("sha256", "")[:64])
        except (InputRefused, NotAllowed) as error:
            messages.error(request, explain(error, language()))
            return redirect("publishing:draft", draft=draft)
        messages.success(request, _("Aprobada. Ya nada cambia en ella. Falta construir sus archivos."))
        return redirect("publishing:edition", edition=number)
    context = {
        "page": page,
        "line": page.line,
        "steps": steps(page),
        "check": page.check,
        "approvers": queries.approvers(user, draft),
        **presenting.numbers_of(page.check.content, may(user, Permission.PEOPLE_BEHIND)),
        "decided": wording.merging(
            page.check.content, page.merges, page.withheld, page.merges, page.withheld
        ),
    }
    return render(request, "publishing/approve.html", context)


@requires(Permission.EDITION_APPROVE)
@require_http_methods(["GET", "POST"])
def erratum(request: HttpRequest, edition: int) -> HttpResponseBase:
    """A correction of an edition, in both languages."""
    user = acting(request)
    page = queries.edition(user, edition)
    form = ErratumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if done(form, lambda: services.issue_erratum(user, edition, said["es"], said["en"])):
            messages.success(request, _("La errata quedó publicada, con su número."))
            return redirect(f"{reverse('publishing:edition', args=[edition])}#erratas")
    context = {"form": form, "page": page, "line": page.line}
    return render(request, "publishing/erratum.html", context, status=400 if form.errors else 200)
