"""Recording what a list reports, undoing it, and what a later edition changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.matching import queries, services, wording
from constancia.apps.matching.forms import ThresholdForm
from constancia.apps.matching.services import Accepted, TakenBack
from constancia.apps.matching.views.deciding import answer
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.infra.spoken import language


@requires(Permission.LIST_WORK)
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, of_list: int) -> HttpResponseBase:
    """What would be recorded, row by row, ticked; confirmed, it is recorded at once."""
    user = acting(request)
    head = queries.head(user, of_list)
    form = ThresholdForm(request.GET if "umbral" in request.GET else None)
    threshold = form.cleaned_data["umbral"] / 100 if form.is_bound and form.is_valid() else None
    if request.method == "POST":
        try:
            done = _accept(request, of_list, threshold)
        except (InputRefused, NotFound) as error:
            messages.error(request, explain(error, language()))
        else:
            _tell(request, done)
            return redirect("matching:list", of_list=of_list)
    found = queries.acceptable(user, of_list, threshold)
    context = {"head": head, "form": form, "threshold": threshold, "found": found}
    return render(request, "matching/accept.html", context, status=400 if form.errors else 200)


def _accept(request: HttpRequest, of_list: int, threshold: float | None) -> Accepted:
    """Records the rows that stayed ticked. Raises InputRefused, NotFound."""
    user = acting(request)
    if "all" in request.POST:
        return services.accept(user, of_list)
    seen = {entry: _number(last) or 0 for entry, last in _pairs(request, "entrada").items()}
    proposed = _pairs(request, "propuesta")
    return services.accept(
        user, of_list, entries=list(seen), proposed=proposed, threshold=threshold, seen=seen
    )


def _pairs(request: HttpRequest, name: str) -> dict[int, str]:
    """Rows as they were ticked: the entry, and what stands after the colon."""
    found = {}
    for one in request.POST.getlist(name):
        entry, _colon, rest = one.partition(":")
        number = _number(entry)
        if number is not None:
            found[number] = rest
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _tell(request: HttpRequest, done: Accepted) -> None:
    words = ngettext(
        "Anotado de %(count)s entrada; espera la revisión de otra persona.",
        "Anotado de %(count)s entradas; esperan la revisión de otra persona.",
        done.recorded,
    )
    if done.recorded:
        messages.success(request, words % {"count": done.recorded})
    for why, count in done.reasons.items():
        told = ngettext(
            "%(count)s entrada quedó sin anotar:", "%(count)s entradas quedaron sin anotar:", count
        )
        messages.info(request, f"{told % {'count': count}} {wording.why(why)}")


@requires(Permission.LIST_WORK)
@require_POST
def undo(request: HttpRequest, entry: int) -> HttpResponseBase:
    """Takes back what was recorded from one entry, and the decision."""
    user = acting(request)
    before = queries.entry(user, entry)
    problem = ""
    try:
        _told_back(request, services.undo(user, entry))
    except InputRefused as error:
        problem = explain(error, language())
    return answer(request, user, entry, before.group, problem)


@requires(Permission.LIST_WORK)
@require_http_methods(["GET", "POST"])
def undo_list(request: HttpRequest, of_list: int) -> HttpResponseBase:
    """Asks first, then takes back all that was recorded from the list."""
    user = acting(request)
    head = queries.head(user, of_list)
    if request.method == "POST":
        try:
            _told_back(request, services.undo_list(user, of_list, request.POST.get("reason", "")))
        except InputRefused as error:
            messages.error(request, explain(error, language()))
        return redirect("matching:list", of_list=of_list)
    return render(request, "matching/undo.html", {"head": head})


def _told_back(request: HttpRequest, back: TakenBack) -> None:
    if getattr(request, "htmx", None):
        return
    words = ngettext(
        "Deshecho lo anotado de %(count)s entrada.",
        "Deshecho lo anotado de %(count)s entradas.",
        back.entries,
    )
    messages.success(request, words % {"count": back.entries})
    if back.stayed:
        messages.info(request, _("Lo que alguien corrigió después sigue como está: mírelo en los casos."))


@requires(Permission.LIST_WORK)
@require_GET
def changes(request: HttpRequest, of_list: int) -> HttpResponse:
    """What this edition has that the one before had not, and the other way round."""
    user = acting(request)
    head, found = queries.head(user, of_list), queries.difference(user, of_list)
    if found is None:
        raise Http404
    return render(request, "matching/changes.html", {"head": head, "found": found})
