"""The page of a list, on which its entries are decided one after the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.figures.views.asking import page_of
from constancia.apps.matching import queries, services, wording
from constancia.apps.matching.queries import Group
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.vocabulary.terms import EntryVerdict
from constancia.infra.spoken import language

PLAIN = {one.value: one for one in (EntryVerdict.UNSURE, EntryVerdict.NEW, EntryVerdict.RETRACT)}


@requires(Permission.LIST_WORK)
@require_GET
def show(request: HttpRequest, of_list: int) -> HttpResponse:
    """What the list says of itself, the four groups, and the entries of one of them."""
    user = acting(request)
    head = queries.head(user, of_list)
    group = _group(request, head)
    context = {
        "head": head,
        "group": group,
        "groups": _groups(user, head),
        "difference": head.earlier is not None,
    }
    if group is Group.OURS:
        found = queries.ours(user, of_list, page_of(request))
        context |= {"ours": found, "rule": wording.rule(found.rule), "page": found}
    else:
        context["page"] = queries.entries(user, of_list, group, page_of(request))
    return render(request, "matching/list.html", context)


def _group(request: HttpRequest, head: queries.ListHead) -> Group:
    """The group asked for; else the first that has somebody in it."""
    asked = request.GET.get("grupo", "")
    if asked in set(Group):
        return Group(asked)
    counts = head.line.counts or {}
    return next(
        (group for group in (Group.UNDECIDED, Group.BOTH, Group.THEIRS) if counts.get(group)), Group.UNSURE
    )


def _groups(user: User, head: queries.ListHead) -> list[dict[str, Any]]:
    counts = dict(head.line.counts or {})
    counts[Group.OURS] = queries.ours_total(user, head.line.number)
    return [
        {"name": one.value, "words": words, "count": counts[one]} for one, words in wording.GROUPS.items()
    ]


@requires(Permission.LIST_WORK)
@require_POST
def decide(request: HttpRequest, entry: int) -> HttpResponseBase:
    """Same, different, unsure, new, or the last decision taken back; as far as the person saw what stands."""
    user = acting(request)
    before = queries.entry(user, entry)
    problem = ""
    try:
        verdict, code = _asked(request)
        if verdict is not None:
            services.decide(
                user, entry, verdict, code=code, reason=request.POST.get("reason", ""), seen=_seen(request)
            )
    except (InputRefused, NotFound) as error:
        problem = explain(error, language())
    return answer(request, user, entry, before.group, problem)


def _asked(request: HttpRequest) -> tuple[EntryVerdict | None, str]:
    """The verdict, and of whom: a candidate's button, or the code that was typed."""
    given = request.POST
    for verdict in (EntryVerdict.SAME, EntryVerdict.DIFFERENT):
        if verdict.value in given:
            return verdict, given[verdict.value]
    if "typed_same" in given:
        return EntryVerdict.SAME, given.get("typed", "")
    return PLAIN.get(given.get("verdict", "")), ""


def _seen(request: HttpRequest) -> int | None:
    number = request.POST.get("seen", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 18 else None


def answer(request: HttpRequest, user: User, entry: int, group: Group, problem: str = "") -> HttpResponseBase:
    """The entry's card and the counts for a page that shows others; else the page that the person was on."""
    of_list = queries.list_of_entry(user, entry)
    if getattr(request, "htmx", None):
        head = queries.head(user, of_list)
        context = {
            "one": queries.entry(user, entry),
            "head": head,
            "groups": _groups(user, head),
            "group": group,
            "problem": problem,
        }
        return render(request, "matching/changed.html", context)
    if problem:
        messages.error(request, problem)
    address = reverse("matching:list", args=[of_list])
    page = request.POST.get("p", "")
    asked = f"&p={page}" if page.isascii() and page.isdigit() and len(page) < 6 else ""
    return redirect(f"{address}?grupo={group.value}{asked}#entradas")
