"""Adding, correcting, withdrawing facts, and further sources on them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, acting, requires
from constancia.apps.register import queries, services, wording
from constancia.apps.register.forms import AttestForm, FactForm, WithdrawForm
from constancia.apps.register.views.errors import say
from constancia.apps.register.views.revealing import of_session
from constancia.domain.errors import DateRefused, InputRefused, NotFound
from constancia.domain.facts.kinds import KINDS, Part
from constancia.domain.facts.redactable import is_mark
from constancia.domain.vocabulary.terms import Verdict

BY_HAND = tuple(name for name, kind in KINDS.items() if kind.part is not Part.WITHDRAWAL)
GROUPS = (
    (Part.MOVE, Part.ENTRY, Part.PLACE),
    (Part.CASE,),
    (Part.ATTRIBUTE,),
    (Part.DECISION,),
)


@requires(Permission.CASE_BROWSE)
@require_GET
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """What there is to add, by subject."""
    case = queries.anchor(acting(request), code)
    titles = (_("La detención"), _("La causa"), _("La persona"), _("Decisiones de la organización"))
    groups = [
        (title, [(name, wording.kind(name)) for name in BY_HAND if KINDS[name].part in parts])
        for title, parts in zip(titles, GROUPS, strict=True)
    ]
    return render(request, "register/choose.html", {"case": case, "groups": groups})


@requires(Permission.CASE_RECORD)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str, kind: str) -> HttpResponseBase:
    """One more fact on a case, on the detention chosen or on a new one."""
    user = acting(request)
    case = queries.anchor(user, code)
    if kind not in BY_HAND:
        raise Http404
    form = FactForm(kind, request.POST or None)
    of_detention = KINDS[kind].about == "detention"
    chosen = request.POST.get("detention", "")
    if request.method == "POST" and form.is_valid():
        deed = _Deed(lambda: _record(user, case, form, chosen if of_detention else ""))
        if deed.done(form):
            messages.success(request, _("El hecho quedó anotado."))
            return redirect("register:case", code=code)
    context = {
        "case": case,
        "form": form,
        "words": wording.kind(kind),
        "of_detention": of_detention,
        "chosen": chosen or (str(case.detentions[-1]) if case.detentions else "new"),
    }
    return render(request, "register/add.html", context, status=400 if form.errors else 200)


def _record(user: User, case: queries.CaseAnchor, form: FactForm, chosen: str) -> None:
    """`chosen`: a detention of the case by its number, "new" for one more, "" for the last there is."""
    given = form.given()
    known = {str(number): number for number in case.detentions}
    if chosen not in ("", "new", *known):
        raise NotFound("case.no_such_detention")
    new_one = KINDS[given.kind].about == "detention" and (chosen == "new" or not known)
    detention = None if new_one or not known else known.get(chosen, case.detentions[-1])
    services.add_facts(
        user, case.code, facts=[given], source=form.source(), detention=detention, new_detention=new_one
    )


@requires(Permission.CASE_RECORD)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, seq: int) -> HttpResponseBase:
    """Another fact of the same kind in place of this one, which stays readable."""
    user = acting(request)
    old = queries.fact(user, seq, of_session(request))
    said = {name: value for name, value in old.fields.items() if not is_mark(value)}
    start = FactForm.initial_from(said, old.words or old.edtf)
    form = FactForm(old.kind, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        deed = _Deed(lambda: services.correct(user, seq, form.given(), form.source()))
        if deed.done(form):
            messages.success(request, _("La corrección quedó anotada. El hecho anterior sigue a la vista."))
            return redirect("register:case", code=old.code)
    context = {"old": old, "form": form, "words": wording.kind(old.kind)}
    return render(request, "register/correct.html", context, status=400 if form.errors else 200)


@requires(Permission.CASE_RECORD)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, seq: int) -> HttpResponseBase:
    """Takes a fact back, with the reason."""
    user = acting(request)
    old = queries.fact(user, seq)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deed = _Deed(lambda: services.withdraw(user, seq, form.cleaned_data["reason"]))
        if deed.done(form):
            messages.success(request, _("El hecho quedó retirado. Sigue a la vista, tachado."))
            return redirect("register:case", code=old.code)
    context = {"old": old, "form": form, "words": wording.kind(old.kind)}
    return render(request, "register/withdraw.html", context, status=400 if form.errors else 200)


@requires(Permission.CASE_RECORD)
@require_http_methods(["GET", "POST"])
def attest(request: HttpRequest, seq: int) -> HttpResponseBase:
    """What a further source says of a fact."""
    user = acting(request)
    old = queries.fact(user, seq)
    form = AttestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verdict = Verdict(form.cleaned_data["verdict"])
        deed = _Deed(lambda: services.attest(user, seq, form.source(), verdict))
        if deed.done(form):
            messages.success(request, _("La fuente quedó anotada."))
            return redirect("register:case", code=old.code)
    context = {"old": old, "form": form, "words": wording.kind(old.kind)}
    return render(request, "register/attest.html", context, status=400 if form.errors else 200)


class _Deed:
    """Something to do that may be refused; the refusal goes back to the form it came from."""

    def __init__(self, do: Callable[[], object]) -> None:
        self._do = do

    def done(self, form: Form) -> bool:
        try:
            self._do()
        except DateRefused as error:
            say(form, error, "when")
        except (InputRefused, NotFound) as error:
            say(form, error)
        else:
            return True
        return False
