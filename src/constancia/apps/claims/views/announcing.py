"""Announcing, correcting, withdrawing; the list, its names, and releases attributed by hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.claims import promising, queries, services
from constancia.apps.claims.promising import AnnouncementForm, ListForm, ReasonForm
from constancia.apps.claims.views.doing import done, told
from constancia.domain import codes
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import ListVerdict


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest) -> HttpResponseBase:
    """A new announcement; with `cifra` in the address, begun from a confirmed claim."""
    user = acting(request)
    chosen = request.GET.get("cifra", "")
    claims = {str(line.number): line for line in promising.promised_in(user)}
    initial = promising.of_claim(claims[chosen]) if chosen in claims else None
    form = AnnouncementForm(user, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made: list[int] = []
        if done(form, lambda: made.append(services.announce(user, form.given()))):
            listed = form.cleaned_data["list_given"]
            return redirect("claims:list" if listed else "claims:announcement", announcement=made[0])
    return _form(request, form, _("Un anuncio nuevo"), reverse("claims:announcements"))


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, announcement: int) -> HttpResponseBase:
    """Another version of an announcement; the one before stays readable."""
    user = acting(request)
    line = queries.announcement(user, announcement).line
    form = AnnouncementForm(user, request.POST or None, initial=promising.of_line(user, line))
    if request.method == "POST" and form.is_valid():
        given = form.given(dict(line.filters))
        if told(
            request,
            lambda: services.correct_announcement(user, announcement, given),
            _("El anuncio quedó corregido. La versión anterior sigue a la vista."),
        ):
            return redirect("claims:announcement", announcement=announcement)
    return _form(request, form, _("Corregir el anuncio"), reverse("claims:announcement", args=[announcement]))


def _form(request: HttpRequest, form: AnnouncementForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "claims/announce.html", context, status=400 if form.errors else 200)


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, announcement: int) -> HttpResponseBase:
    """Says that an announcement was entered in error, and why."""
    user = acting(request)
    line = queries.announcement(user, announcement).line
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, lambda: services.withdraw_announcement(user, announcement, note=reason)):
            return redirect("claims:announcement", announcement=announcement)
    context = {"form": form, "line": line}
    return render(request, "claims/withdraw_announcement.html", context, status=400 if form.errors else 200)


@requires(Permission.CLAIMS_WORK)
@require_http_methods(["GET", "POST"])
def add_list(request: HttpRequest, announcement: int) -> HttpResponseBase:
    """The list that came with an announcement, pasted whole."""
    user = acting(request)
    line = queries.announcement(user, announcement).line
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[services.NamesAdded] = []
        names = form.cleaned_data["names"]
        if done(form, lambda: made.append(services.add_names(user, announcement, names))):
            return redirect(f"{reverse('claims:announcement', args=[announcement])}#lista")
    context = {"form": form, "line": line}
    return render(request, "claims/add_list.html", context, status=400 if form.errors else 200)


@requires(Permission.CLAIMS_WORK)
@require_POST
def decide(request: HttpRequest, listed: int) -> HttpResponseBase:
    """Who one name of a list is. A case chosen or typed in is a match, unless something else is said."""
    announcement = queries.announcement_of_name(acting(request), listed)
    told(request, lambda: _decide(request, listed), _("Quedó anotado quién es."))
    group = request.POST.get("grupo", "")
    query = f"?grupo={group}" if group.replace("_", "").isalpha() else ""
    return redirect(f"{reverse('claims:announcement', args=[announcement])}{query}#lista")


def _decide(request: HttpRequest, listed: int) -> None:
    given = request.POST
    code = given.get("code", "") or given.get("typed", "")
    name = given.get("verdict", "") or ListVerdict.MATCHED.value
    if name not in set(ListVerdict):
        raise InputRefused("announcement.verdict")
    services.decide_name(
        acting(request),
        listed,
        ListVerdict(name),
        code=codes.normalise(code) if code.strip() else "",
        note=given.get("note", ""),
    )


@requires(Permission.CLAIMS_WORK)
@require_POST
def attribute(request: HttpRequest, announcement: int) -> HttpResponseBase:
    """To which announcement one release belongs: this one, none, or what the windows say again."""
    told(request, lambda: _attribute(request, announcement), _("Quedó anotado a qué anuncio pertenece."))
    return redirect(f"{reverse('claims:announcement', args=[announcement])}#salidas")


def _attribute(request: HttpRequest, announcement: int) -> None:
    user, given = acting(request), request.POST
    code, detention = given.get("code", ""), given.get("detention", "")
    if not (detention.isascii() and detention.isdigit() and len(detention) < 16):
        raise InputRefused("announcement.detention")
    verdict, note = given.get("verdict", ""), given.get("note", "")
    code, number = codes.normalise(code), int(detention)
    if verdict == "take_back":
        services.take_back_attribution(user, code, number, note=note)
    elif verdict in ("this", "none"):
        to = announcement if verdict == "this" else None
        services.attribute(user, code, number, to, note=note)
    else:
        raise InputRefused("announcement.verdict")
