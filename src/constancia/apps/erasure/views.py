"""Pages of erasure: the requests, asking for one, and one request with its two answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.permissions import Permission, acting, may, requires
from constancia.apps.erasure import queries, services, wording
from constancia.apps.erasure.queries import Stage
from constancia.apps.register import wording as facts
from constancia.domain.catalogue import explain
from constancia.domain.errors import InputRefused, NotAllowed, NotFound, StoreRefused
from constancia.domain.vocabulary.labels import label
from constancia.domain.vocabulary.terms import ErasureGround
from constancia.infra.spoken import language


def _grounds() -> list[tuple[str, str]]:
    """None is chosen beforehand: whoever asks says why."""
    return [("", _("elija")), *((one.value, label(one, language())) for one in ErasureGround)]


class GroundForm(forms.Form):
    ground = forms.ChoiceField(label=later("Motivo"), choices=_grounds)


class AskForm(GroundForm):
    code = forms.CharField(label=later("Código del caso"), max_length=40)
    field_order = ("code", "ground")


class WordsForm(GroundForm):
    """Which words of a fact: `offered` as (field or number of a review, how it is called)."""

    words = forms.MultipleChoiceField(
        label=later("Qué palabras"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    field_order = ("words", "ground")

    def __init__(self, offered: list[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].choices = offered  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.initial.setdefault("words", [offered[0][0]])


@requires(Permission.ERASE_ASK)
@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> HttpResponseBase:
    """Every request; by POST a new one."""
    user = acting(request)
    form = AskForm(request.POST or None, initial={"code": request.GET.get("caso", "")[:40]})
    if request.method == "POST" and form.is_valid():
        try:
            number = services.ask(user, form.cleaned_data["code"], form.cleaned_data["ground"])
        except (InputRefused, NotFound) as error:
            form.add_error(None, explain(error, language()))
        else:
            messages.success(request, _("La petición quedó anotada. Falta que otra persona la apruebe."))
            return redirect("erasure:request", erasure=number)
    lines = [(one, wording.stage(one), label(one.ground, language())) for one in queries.listed(user)]
    return render(request, "erasure/requests.html", {"form": form, "lines": lines})


@requires(Permission.ERASE_ASK)
@require_http_methods(["GET", "POST"])
def ask_words(request: HttpRequest, seq: int) -> HttpResponseBase:
    """Asks for the erasure of words of one fact, or of notes of its reviews."""
    user = acting(request)
    found = queries.askable(user, seq)
    form = WordsForm(wording.offered(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            numbers = services.ask_of_each(user, seq, form.cleaned_data["words"], form.cleaned_data["ground"])
        except (InputRefused, NotFound) as error:
            form.add_error(None, explain(error, language()))
        else:
            messages.success(request, _("La petición quedó anotada. Falta que otra persona la apruebe."))
            if len(numbers) == 1:
                return redirect("erasure:request", erasure=numbers[0])
            return redirect("erasure:requests")
    context = {"found": found, "form": form, "kind": facts.kind(found.kind)}
    return render(request, "erasure/words.html", context, status=400 if form.errors else 200)


@requires(Permission.ERASE_ASK)
@require_GET
def mentions(request: HttpRequest, erasure: int) -> HttpResponseBase:
    """Where else the name of the person stands, exactly: a hint, looked for when asked."""
    user = acting(request)
    found = queries.mentions(user, erasure)
    lines = [(one, facts.kind(one.kind) if one.kind else "") for one in found.facts]
    return render(request, "erasure/mentions.html", {"found": found, "lines": lines, "erasure": erasure})


@requires(Permission.ERASE_ASK)
@require_http_methods(["GET", "POST"])
def request_(request: HttpRequest, erasure: int) -> HttpResponseBase:
    """How one request stands; by POST it is approved or refused."""
    user = acting(request)
    one = queries.status(user, erasure)
    if request.method == "POST":
        approve = request.POST.get("respuesta") == "aprobar"
        if approve and not request.POST.get("leido"):
            messages.error(request, _("Marque que entiende que no se puede deshacer. No se borró nada."))
            return redirect("erasure:request", erasure=erasure)
        try:
            services.answer(user, erasure, approve=approve)
        except (InputRefused, NotAllowed, StoreRefused) as error:
            messages.error(request, explain(error, language()))
        return redirect("erasure:request", erasure=erasure)
    context = {
        "one": one,
        "title": _("Petición de borrado %(number)s") % {"number": one.number},
        "sentences": wording.sentences(one),
        "searchable": one.what == "person" and one.stage is Stage.ASKED,
        "waiting": one.stage is Stage.ASKED and (one.own or may(user, Permission.ERASE_APPROVE)),
    }
    return render(request, "erasure/request.html", context)
