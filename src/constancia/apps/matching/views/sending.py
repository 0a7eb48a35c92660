"""The lists that were sent, sending one, and the receipt that its sender sees."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.figures.views.asking import page_of
from constancia.apps.matching import queries, receiving, services
from constancia.apps.matching.forms import ListForm
from constancia.apps.register.forms import read_day
from constancia.apps.register.views.errors import say
from constancia.domain.errors import DateRefused, InputRefused, NotFound
from constancia.domain.matching.reading import ReadList

FIELD_OF = {"list.title": "title", "list.day": "when", "list.day_ahead": "when", "list.day_far": "when"}


@requires(Permission.LIST_SEND)
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """All of them for who works with lists; else one's own."""
    page = page_of(request)
    lines, more = queries.lists(acting(request), page)
    return render(request, "matching/lists.html", {"lines": lines, "page": page, "more": more})


@requires(Permission.LIST_SEND)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Takes a list in: nothing of it is a fact, whoever sends it."""
    user = acting(request)
    form = ListForm(request.POST or None, request.FILES or None, known=_known(user))
    there: int | None = None
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.keep(user, form.given(), _read(form), again="again" in request.POST)
        except DateRefused as error:
            say(form, error, "when")
        except (InputRefused, NotFound) as error:
            say(form, error, FIELD_OF.get(error.code))
            there = int(error.params["number"]) if error.code == "list.there" else None
        else:
            works = may(user, Permission.LIST_WORK)
            return redirect("matching:list" if works else "matching:receipt", of_list=kept.number)
    context = {"form": form, "there": there}
    return render(request, "matching/new.html", context, status=400 if form.errors else 200)


@requires(Permission.LIST_SEND)
@require_GET
def receipt(request: HttpRequest, of_list: int) -> HttpResponse:
    """What was read of a list: how many names, which lines are none. Never who is in the register."""
    return render(request, "matching/receipt.html", {"head": queries.head(acting(request), of_list)})


def _known(user: User) -> list[tuple[str, str]]:
    lines, _more = queries.lists(user)
    return [(str(line.number), f"{line.title} ({line.number})") for line in lines]


def _read(form: ListForm) -> ReadList:
    """Raises InputRefused for what cannot be read as a list."""
    given = form.cleaned_data
    day = read_day(given["when"]).latest
    sent = given["file"]
    if isinstance(sent, UploadedFile):
        columns = {"name": given["name_column"]} if given["name_column"] else None
        return receiving.read_file(sent.read(), str(sent.name), columns=columns, day=day)
    return receiving.read_text(given["text"], day=day)
